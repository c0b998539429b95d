using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla;
using Nabla.Choices;
using Nabla.Training.UpdateRules;

namespace OwnChoices;

/// <summary>s ← s + g², w ← w − ηg/(√s + ε) (Duchi et al. 2011).</summary>
/// <param name="Epsilon">ε &gt; 0.</param>
public sealed record AdaGrad(double Epsilon = 1e-10) : UpdateRule
{
    public static Choice<UpdateRule> Choice { get; } = new(
        "adagrad",
        "s ← s + g², w ← w − ηg/(√s + ε)",
        values => new AdaGrad(values[0]),
        new NumberParameter("epsilon", 1e-10, "ε") { Minimum = 0, ExcludesMinimum = true });

    public override Choice<UpdateRule> Row => Choice;

    public override IReadOnlyList<double> Values => [Epsilon];

    public override int Moments => 1;

    public override double NaturalLearningRate => 0.01;

    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new Kernel<T>(Epsilon, step.LearningRate));

    private readonly struct Kernel<T>(double epsilon, double learningRate) : IUpdateKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Vector512<T> epsilon = Vector512.Create(T.CreateChecked(epsilon));
        private readonly Vector512<T> rate = Vector512.Create(T.CreateChecked(learningRate));

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            first += g * g;
            w -= rate * g / (Vector512.Sqrt(first) + epsilon);
        }
    }
}
