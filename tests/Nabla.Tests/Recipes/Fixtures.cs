using System.Numerics;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Operators;
using Nabla.Network.Registries;
using Nabla.Training.Registries;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Recipes;

/// <summary>One choice of each kind that exists only in the tests, and the registries that know it.</summary>
internal static class Fixtures
{
    public static readonly NetworkChoices Network = NetworkChoices.BuiltIn with
    {
        Activations = NetworkChoices.BuiltIn.Activations.With(Softsign.Choice),
        Costs = NetworkChoices.BuiltIn.Costs.With(Quartic.Choice),
        Initializers = NetworkChoices.BuiltIn.Initializers.With(Box.Choice),
        Layers = NetworkChoices.BuiltIn.Layers.With(RandomProjection.Choice),
    };

    public static readonly TrainingChoices Training = TrainingChoices.BuiltIn with
    {
        Network = Network,
        UpdateRules = TrainingChoices.BuiltIn.UpdateRules.With(SignMomentum.Choice),
        Schedules = TrainingChoices.BuiltIn.Schedules.With(InverseTime.Choice),
    };
}

/// <summary>z/(s + |z|).</summary>
internal sealed record Softsign(double Width = 1) : Activation
{
    public static Choice<Activation> Choice { get; } = new(
        "softsign", "z/(s + |z|)", values => new Softsign(values[0]), new NumberParameter("width", 1, "s") { Minimum = 0, ExcludesMinimum = true });

    public override Choice<Activation> Row => Choice;

    public override IReadOnlyList<double> Values => [Width];

    public override ActivationPlace Place => ActivationPlace.Anywhere;

    // The second derivative jumps at 0.
    public override IReadOnlyList<double> Kinks => [0];

    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Kernel<T>(Width));

    public override Expression Describe(Expression z) => z / (z.Apply(Operator.Relu) + (0 - z).Apply(Operator.Relu) + Width);

    private readonly struct Kernel<T>(double width) : IActivationKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector512<T> width = Vector512.Create(T.CreateChecked(width));

        public Vector512<T> At(Vector512<T> x) => x / (width + Vector512.Abs(x));

        public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
        {
            Vector512<T> d = width + Vector512.Abs(x);
            return (x / d, width / (d * d));
        }
    }
}

/// <summary>Σ_j c·(a_j − y_j)⁴.</summary>
internal sealed record Quartic(double Factor = 0.25) : Cost
{
    public static Choice<Cost> Choice { get; } = new(
        "quartic", "c·(a − y)⁴", values => new Quartic(values[0]), new NumberParameter("factor", 0.25, "c") { Minimum = 0, ExcludesMinimum = true });

    public override Choice<Cost> Row => Choice;

    public override IReadOnlyList<double> Values => [Factor];

    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += Factor * Math.Pow(a[j] - y[j], 4);
        }

        return sum;
    }

    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = 4 * Factor * Math.Pow(a[j] - y[j], 3);
        }
    }

    public override OutputCost<T> CreateFunction<T>(Activation output) => OutputCost<T>.Of(new Kernel<T>(Factor), output);

    private readonly struct Kernel<T>(double factor) : ICostKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double Term(double a, double y) => factor * (a - y) * (a - y) * (a - y) * (a - y);

        public T Slope(T a, T y) => T.CreateChecked(4 * factor) * (a - y) * (a - y) * (a - y);
    }
}

/// <summary>Weights and biases uniform in ±b.</summary>
internal sealed record Box(double Bound = 0.5) : Initializer
{
    public static Choice<Initializer> Choice { get; } = new(
        "box", "uniform in ±b", values => new Box(values[0]), new NumberParameter("bound", 0.5, "b") { Minimum = 0 });

    public override Choice<Initializer> Row => Choice;

    public override IReadOnlyList<double> Values => [Bound];

    public override bool DrawsBiases => true;

    public override double Weight(IRandomDraw draw, int inputs, int outputs) => draw.Uniform(-Bound, Bound);

    public override double Bias(IRandomDraw draw) => draw.Uniform(-Bound, Bound);
}

/// <summary>v ← βv + (1 − β)g, w ← w − η·sgn v.</summary>
internal sealed record SignMomentum(double Beta = 0.9) : UpdateRule
{
    public static Choice<UpdateRule> Choice { get; } = new(
        "sign-momentum", "w ← w − η·sgn v", values => new SignMomentum(values[0]), new NumberParameter("beta", 0.9, "β") { Minimum = 0, Maximum = 1, ExcludesMaximum = true });

    public override Choice<UpdateRule> Row => Choice;

    public override IReadOnlyList<double> Values => [Beta];

    public override int Moments => 1;

    public override double NaturalLearningRate => 0.001;

    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new Kernel<T>(Beta, step.LearningRate));

    private readonly struct Kernel<T>(double beta, double rate) : IUpdateKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector512<T> beta = Vector512.Create(T.CreateChecked(beta));
        private readonly Vector512<T> rest = Vector512.Create(T.CreateChecked(1 - beta));
        private readonly Vector512<T> rate = Vector512.Create(T.CreateChecked(rate));

        public static int Moments => 1;

        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            first = (beta * first) + (rest * g);
            w += Vector512.ConditionalSelect(Vector512.GreaterThan(first, Vector512<T>.Zero), -rate, Vector512.LessThan(first, Vector512<T>.Zero) & rate);
        }
    }
}

/// <summary>η₀/(1 + r·(epoch − 1)).</summary>
internal sealed record InverseTime(double Rate = 0.1) : Schedule
{
    public static Choice<Schedule> Choice { get; } = new(
        "inverse-time", "η₀/(1 + r·(epoch − 1))", values => new InverseTime(values[0]), new NumberParameter("rate", 0.1, "r") { Minimum = 0 });

    public override Choice<Schedule> Row => Choice;

    public override IReadOnlyList<double> Values => [Rate];

    public override double At(double initial, in SchedulePlace place) => initial / (1 + (Rate * (place.Epoch - 1)));
}

/// <summary>y = x·Pᵀ + b with P [units, in] drawn once and never trained, and b [units] trained.</summary>
internal sealed record RandomProjection(int Units) : Layer
{
    public static Choice<Layer> Choice { get; } = new(
        "random-projection", "x·Pᵀ + b", values => new RandomProjection((int)values[0]), new NumberParameter("units", double.NaN, "number of units") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true });

    public override Choice<Layer> Row => Choice;

    public override IReadOnlyList<double> Values => [Units];

    public override SampleShape OutputShape(SampleShape input) => new(Units);

    public override IReadOnlyList<TensorDeclaration> Tensors(SampleShape input) =>
    [
        new("projection", [Units, input.Size], TensorDeclaration.Weights(input.Size, Units)) { IsTrained = false },
        new("bias", [Units], TensorDeclaration.Biases),
    ];

    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new Pass<T>(place.Input.Size, Units);

    public override Expression Describe(Expression x) => x.Times(new Tensor(0)) + new Tensor(1);

    private sealed class Pass<T>(int inputs, int units) : TransformPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(in LayerMemory<T> memory)
        {
            ReadOnlySpan<T> projection = memory.Tensor(0), bias = memory.Tensor(1);
            for (int sample = 0; sample < memory.Samples; sample++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    T sum = bias[unit];
                    for (int i = 0; i < inputs; i++)
                    {
                        sum += memory.Inputs[(sample * inputs) + i] * projection[(unit * inputs) + i];
                    }

                    memory.Outputs[(sample * units) + unit] = sum;
                }
            }
        }

        public override void Backward(in LayerMemory<T> memory)
        {
            ReadOnlySpan<T> projection = memory.Tensor(0);
            for (int sample = 0; sample < memory.Samples; sample++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    T sum = T.Zero;
                    for (int unit = 0; unit < units; unit++)
                    {
                        sum += memory.OutputGradient[(sample * units) + unit] * projection[(unit * inputs) + i];
                    }

                    memory.InputGradient[(sample * inputs) + i] = sum;
                }
            }
        }

        public override void SumGradient(in LayerMemory<T> memory, int start, int end)
        {
            Span<T> bias = memory.TensorGradient(1);
            bias.Clear();
            for (int sample = start; sample < end; sample++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    bias[unit] += memory.OutputGradient[(sample * units) + unit];
                }
            }
        }
    }
}
