using System.Globalization;
using System.Text.Json;

namespace Nabla.Bench.Comparison;

/// <summary>What one process has measured.</summary>
/// <param name="Side">Whose process it was.</param>
/// <param name="Workload">What it ran.</param>
/// <param name="Threads">With how many threads.</param>
/// <param name="Values">Its figures, by the names of its line of JSON.</param>
/// <param name="Failure">Why there are none, or null.</param>
internal sealed record Measurement(string Side, string Workload, int Threads, IReadOnlyDictionary<string, double> Values, string? Failure)
{
    /// <summary>Reads the figures off what a process has printed: every number, and every text that is one, of the last line that is a JSON object.</summary>
    public static Dictionary<string, double> Figures(string output)
    {
        var values = new Dictionary<string, double>();
        if (output.Split('\n').LastOrDefault(line => line.StartsWith('{')) is not { } last)
        {
            return values;
        }

        using var document = JsonDocument.Parse(last);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Number)
            {
                values[property.Name] = property.Value.GetDouble();
            }
            else if (property.Value.ValueKind == JsonValueKind.String && double.TryParse(property.Value.GetString(), CultureInfo.InvariantCulture, out double number))
            {
                values[property.Name] = number;
            }
        }

        return values;
    }

    /// <summary>The middle one of some values, or the mean of the two middle ones; NaN of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
