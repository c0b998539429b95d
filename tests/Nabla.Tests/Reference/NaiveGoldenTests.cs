using System.Text.Json;
using Nabla.Tests.Reference.Naive;
using Nabla.Tests.Support;
using Xunit;
using static Nabla.Tests.Reference.NaiveComparison;

namespace Nabla.Tests.Reference;

/// <summary>The naive network against PyTorch in float64: tests/golden/layers.py.</summary>
public class NaiveGoldenTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement Numbers = Golden.Read("layers.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Batch_normalization_is_PyTorchs(int index)
    {
        JsonElement run = Numbers.GetProperty("batch_normalization")[index];
        (NaiveNetwork network, NaiveBatchNormalization layer) = Normalized(run);
        NaiveBatch[] batches = [.. run.GetProperty("steps").EnumerateArray().Select(Batch)];
        for (int k = 0; k < batches.Length; k++)
        {
            JsonElement step = run.GetProperty("steps")[k];
            NaivePass pass = network.Differentiate(batches[k]);
            double[] gradient = [.. pass.GradientSum.Select(g => g / batches[k].Samples)], w = network.Parameters;
            AssertClose(Flat(Rows(step, "outputs")), Flat(pass.Outputs), Tolerance, $"outputs of step {k}");
            AssertClose([step.GetProperty("cost").GetDouble()], [pass.CostSum / batches[k].Samples], Tolerance, $"cost of step {k}");
            AssertClose(Values(step.GetProperty("gradient")), gradient, Tolerance, $"gradient of step {k}");
            new NaiveSgd().Update(w, gradient, run.GetProperty("rate").GetDouble());
            network.Parameters = w;
            AssertClose(Values(step.GetProperty("parameters")), network.Parameters, Tolerance, $"parameters after step {k}");
            AssertClose(step.GetProperty("running_mean").Doubles(), layer.RunningMean, Tolerance, $"running mean after step {k}");
            AssertClose(step.GetProperty("running_variance").Doubles(), layer.RunningVariance, Tolerance, $"running variance after step {k}");
            AssertClose(Flat(Rows(step, "evaluation_outputs")), Flat(network.Predict(Rows(run, "evaluation_inputs"))), Tolerance, $"evaluation after step {k}");
        }

        // The loop does the same.
        (NaiveNetwork trained, _) = Normalized(run);
        new NaiveTraining(new NaiveSgd(), _ => run.GetProperty("rate").GetDouble()).Run(trained, [batches]);
        Assert.Equal(network.Parameters, trained.Parameters);
        Assert.Equal(Flat(network.Predict(batches[0].Inputs)), Flat(trained.Predict(batches[0].Inputs)));
    }

    [Fact]
    public void Clipping_scales_the_mean_gradient_to_the_largest_norm()
    {
        JsonElement clipping = Numbers.GetProperty("clipping");
        NaiveBatch[] batches = [.. clipping.GetProperty("batches").EnumerateArray().Select(Batch)];
        double[] gradient = NaiveGradient.Mean(TanhNetwork(clipping), batches[0]).Gradient;
        foreach (JsonElement expected in clipping.GetProperty("gradients").EnumerateArray())
        {
            AssertClose(Values(expected.GetProperty("gradient")), NaiveGradient.Clipped(gradient, expected.GetProperty("largest").GetDouble()), Tolerance, "clipped gradient");
        }

        foreach (JsonElement run in clipping.GetProperty("runs").EnumerateArray())
        {
            NaiveNetwork network = TanhNetwork(clipping);
            var rule = new NaiveMomentum(network.Count, run.GetProperty("momentum").GetDouble(), isNesterov: false);
            var training = new NaiveTraining(rule, _ => run.GetProperty("rate").GetDouble())
            {
                LargestNorm = run.GetProperty("largest").GetDouble(),
                L2 = run.GetProperty("decay").GetDouble(),
            };
            training.Run(network, [batches]);
            AssertClose(Values(run.GetProperty("parameters")), network.Parameters, Tolerance, $"parameters with {run.GetProperty("largest")} and {run.GetProperty("decay")}");
        }
    }

    [Fact]
    public void NAdam_and_Lion_take_the_steps_of_PyTorch_and_of_the_paper()
    {
        JsonElement rules = Numbers.GetProperty("update_rules");
        foreach (JsonElement expected in rules.GetProperty("cases").EnumerateArray())
        {
            double[] w = rules.GetProperty("start").Doubles();
            double beta1 = expected.GetProperty("beta1").GetDouble(), beta2 = expected.GetProperty("beta2").GetDouble(), rate = expected.GetProperty("rate").GetDouble();
            INaiveUpdateRule rule = expected.GetProperty("rule").GetString() == "lion"
                ? new NaiveLion(w.Length, beta1, beta2)
                : new NaiveNAdam(w.Length, beta1, beta2, 1e-8);
            var training = new NaiveTraining(rule, _ => rate) { L2 = expected.GetProperty("decay").GetDouble() };
            int t = 0;
            foreach (JsonElement point in expected.GetProperty("path").EnumerateArray())
            {
                for (; t < point.GetProperty("step").GetInt32(); t++)
                {
                    training.Update(w, rules.GetProperty("gradients")[t].Doubles(), [.. w.Select(_ => true)], rate);
                }

                AssertClose(point.GetProperty("parameters").Doubles(), w, Tolerance, $"{expected.GetProperty("rule")} {rate} {training.L2} after {t} steps");
            }
        }
    }

    [Fact]
    public void Activations_and_their_derivatives_are_PyTorchs()
    {
        foreach (JsonElement expected in Numbers.GetProperty("activations").EnumerateArray())
        {
            string name = expected.GetProperty("name").GetString()!;
            NaiveFunction f = name switch
            {
                "elu" => NaiveFunction.Elu,
                "silu" => NaiveFunction.Silu,
                "selu" => NaiveFunction.Selu,
                "leaky_relu" => NaiveFunction.LeakyRelu(expected.GetProperty("slope").GetDouble()),
                "gelu" => NaiveFunction.Gelu,
                "softplus" => NaiveFunction.Softplus,
                "sigmoid" => NaiveFunction.Sigmoid,
                "tanh" => NaiveFunction.Tanh,
                "relu" => NaiveFunction.Relu,
                _ => throw new InvalidOperationException(name),
            };
            double[] z = expected.GetProperty("z").Doubles();
            AssertClose(expected.GetProperty("values").Doubles(), [.. z.Select(f.Value)], Tolerance, name);
            AssertClose(expected.GetProperty("derivatives").Doubles(), [.. z.Select(f.Derivative)], Tolerance, $"{name}'s derivative");
        }
    }

    [Fact]
    public void Smoothed_labels_cost_what_PyTorchs_do()
    {
        foreach (JsonElement expected in Numbers.GetProperty("label_smoothing").EnumerateArray())
        {
            int classes = expected.GetProperty("classes").GetInt32();
            double epsilon = expected.GetProperty("smoothing").GetDouble();
            double[][] targets = [.. expected.GetProperty("labels").EnumerateArray().Select(label =>
                NaiveCost.Smoothed([.. Enumerable.Range(0, classes).Select(k => k == label.GetInt32() ? 1.0 : 0)], epsilon))];
            NaivePass pass = new NaiveNetwork(NaiveCost.LogLikelihood, new NaiveSoftmax(1)).Differentiate(new NaiveBatch(Rows(expected, "logits"), targets));
            AssertClose(expected.GetProperty("costs").Doubles(), [.. pass.Outputs.Select((a, s) => NaiveCost.LogLikelihood.Of(a, targets[s]))], Tolerance, "costs");
            AssertClose([expected.GetProperty("cost").GetDouble()], [pass.CostSum / targets.Length], Tolerance, "mean cost");
            AssertClose(Flat(Rows(expected, "gradient")), [.. Flat(pass.InputGradient).Select(g => g / targets.Length)], Tolerance, "gradient by the logits");
        }
    }

    [Fact]
    public void A_warm_up_rises_in_a_line()
    {
        foreach (JsonElement expected in Numbers.GetProperty("warm_up").EnumerateArray())
        {
            double[] factors = expected.GetProperty("factors").Doubles();
            AssertClose(factors, [.. factors.Select((_, k) => NaiveTraining.WarmUp(k, expected.GetProperty("updates").GetInt32()))], Tolerance, "factors");
        }
    }

    private static (NaiveNetwork Network, NaiveBatchNormalization Layer) Normalized(JsonElement run)
    {
        JsonElement start = run.GetProperty("start");
        var layer = new NaiveBatchNormalization(start.GetProperty("gamma").Doubles(), start.GetProperty("beta").Doubles());
        bool isSoftmax = run.GetProperty("output").GetString() == "softmax";
        return (new NaiveNetwork(
            isSoftmax ? NaiveCost.LogLikelihood : NaiveCost.Quadratic,
            Dense(start, 0),
            layer,
            new NaiveActivation(run.GetProperty("activation").GetString() == "relu" ? NaiveFunction.Relu : NaiveFunction.Sigmoid),
            Dense(start, 1),
            isSoftmax ? new NaiveSoftmax(1) : new NaiveActivation(NaiveFunction.Linear)), layer);
    }

    private static NaiveNetwork TanhNetwork(JsonElement clipping)
    {
        JsonElement start = clipping.GetProperty("start");
        return new NaiveNetwork(NaiveCost.LogLikelihood, Dense(start, 0), new NaiveActivation(NaiveFunction.Tanh), Dense(start, 1), new NaiveSoftmax(1));
    }

    private static NaiveDense Dense(JsonElement start, int layer) => new(Rows(start, $"weight{layer}"), start.GetProperty($"bias{layer}").Doubles());

    private static NaiveBatch Batch(JsonElement step) => new(Rows(step, "inputs"), Rows(step, "targets"));

    private static double[][] Rows(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(row => row.Doubles())];

    /// <summary>All tensors of an object, one after the other: they stand in the order of <see cref="NaiveNetwork.Parameters"/>.</summary>
    private static double[] Values(JsonElement tensors) => [.. tensors.EnumerateObject().SelectMany(tensor =>
        tensor.Value[0].ValueKind == JsonValueKind.Array ? tensor.Value.EnumerateArray().SelectMany(row => row.Doubles()) : tensor.Value.Doubles())];
}
