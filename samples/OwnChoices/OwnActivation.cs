using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla;
using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Operators;

namespace OwnChoices;

/// <summary>max(0, z)² (So et al. 2021).</summary>
public sealed record SquaredRelu : Activation
{
    public static Choice<Activation> Choice { get; } = new("squared-relu", "max(0, z)²", _ => new SquaredRelu());

    public override Choice<Activation> Row => Choice;

    // The second derivative jumps at 0, and a gradient check must not step over that point.
    public override IReadOnlyList<double> Kinks => [0];

    public override Initializer NaturalInitializer => Initializer.He;

    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Kernel<T>());

    // ONNX files are written from this formula.
    public override Expression Describe(Expression z) => z.Apply(Operator.Relu) * z.Apply(Operator.Relu);

    private readonly struct Kernel<T> : IActivationKernel<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> x) => DifferentiateAt(x).Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
        {
            // Not "greater than 0": a NaN must pass.
            Vector512<T> r = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);
            return (r * r, r + r);
        }
    }
}
