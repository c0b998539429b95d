using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Numerics.Functions;

namespace Nabla.Training.UpdateRules;

/// <summary>Adam with Nesterov momentum (Dozat 2016), as PyTorch defines it: μₜ = β₁(1 − ½·0.96^(ψt)), w ← w − η[(1 − μₜ)g/(1 − Πμ) + μₜ₊₁m/(1 − Πμ·μₜ₊₁)]/(√v̂ + ε).</summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="MomentumDecay">ψ ≥ 0.</param>
public sealed record Nadam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 0.004) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "nadam",
        "adam with Nesterov momentum",
        values => new Nadam(values[0], values[1], values[2], values[3]),
        MomentParameters.Beta1,
        MomentParameters.Beta2,
        MomentParameters.Epsilon,
        new NumberParameter("momentum_decay", 0.004, "ψ, how fast the momentum warms up") { Minimum = 0 });

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Beta1, Beta2, Epsilon, MomentumDecay];

    /// <inheritdoc/>
    public override int Moments => 2;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.002;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>()
    {
        var warmUp = new MomentumWarmUp(this);
        return UpdateFunction<T>.Of(this, step => new Kernel<T>(this, step, warmUp.At(step.Step)));
    }

    private readonly struct Kernel<T>(Nadam rule, UpdateStep step, (double Mu, double Next, double Product) momentum) : IUpdateKernel<T> where T : unmanaged
    {
        private readonly Vector512<T> beta1 = Lanes.Constant<T>(rule.Beta1);
        private readonly Vector512<T> rest1 = Lanes.Constant<T>(1 - rule.Beta1);
        private readonly Vector512<T> beta2 = Lanes.Constant<T>(rule.Beta2);
        private readonly Vector512<T> rest2 = Lanes.Constant<T>(1 - rule.Beta2);
        private readonly Vector512<T> rootOfCorrection2 = Lanes.Constant<T>(Math.Sqrt(1 - WholePower.Of(rule.Beta2, step.Step)));
        private readonly Vector512<T> epsilon = Lanes.Constant<T>(rule.Epsilon);
        private readonly Vector512<T> gradientRate = Lanes.Constant<T>(-step.LearningRate * (1 - momentum.Mu) / (1 - momentum.Product));
        private readonly Vector512<T> momentRate = Lanes.Constant<T>(-step.LearningRate * momentum.Next / (1 - (momentum.Product * momentum.Next)));

        public static int Moments => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            first = Lanes.FusedMultiplyAdd(beta1, first, rest1 * g);
            second = Lanes.FusedMultiplyAdd(beta2, second, rest2 * g * g);
            Vector512<T> denominator = (Vector512.Sqrt(second) / rootOfCorrection2) + epsilon;
            w = Lanes.FusedMultiplyAdd(gradientRate, g / denominator, w);
            w = Lanes.FusedMultiplyAdd(momentRate, first / denominator, w);
        }
    }

    /// <summary>μₜ, μₜ₊₁ and Πμ of an update: a function of its number alone. The last one is kept, because every tensor asks for it.</summary>
    private sealed class MomentumWarmUp(Nadam rule)
    {
        /// <summary>A smaller product no longer changes 1 − Πμ.</summary>
        private const double Vanished = 1e-20;

        private long step;
        private (double Mu, double Next, double Product) last;

        public (double Mu, double Next, double Product) At(long number)
        {
            if (number != step)
            {
                double product = 1;
                for (long t = 1; t <= number && product > Vanished; t++)
                {
                    product *= Mu(t);
                }

                (step, last) = (number, (Mu(number), Mu(number + 1), product));
            }

            return last;
        }

        private double Mu(long t) => rule.Beta1 * (1 - (0.5 * ScalarMath.Exp(t * rule.MomentumDecay * ScalarMath.Log(0.96))));
    }
}
