using System.Globalization;
using Nabla;
using Nabla.Network.Study;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double[] x = [0.5, 1, 1, -0.5], y = [1, 0, 0, 1];
NetworkOptions network = NetworkOptions.FeedForward(2, [2], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic);
var parameters = new Parameters(network, Precision.Double);
double[][] values = [[0.2, 0.4, -0.6, 0.8], [0.1, -0.3], [0.5, -0.7, -0.1, 0.9], [0.2, 0]];
for (int i = 0; i < values.Length; i++)
{
    parameters.Write(parameters.Tensors[i], values[i]);
}

// Layer 0 of the library is the book's layer 2: the inputs are the book's layer 1.
Trace trace = Trace.Of(network, parameters, x, y);
for (int sample = 0; sample < trace.Samples; sample++)
{
    Console.WriteLine($"sample {sample + 1}");
    Print("z of layer 2", trace.WeightedInputs(0, sample));
    Print("a of layer 2", trace.Activations(0, sample));
    Print("z of layer 3", trace.WeightedInputs(1, sample));
    Print("a of layer 3", trace.Activations(1, sample));
    Print("cost", trace.CostOf(sample));
    Print("delta of layer 3", trace.Deltas(1, sample));
    Print("delta of layer 2", trace.Deltas(0, sample));
}

Console.WriteLine("gradient of the mini-batch");
Print("cost", trace.Cost);
string[] names = ["w of layer 2", "b of layer 2", "w of layer 3", "b of layer 3"];
for (int i = 0; i < names.Length; i++)
{
    Print(names[i], trace.Gradient(parameters.Tensors[i]));
}

Dataset batch = Dataset.FromRows("by hand", x, inputCount: 2, y, targetCount: 2);
TrainingResult result = Trainer.Train(network, new DataSplit(batch, null, null), new TrainingOptions
{
    Epochs = 1,
    BatchSize = 2,
    LearningRate = 0.5,
    Precision = Precision.Double,
    InitialParameters = parameters,
});

Console.WriteLine("after the update");
for (int i = 0; i < names.Length; i++)
{
    Print(names[i], result.Parameters.Read(parameters.Tensors[i]));
}

Print("cost", Trace.Of(network, result.Parameters, x, y).Cost);

static void Print(string name, params double[] numbers) =>
    Console.WriteLine($"  {name,-16}{string.Concat(numbers.Select(number => $"{number,11:0.000000}"))}");
