using System.Globalization;
using Nabla;
using Nabla.Training.UpdateRules;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double[] x = [.. Enumerable.Range(0, 200).Select(i => (i - 99.5) / 30)];
double[] y = [.. x.Select(Math.Sin)];
Dataset rows = Dataset.FromRows("sine", x, inputCount: 1, y, targetCount: 1);
(Dataset train, Dataset validation) = Split.Stratified(rows, count: 40, seed: 0, "validation");

NetworkOptions network = NetworkOptions.FeedForward(1, [20], 1, Activation.Tanh, Activation.Linear, Cost.Quadratic);
var options = new TrainingOptions
{
    Epochs = 200,
    LearningRate = 0.01,
    Optimizer = new Adam(),
    EarlyStopping = new EarlyStoppingOptions { Patience = 30, Metric = EarlyStoppingMetric.Cost },
    Precision = Precision.Double,
};
TrainingResult result = Trainer.Train(network, new DataSplit(train, validation, null), options, new EpochLines());
Evaluation fit = Evaluator.Evaluate(network, result.Parameters, validation);
Console.WriteLine($"stopped by {result.StoppedBy}, kept epoch {result.KeptEpoch}, RMSE {fit.RootMeanSquaredError:0.0000}");

internal sealed class EpochLines : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value)
    {
        if (value is EpochCompleted { Epoch: 1 or 10 or 100 } epoch)
        {
            Console.WriteLine($"epoch {epoch.Epoch}: validation cost {epoch.Validation!.Cost:0.0000}");
        }
    }
}
