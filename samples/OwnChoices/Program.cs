using System.Globalization;
using Nabla;
using Nabla.Network.Registries;
using Nabla.Network.Study;
using Nabla.Training.Registries;
using OwnChoices;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A row for each choice: from here on they are known by name.
NetworkChoices choices = NetworkChoices.BuiltIn with
{
    Activations = NetworkChoices.BuiltIn.Activations.With(SquaredRelu.Choice),
    Costs = NetworkChoices.BuiltIn.Costs.With(PseudoHuber.Choice),
    Layers = NetworkChoices.BuiltIn.Layers.With(LowRank.Choice),
};
TrainingChoices training = TrainingChoices.BuiltIn with
{
    Network = choices,
    UpdateRules = TrainingChoices.BuiltIn.UpdateRules.With(AdaGrad.Choice),
};

DataSplit data = DataSource.Open("moons");
var network = new NetworkOptions
{
    Inputs = data.Train.InputCount,
    Layers = choices.ParseLayers("dense 16 squared-relu, low-rank 16 4 tanh, dense 2 sigmoid"),
    Cost = choices.Costs.Parse("pseudo-huber:0.5"),
};

// Every derivative of the new layer, activation and cost against differences of the cost.
Parameters parameters = ParameterInitializer.Draw(network, Initializer.Glorot, Precision.Double, seed: 1);
(double[] inputs, double[] targets) = GradientCheck.DrawSamples(network, samples: 5, seed: 1);
GradientCheckResult check = GradientCheck.Run(network, parameters, inputs, targets, l2: 0.1);
Console.WriteLine($"{check.Parameters} derivatives, largest relative error {check.LargestRelativeError:0.0e+00}");

var options = new TrainingOptions { Epochs = 30, LearningRate = 0.1, Optimizer = training.UpdateRules.Parse("adagrad") };
TrainingResult result = Trainer.Train(network, data, options);
Evaluation fit = Evaluator.Evaluate(network, result.Parameters, data.Train);
Console.WriteLine($"{fit.Correct} of {fit.Count} right");

Model.From(result, data.Train).Save("moons.safetensors");
Model model = Model.Load("moons.safetensors", choices);
float[] point = new float[data.Train.InputCount], before = new float[2], after = new float[2];
data.Train.CopyInputs(sample: 0, point);
new Model(network, result.Parameters, model.Classes, model.Image, model.Targets, model.Facts, model.Columns).Predict(point, before);
model.Predict(point, after);
Console.WriteLine(before.AsSpan().SequenceEqual(after) ? "the loaded model predicts the same" : "the loaded model differs");

try
{
    Model.Load("moons.safetensors");
}
catch (InvalidDataException e)
{
    Console.WriteLine(e.Message);
}
