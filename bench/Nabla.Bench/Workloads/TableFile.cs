using System.Globalization;
using System.Text;
using Nabla.Numerics.Random;

namespace Nabla.Bench.Workloads;

/// <summary>
/// The table of W6: 30 standard normal columns and a label that is the sign of a hidden tanh layer of 8 units plus noise.
/// Drawn by the counter-based generator, so that everyone reads the same bytes on every machine.
/// </summary>
internal static class TableFile
{
    private const int Columns = 30;
    private const int Units = 8;
    private const double Noise = 0.3;

    public static void Write(string path, int rows)
    {
        var random = new CounterRandom(1, RandomPurpose.SyntheticSamples);
        double[] weights = [.. Enumerable.Range(0, Columns * Units).Select(_ => random.NextNormal())], outputs = [.. Enumerable.Range(0, Units).Select(_ => random.NextNormal())];
        string unfinished = path + ".part";
        using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" })
        {
            writer.WriteLine(string.Join(',', Enumerable.Range(0, Columns).Select(i => $"x{i}")) + ",label");
            double[] x = new double[Columns];
            for (int row = 0; row < rows; row++)
            {
                var sample = new CounterRandom(2, RandomPurpose.SyntheticSamples, 0, (ulong)row);
                for (int i = 0; i < Columns; i++)
                {
                    x[i] = sample.NextNormal();
                    writer.Write(x[i].ToString("0.#####", CultureInfo.InvariantCulture));
                    writer.Write(',');
                }

                writer.WriteLine(Score(x, weights, outputs) + (Noise * sample.NextNormal()) > 0 ? '1' : '0');
            }
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Σ_j v_j·tanh(Σ_i w_ij·x_i / 3).</summary>
    private static double Score(double[] x, double[] weights, double[] outputs)
    {
        double score = 0;
        for (int j = 0; j < Units; j++)
        {
            double z = 0;
            for (int i = 0; i < Columns; i++)
            {
                z += x[i] * weights[(i * Units) + j];
            }

            score += outputs[j] * Math.Tanh(z / 3);
        }

        return score;
    }
}
