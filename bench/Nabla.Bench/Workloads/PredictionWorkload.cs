using System.Text.Json.Nodes;

namespace Nabla.Bench.Workloads;

/// <summary>W5: predicting with W3's trained network, one sample alone and a batch, both through <see cref="Predictor"/>.</summary>
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

        using var predictor = new Predictor(model, threads);
        float[] all = new float[data.Count * outputs];
        predictor.PredictRaw(rows, all);
        int right = Enumerable.Range(0, data.Count).Count(i => model.Interpret([.. all[(i * outputs)..((i + 1) * outputs)].Select(value => (double)value)]).Class == data.Label(i));

        double[] alone = CallTimes.Sorted(i => predictor.PredictRaw(rows.AsSpan(i % data.Count * inputs, inputs), answer), 3000);
        double[] together = CallTimes.Sorted(_ => predictor.PredictRaw(rows, all), 80);
        return new JsonObject
        {
            ["one_us"] = alone[alone.Length / 2] * 1e6,
            ["one_p99_us"] = alone[alone.Length * 99 / 100] * 1e6,
            ["batch_samples_per_s"] = data.Count / together[together.Length / 2],
            ["test_accuracy"] = (double)right / data.Count,
        };
    }
}
