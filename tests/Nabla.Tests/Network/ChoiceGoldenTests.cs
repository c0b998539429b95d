using System.Text.Json;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Tests.Support;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Network;

/// <summary>Activations, label smoothing, Nadam and Lion against PyTorch and the papers in float64: tests/golden/layers.py.</summary>
public class ChoiceGoldenTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement Numbers = Golden.Read("layers.json");

    [Fact]
    public void Activations_have_PyTorchs_values_and_derivatives()
    {
        foreach (JsonElement expected in Numbers.GetProperty("activations").EnumerateArray())
        {
            string name = expected.GetProperty("name").GetString()!;
            Activation activation = name.StartsWith("leaky", StringComparison.Ordinal) ? new LeakyRelu(0.2) : Named.Activation(name);
            double[] z = expected.GetProperty("z").Doubles(), values = expected.GetProperty("values").Doubles(), derivatives = expected.GetProperty("derivatives").Doubles();
            for (int i = 0; i < z.Length; i++)
            {
                Assert.True(Math.Abs(values[i] - ActivationMath.Value(activation, z[i])) <= Tolerance * Math.Max(1, Math.Abs(values[i])), $"{activation} of {z[i]}");
                Assert.True(Math.Abs(derivatives[i] - ActivationMath.Derivative(activation, z[i])) <= Tolerance, $"{activation}′ of {z[i]}");
            }
        }
    }

    [Fact]
    public void Label_smoothing_has_PyTorchs_costs_and_gradients()
    {
        foreach (JsonElement expected in Numbers.GetProperty("label_smoothing").EnumerateArray())
        {
            Cost cost = new LabelSmoothing(expected.GetProperty("smoothing").GetDouble());
            int classes = expected.GetProperty("classes").GetInt32();
            double[] z = Flat(expected, "logits"), y = new double[z.Length], delta = new double[z.Length], costs = new double[z.Length / classes];
            int[] labels = [.. expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
            for (int sample = 0; sample < labels.Length; sample++)
            {
                y[(sample * classes) + labels[sample]] = 1;
            }

            cost.CreateFunction<double>(Activation.Softmax).Differentiate(z, y, delta, costs);
            Assert.Equal(expected.GetProperty("costs").Doubles(), costs, (a, b) => Math.Abs(a - b) <= Tolerance);
            // PyTorch gives the gradient of the mean.
            Assert.Equal(Flat(expected, "gradient"), delta.Select(d => d / labels.Length), (a, b) => Math.Abs(a - b) <= Tolerance);
            double[] plain = new double[classes];
            cost.Derivative(z.AsSpan(0, classes), y.AsSpan(0, classes), plain);
            Assert.Equal(costs[0], cost.Value(z.AsSpan(0, classes), y.AsSpan(0, classes)), 1e-12);
        }
    }

    [Fact]
    public void Nadam_and_Lion_take_the_steps_of_PyTorch_and_of_the_paper()
    {
        JsonElement rules = Numbers.GetProperty("update_rules");
        foreach (JsonElement expected in rules.GetProperty("cases").EnumerateArray())
        {
            double beta1 = expected.GetProperty("beta1").GetDouble(), beta2 = expected.GetProperty("beta2").GetDouble();
            UpdateRule rule = expected.GetProperty("rule").GetString() == "lion" ? new Lion(beta1, beta2) : new Nadam(beta1, beta2);
            double[] w = rules.GetProperty("start").Doubles(), first = new double[w.Length], second = new double[rule.Moments > 1 ? w.Length : 0];
            var path = expected.GetProperty("path").EnumerateArray().ToDictionary(point => point.GetProperty("step").GetInt32(), point => point.GetProperty("parameters").Doubles());
            int step = 0;
            foreach (JsonElement gradient in rules.GetProperty("gradients").EnumerateArray())
            {
                rule.Update(expected.GetProperty("rate").GetDouble(), w, gradient.Doubles(), first, second, ++step, l2: expected.GetProperty("decay").GetDouble());
                if (path.TryGetValue(step, out double[]? there))
                {
                    Assert.Equal(there, w, (a, b) => Math.Abs(a - b) <= Tolerance);
                }
            }
        }
    }

    private static double[] Flat(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().SelectMany(row => row.Doubles())];
}
