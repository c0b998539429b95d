using Nabla;

DataSplit data = DataSource.Open("digits:2000");
Model model = Model.Train(data);
Evaluation test = model.Evaluate(data.Test!);
model.Save("digits.safetensors");

Model loaded = Model.Load("digits.safetensors");
float[] image = new float[784];
data.Test!.CopyInputs(sample: 0, image);
Console.WriteLine($"{test.Correct} of {test.Count} right; the first one is a {loaded.Predict(image).ClassName}.");
