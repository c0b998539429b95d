using System.Text.Json.Nodes;
using Nabla.Data;
using Nabla.Models;
using Nabla.Network;
using Nabla.Training;

namespace Nabla.Bench.Workloads;

/// <summary>W5: predicting with W3's trained network, one sample alone (<see cref="ForwardPass"/>) and a batch (<see cref="Evaluator.Outputs"/>).</summary>
internal static class PredictionWorkload
{
    public static JsonObject Run(string path, Images images, int batch, int threads)
    {
        var model = Model.Load(path);
        Dataset data = images.Open().Test!.Take(batch);
        int inputs = data.InputCount, outputs = model.Architecture.Outputs;
        float[] rows = new float[data.Count * inputs], answer = new float[outputs];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, rows.AsSpan(sample * inputs, inputs));
        }

        double[] all = Evaluator.Outputs(model.Architecture, model.Parameters, data, threads);
        int right = Enumerable.Range(0, data.Count).Count(i => model.Interpret(all[(i * outputs)..((i + 1) * outputs)]).Class == data.Label(i));

        var pass = new ForwardPass(model.Architecture, model.Parameters);
        double[] alone = CallTimes.Sorted(i => pass.Run(rows.AsSpan(i % data.Count * inputs, inputs), answer), 3000);
        double[] together = CallTimes.Sorted(_ => Evaluator.Outputs(model.Architecture, model.Parameters, data, threads), 80);
        return new JsonObject
        {
            ["one_us"] = alone[alone.Length / 2] * 1e6,
            ["one_p99_us"] = alone[alone.Length * 99 / 100] * 1e6,
            ["batch_samples_per_s"] = data.Count / together[together.Length / 2],
            ["test_accuracy"] = (double)right / data.Count,
        };
    }
}
