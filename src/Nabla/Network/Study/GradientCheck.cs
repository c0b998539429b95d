using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;

namespace Nabla.Network.Study;

/// <summary>Holds every partial derivative of backpropagation, in double, against central differences of the cost.</summary>
/// <remarks>
/// The difference is the sixth-order one, ĝ = [45(C₁ − C₋₁) − 9(C₂ − C₋₂) + (C₃ − C₋₃)] / (60h) with C_k = C(w + kh): a wide step
/// keeps the rounding of C (about 1e−16·C/h) small while the truncation falls with h⁶. Where a step would carry a unit over a kink (ReLU,
/// leaky ReLU, step units, |w| of L1, the bends of Huber's cost) h is shrunk until all seven points lie on one side.
/// </remarks>
public sealed class GradientCheck
{
    /// <summary>Derivatives smaller than this are compared absolutely: the differences themselves are only good to some 1e−14.</summary>
    public const double Floor = 1e-6;

    /// <summary>Twice this and the truncation shows in saturating units with large inputs; much less and the rounding does, in small derivatives.</summary>
    private const double WidestStep = 5e-3;
    private const double NarrowestStep = 1e-6;

    private readonly NetworkOptions options;
    private readonly Parameters parameters;
    private readonly int samples;
    private readonly double l1;
    private readonly double l2;
    private readonly PassContext context;
    private readonly Backpropagation<double> network;
    private readonly Parameters scratch;
    private readonly (Matrix<double> WeightedInputs, IReadOnlyList<double> Kinks)[] kinks;

    private GradientCheck(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, double l1, double l2, ulong seed)
    {
        this.options = options;
        this.parameters = parameters;
        this.l1 = l1;
        this.l2 = l2;
        context = PassContext.Study with { IsRandom = true, Seed = seed };
        network = StudyPass.Load(options, parameters, inputs, targets);
        samples = network.Workspace.Capacity;
        scratch = parameters.NewGradient();
        kinks = [.. new NetworkStructure(options).Stages.Select(stage => (new Matrix<double>(samples, stage.Units), KinksOf(options, stage)))];
    }

    /// <summary>Compares all partial derivatives of mean data cost + λ₁Σ|w| + λ₂/2·Σw² (the λ here already divided by n).</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="parameters">The point at which to differentiate; in double.</param>
    /// <param name="inputs">[samples, inputs].</param>
    /// <param name="targets">[samples, outputs].</param>
    /// <param name="l1">λ₁/n, at least 0.</param>
    /// <param name="l2">λ₂/n, at least 0.</param>
    /// <param name="seed">Decides the masks of dropout, which are the same for every evaluation.</param>
    /// <exception cref="ArgumentException">The architecture is not valid, or a length does not fit it.</exception>
    public static GradientCheckResult Run(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, double l1 = 0, double l2 = 0, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new GradientCheck(options, parameters.Clone(), inputs, targets, l1, l2, seed).Compare();
    }

    /// <summary>Random samples that suit the outputs, for a check of a network as it stands: N(0, 1) inputs and targets that the cost accepts.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="samples">Number of samples, at least 1.</param>
    /// <param name="seed">Decides the samples.</param>
    public static (double[] Inputs, double[] Targets) DrawSamples(NetworkOptions options, int samples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var random = new CounterRandom(seed, RandomPurpose.GradientCheck);
        double[] inputs = new double[samples * options.Inputs];
        int outputs = options.Outputs;
        double[] targets = new double[samples * outputs];
        foreach (ref double input in inputs.AsSpan())
        {
            input = random.NextNormal();
        }

        for (int sample = 0; sample < samples; sample++)
        {
            if (options.Cost.Targets == TargetRange.Distribution)
            {
                targets[(sample * outputs) + random.NextInt32(outputs)] = 1;
                continue;
            }

            for (int output = 0; output < outputs; output++)
            {
                targets[(sample * outputs) + output] = random.NextDouble();
            }
        }

        return (inputs, targets);
    }

    private GradientCheckResult Compare()
    {
        Parameters gradient = parameters.NewGradient();
        network.Differentiate(parameters, samples, context, gradient);
        var worst = new GradientCheckResult(parameters.Count, -1, "", 0, 0, 0);
        foreach (ParameterTensor tensor in parameters.Tensors.Where(tensor => tensor.IsTrained))
        {
            double[] slopes = gradient.Read(tensor), values = parameters.Read(tensor);
            for (int i = 0; i < values.Length; i++)
            {
                double decay = tensor.Declaration.IsDecayed ? (l2 * values[i]) + (l1 * Math.Sign(values[i])) : 0;
                worst = Worse(worst, tensor.NameOf(i), (slopes[i] / samples) + decay, Difference(ref parameters.Element(tensor, i), tensor.Declaration.IsDecayed));
            }
        }

        return worst;
    }

    private static GradientCheckResult Worse(GradientCheckResult worst, string parameter, double g, double? slope)
    {
        if (slope is not { } difference)
        {
            return worst with { OnKinks = worst.OnKinks + 1 };
        }

        double error = Math.Abs(g - difference) / Math.Max(Math.Max(Math.Abs(g), Math.Abs(difference)), Floor);
        // A NaN is the worst of all.
        return error <= worst.LargestRelativeError
            ? worst
            : worst with { LargestRelativeError = double.IsNaN(error) ? double.PositiveInfinity : error, Parameter = parameter, Backpropagated = g, Difference = difference };
    }

    /// <summary>The central difference, or null on a kink.</summary>
    private double? Difference(ref double w, bool isDecayed)
    {
        double original = w;
        Span<double> cost = stackalloc double[7];
        double h = WidestStep * Math.Max(1, Math.Abs(w));
        while (!TryStep(ref w, original, h, isDecayed, cost))
        {
            h /= 4;
            if (h < NarrowestStep)
            {
                return null;
            }
        }

        return ((45 * (cost[4] - cost[2])) - (9 * (cost[5] - cost[1])) + (cost[6] - cost[0])) / (60 * h);
    }

    /// <summary>The costs at w − 3h to w + 3h; false where a kink lies between them.</summary>
    private bool TryStep(ref double w, double original, double h, bool isDecayed, Span<double> cost)
    {
        bool smooth = true;
        ulong side = 0;
        for (int k = -3; k <= 3; k++)
        {
            w = original + (k * h);
            cost[k + 3] = CostAt(w, original, isDecayed, out ulong s);
            smooth &= k == -3 || s == side;
            side = s;
        }

        w = original;
        return smooth;
    }

    /// <summary>The cost with one parameter moved; <paramref name="side"/> tells on which side of every kink the point lies.</summary>
    private double CostAt(double w, double original, bool isDecayed, out ulong side)
    {
        double sum = network.Differentiate(parameters, samples, context, scratch);
        side = isDecayed && l1 > 0 ? (ulong)(Math.Sign(w) + 1) : 0;
        for (int stage = 0; stage < kinks.Length; stage++)
        {
            (Matrix<double> z, IReadOnlyList<double> at) = kinks[stage];
            if (at.Count > 0)
            {
                network.ComputeWeightedInputs(parameters, stage, samples, context, z);
                foreach (double value in z.Elements)
                {
                    side = (side * 31) + (ulong)at.Count(kink => value > kink);
                }
            }
        }

        Span<double> outputs = network.Workspace.Activations(network.StageCount - 1, samples).Elements, targets = network.Workspace.Targets(samples).Elements;
        for (int i = 0; i < outputs.Length; i++)
        {
            side = (side * 31) + (ulong)options.Cost.Side(outputs[i], targets[i]);
        }

        // Only the part of the penalty that this parameter moves: the rest would add rounding alone.
        double penalty = isDecayed ? (l1 * (Math.Abs(w) - Math.Abs(original))) + (0.5 * l2 * (w - original) * (w + original)) : 0;
        return (sum / samples) + penalty;
    }

    /// <summary>The kinks of the activations of a stage.</summary>
    private static IReadOnlyList<double> KinksOf(NetworkOptions options, Stage stage) =>
        [.. stage.Elementwise.Prepend(stage.Transform).Where(layer => layer >= 0).SelectMany(layer => options.Layers[layer].Activation.Kinks).Distinct()];
}
