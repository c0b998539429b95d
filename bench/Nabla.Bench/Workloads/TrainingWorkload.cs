using System.Text.Json.Nodes;

namespace Nabla.Bench.Workloads;

/// <summary>W1 to W4: some epochs on MNIST through <see cref="Trainer"/>; the fastest epoch, and the accuracy on the test images after the last.</summary>
internal static class TrainingWorkload
{
    public static JsonObject Run(NetworkSetting setting, Images images, int epochs, int threads, ulong seed)
    {
        DataSplit data = images.Open();
        NetworkOptions network = setting.Network();
        TrainingResult result = Trainer.Train(network, data, setting.Training(epochs, threads, seed));
        if (result.StoppedBy != StopReason.Epochs)
        {
            throw new InvalidOperationException($"The training was stopped by {result.StoppedBy} after {result.EpochsDone} epochs.");
        }

        Evaluation test = Evaluator.Evaluate(network, result.Parameters, data.Test!, threads: threads);
        return new JsonObject
        {
            ["samples_per_s"] = result.Epochs.Max(epoch => epoch.SamplesPerSecond),
            ["test_accuracy"] = test.Accuracy,
        };
    }
}
