using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Models;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Layers;
using Nabla.Training;
using Nabla.Training.Measures;
using Nabla.Training.State;

DataSplit data = DataSource.Open("digits:2000");
NetworkOptions network = NetworkOptions.FeedForward(784, [30], 10, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood);
TrainingResult result = Trainer.Train(network, data, new TrainingOptions { Epochs = 5 });
Evaluation test = Evaluator.Evaluate(network, result.Parameters, data.Test!);
Model.From(result, data.Train, test).Save("digits.safetensors");

Model model = Model.Load("digits.safetensors");
float[] image = new float[784];
data.Test!.CopyInputs(sample: 0, image);
Console.WriteLine($"{test.Correct} of {test.Count} right; the first one is a {model.Predict(image).ClassName}.");
