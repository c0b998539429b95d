using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.HyperParameters;

/// <summary>The derivative of the cost after training with respect to the learning rate.</summary>
internal static class LearningRateDescentChecks
{
    private const double BestSingleStep = 17.0 / 65;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T121",
            Title = "η by gradient descent",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 20"],
            Claim = "η has no influence on the cost, so descent on the cost cannot learn it.",
            Correction =
                "The cost function does not contain η, but the cost after training depends on η through the path. " +
                "After one step its derivative is −∇C(w′)·∇C(w).",
            Formula = @"\frac{d}{d\eta}\,C\big(w - \eta\,\nabla C(w)\big) = -\,\nabla C(w')\cdot\nabla C(w), \qquad w' = w - \eta\,\nabla C(w)",
            Derivation = """
                At fixed weights $\partial C/\partial\eta = 0$. So far the answer is right: ordinary backpropagation
                gives no gradient for $\eta$. But training moves the weights. After one step the cost is $C(w')$ with
                $w' = w - \eta\nabla C(w)$, and by the chain rule $dC(w')/d\eta = -\nabla C(w')\cdot\nabla C(w)$. This
                is negative while the new gradient has a component along the old one, and zero when they are at right
                angles. Descent can use this derivative.

                Take $C = \frac12(4w_1^2 + w_2^2)$ from $(1, 1)$. Then
                $C(w') = \frac12\big(4(1-4\eta)^2 + (1-\eta)^2\big)$. The derivative is $-16(1-4\eta) - (1-\eta)$. At
                $\eta = 0.1$ it is $-10.5$, and it vanishes at $\eta = 17/65 = 0.2615\ldots$

                The real obstacles are different. For many steps we have to differentiate the whole run, mini-batches
                make the derivative noisy, and the derivative of one step is short-sighted. The best single step here,
                $17/65$, multiplies $w_2$ by only $48/65$ per step. In the long run $\eta = 2/(4+1) = 0.4$ is better: it
                multiplies both coordinates by $0.6$ in absolute value, although its first step is worse.
                """,
            Run = CostAfterTraining,
            Plot = () =>
            {
                double[] rates = [.. Enumerable.Range(1, 51).Select(i => i / 100.0)];
                Curve After(int steps) => new(steps == 1 ? "after 1 step" : $"after {steps} steps", rates, [.. rates.Select(rate => CostAfter(rate, steps))]);
                return new Plot
                {
                    Title = "T121: the cost of the bowl (4, 1) after training, as a function of η",
                    X = "η",
                    Y = "cost",
                    LogarithmicY = true,
                    Curves = [After(1), After(2), After(5), After(20), After(50)],
                };
            },
        },
    ];

    private static void CostAfterTraining(Findings findings)
    {
        Bowl bowl = Bowl.Of(4, 1);
        double derivative = NumericJacobian.Of(eta => [CostAfter(eta[0], 1)], [0.1])[0, 0];
        findings.Given("bowl, initial w", "½(4w₁² + w₂²), (1, 1)");
        findings.Equal("cost after one step with η = 0.1", CostAfter(0.1, 1), 1.125);
        findings.Equal("dC/dη at η = 0.1, by central differences of two runs", derivative, -10.5, 1e-8);
        findings.Equal("−∇C(w′)·∇C(w) at η = 0.1", Slope(0.1), -10.5);
        findings.Refuted("dC/dη at η = 0.1, if η had no influence", 0, 0, Slope(0.1));
        findings.Equal("−∇C(w′)·∇C(w) at η = 17/65", Slope(BestSingleStep), 0);
        findings.Equal("cost after one step with η = 17/65", CostAfter(BestSingleStep, 1), 18.0 / 65);
        findings.AtLeast("cost after one step with η = 0.4", CostAfter(0.4, 1), 18.0 / 65);

        double[] shortSighted = Weights(BestSingleStep, 50), patient = Weights(0.4, 50);
        findings.Equal("w after 50 steps with η = 0.4", [Math.Abs(patient[0]), Math.Abs(patient[1])], [8.08281277464764e-12, 8.08281277464764e-12]);
        findings.EqualRelative("w₂ after 50 steps with η = 17/65, (48/65)^50", shortSighted[1], 2.608519193650213e-7, 1e-9);
        findings.Holds("after 50 steps η = 0.4 has the lower cost", CostAfter(0.4, 50) < CostAfter(BestSingleStep, 50));

        double Slope(double eta)
        {
            double[] at = Weights(eta, 1);
            double[,] before = bowl.Network.Trace(bowl.Inputs, bowl.Targets).WeightGradient(0);
            double[,] after = Bowl.Of(4, 1, at[0], at[1]).Network.Trace(bowl.Inputs, bowl.Targets).WeightGradient(0);
            return -((before[0, 0] * after[0, 0]) + (before[0, 1] * after[0, 1]));
        }
    }

    private static double CostAfter(double eta, int steps)
    {
        Bowl bowl = Bowl.Of(4, 1);
        TrainingResult result = Train(bowl, eta, steps);
        return (bowl.Network with { Parameters = result.Parameters }).Trace(bowl.Inputs, bowl.Targets).Cost;
    }

    private static double[] Weights(double eta, int steps)
    {
        TrainingResult result = Train(Bowl.Of(4, 1), eta, steps);
        return [result.Parameters.GetWeight(0, 0, 0), result.Parameters.GetWeight(0, 0, 1)];
    }

    private static TrainingResult Train(Bowl bowl, double eta, int steps) =>
        Descent.Train(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(eta, bowl.Targets.Length, steps));
}
