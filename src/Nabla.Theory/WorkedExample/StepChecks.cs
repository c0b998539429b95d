using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.WorkedExample;

/// <summary>The step that completes the example, for both costs and with three treatments of the biases.</summary>
internal static class StepChecks
{
    private const double LearningRate = 0.5;

    private static readonly string[] Names = ["w1..w4", "b_h1, b_h2", "w5..w8", "b_o1, b_o2"];
    private static readonly Range[] Parts = [Range.EndAt(4), 4..6, 6..10, 10..12];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T94",
            Title = "One step with η=0.5 (completes the example)",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.3"],
            Claim = "The example ends with the update w ← w − η·∂C/∂w for every weight.",
            Formula = @"w \leftarrow w-\eta\,\frac{\partial C}{\partial w}, \qquad \eta=0.5: \quad C = 1.65052853181227 \to 1.18475556817829",
            Derivation = """
                All gradients, also those of the hidden layer, are evaluated at the *old* weights, and only then are all
                weights updated. The document stops before the numbers. Those shown here come from one epoch of the
                trainer with one sample.

                The biases can be treated in three ways: a bias for each unit (as in the library), one bias for a whole
                layer (its gradient is the sum over the units), or fixed biases. All three lower the cost, and more free
                parameters lower it further.

                With the quadratic cost every gradient of the output layer has the additional factor
                $\sigma'(z)\approx0.18$, and the same $\eta$ changes the weights much less.
                """,
            Run = Step,
            Plot = Descents,
        },
    ];

    private static void Step(Findings findings)
    {
        findings.Given("η", LearningRate);
        StepOf(findings, new Expected(
            Cost.CrossEntropy,
            "cross-entropy",
            1.65052853181227,
            [1.38071054146623, 0.269817990346041],
            [
                0.00226835045365457, 0.00453670090730914, 0.00257726971028950, 0.00515453942057899, 0.0453670090730914, 0.0515453942057899,
                0.439829648961847, 0.442509228603243, -0.128782027665431, -0.129566608014492, 0.741365069552316, -0.217071534678537,
            ],
            [
                0.148865824773173, 0.197731649546345, 0.248711365144855, 0.297422730289711, 0.327316495463454, 0.324227302897105,
                0.180085175519077, 0.228745385698379, 0.564391013832715, 0.614783304007246, 0.229317465223842, 0.708535767339269,
            ],
            [0.0969124032788813, 0.524293534873778],
            [0.301543798360559, 0.337853232563111],
            [0.615443215171979, 0.802710591410673, 1.18475556817829],
            [0.640239261727273, 0.736087020401302, 1.33321627901312],
            [0.699168954302911, 0.786121712777253, 1.44643373853198]));
        StepOf(findings, new Expected(
            Cost.Quadratic,
            "quadratic",
            0.298371108760003,
            [0.274811083176155, 0.0235600255838477],
            [
                0.000438567734474347, 0.000877135468948693, 0.000497712735260860, 0.000995425470521720, 0.00877135468948693, 0.00995425470521720,
                0.0821670405642308, 0.0826676278475333, -0.0226025404774751, -0.0227402422159782, 0.138498561628557, -0.0380982365165562,
            ],
            [
                0.149780716132763, 0.199561432265526, 0.249751143632370, 0.299502287264739, 0.345614322655257, 0.345022872647391,
                0.358916479717885, 0.408666186076233, 0.511301270238738, 0.561370121107989, 0.530750719185722, 0.619049118258278,
            ],
            [0.0187256093947041, 0.100400325112001],
            [0.340637195302648, 0.549799837444000],
            [0.728441762233766, 0.778376920300970, 0.280471446791430],
            [0.732024167094904, 0.765984653361643, 0.285750886699296],
            [0.742088111190782, 0.775284968294460, 0.291027773693599]));
    }

    private static void StepOf(Findings findings, Expected expected)
    {
        GivenNetwork network = Mazur.Network(expected.Cost);
        Trace trace = network.Trace(Mazur.Input, Mazur.Target);
        double[] gradient = Example.Gradient(trace), updated = Example.Flat(UnitBiases(network).Parameters);
        double[] costs = [CostMath.Value(expected.Cost, [trace.Outputs()[0]], [Mazur.Target[0]]), CostMath.Value(expected.Cost, [trace.Outputs()[1]], [Mazur.Target[1]])];
        findings.Equal($"{expected.Name}: costs of o1 and o2", costs, expected.Costs);
        findings.Equal($"{expected.Name}: cost", trace.Cost, expected.Total);
        for (int part = 0; part < Parts.Length; part++)
        {
            findings.Equal($"{expected.Name}: gradient of {Names[part]}", gradient.AsSpan(Parts[part]), expected.Gradient.AsSpan(Parts[part]));
            findings.Equal($"{expected.Name}: {Names[part]} after the step", updated.AsSpan(Parts[part]), expected.Updated.AsSpan(Parts[part]));
        }

        GivenNetwork shared = SharedBiases(network);
        findings.Equal($"{expected.Name}: gradients of one bias per layer", [trace.BiasGradient(0).Sum(), trace.BiasGradient(1).Sum()], expected.SharedGradient);
        findings.Equal($"{expected.Name}: one bias per layer after the step", [shared.Parameters.GetBias(0, 0), shared.Parameters.GetBias(1, 0)], expected.SharedBiases);
        findings.Equal($"{expected.Name}: outputs and cost after the step, one bias per unit", After(UnitBiases(network)), expected.AfterUnit);
        findings.Equal($"{expected.Name}: outputs and cost after the step, one bias per layer", After(shared), expected.AfterShared);
        findings.Equal($"{expected.Name}: outputs and cost after the step, biases fixed", After(KeptBiases(network)), expected.AfterKept);
    }

    private static Plot Descents() => new()
    {
        Title = "The 2-2-2 example in training: excess of the cross-entropy over its minimum",
        X = "step",
        Y = "C − 0.112",
        LogarithmicY = true,
        Curves =
        [
            Curve.OverSteps("one bias per unit", Excess(UnitBiases)),
            Curve.OverSteps("one bias per layer", Excess(SharedBiases)),
            Curve.OverSteps("biases fixed", Excess(KeptBiases)),
        ],
    };

    private static double[] Excess(Func<GivenNetwork, GivenNetwork> step)
    {
        double lowest = CostMath.Value(Cost.CrossEntropy, Mazur.Target, Mazur.Target);
        double[] excess = new double[101];
        GivenNetwork network = Mazur.Network(Cost.CrossEntropy);
        for (int update = 0; update < excess.Length; update++)
        {
            excess[update] = network.Trace(Mazur.Input, Mazur.Target).Cost - lowest;
            network = step(network);
        }

        return excess;
    }

    /// <summary>Both outputs and the cost of the network.</summary>
    private static double[] After(GivenNetwork network)
    {
        Trace trace = network.Trace(Mazur.Input, Mazur.Target);
        return [.. trace.Outputs(), trace.Cost];
    }

    private static GivenNetwork UnitBiases(GivenNetwork network) => Train(network, Descent.Options(LearningRate, 1));

    private static GivenNetwork KeptBiases(GivenNetwork network) => Train(network, Descent.Options(LearningRate, 1) with { Frozen = ["layers.0.bias", "layers.1.bias"] });

    /// <summary>Updates the weights by the trainer, and both biases of a layer by the sum of their gradients.</summary>
    private static GivenNetwork SharedBiases(GivenNetwork network)
    {
        Trace trace = network.Trace(Mazur.Input, Mazur.Target);
        return KeptBiases(network).With(parameters =>
        {
            for (int layer = 0; layer < 2; layer++)
            {
                double[] bias = [parameters.GetBias(layer, 0)];
                UpdateRule.Sgd.Update(LearningRate, bias, [trace.BiasGradient(layer).Sum()]);
                parameters.SetBias(layer, 0, bias[0]);
                parameters.SetBias(layer, 1, bias[0]);
            }
        });
    }

    private static GivenNetwork Train(GivenNetwork network, TrainingOptions options) =>
        network with { Parameters = Descent.Train(network, Mazur.Input, Mazur.Target, options).Parameters };

    /// <summary>
    /// The expected numbers for one cost. Parameters: w1..w4, b_h1, b_h2, w5..w8, b_o1, b_o2. Results: o1, o2, cost.
    /// </summary>
    private sealed record Expected(
        Cost Cost,
        string Name,
        double Total,
        double[] Costs,
        double[] Gradient,
        double[] Updated,
        double[] SharedGradient,
        double[] SharedBiases,
        double[] AfterUnit,
        double[] AfterShared,
        double[] AfterKept);
}
