using Nabla.Data.Synthetic;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Penalties;

namespace Nabla.Theory.HyperParameters;

/// <summary>Descent on the training cost with respect to λ.</summary>
internal static class PenaltyDescentChecks
{
    // The targets are 3·x, so the data cost is exactly (w − 3)².
    private static readonly double[] LineInputs = [2, -2, 0, 0];
    private static readonly double[] LineTargets = [6, -6, 0, 0];
    private static readonly double[] Lambdas = [0.03, 0.1, 0.3, 1, 3, 10, 30];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T120",
            Title = "λ by gradient descent",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 20"],
            Claim = "Gradient descent on the training cost cannot choose λ: it simply drives λ to 0.",
            Formula = @"\frac{\partial C}{\partial\lambda} = \frac{1}{2n}\sum_w w^2 \ge 0, \qquad C = C_0 + \frac{\lambda}{2n}\sum_w w^2",
            Derivation = """
                The penalty is linear in $\lambda$, so $\partial C/\partial\lambda = \frac1{2n}\sum w^2$, which is never
                negative, whatever the weights and the data are. Descent can therefore only lower $\lambda$. It does not
                even stop at 0. Below 0 the penalty rewards large weights, and the cost may have no minimum.

                Training the weights to the end for every $\lambda$ does not help. Let
                $M(\lambda) = \min_w C(w, \lambda)$. For fixed $w$ the cost is a nondecreasing straight line in
                $\lambda$, and $M$ is the lower envelope of these lines. So $M$ is nondecreasing and concave. Its slope
                is that of the touching line, $M'(\lambda) = \frac1{2n}\sum w_*^2$. So over $\lambda \ge 0$ its smallest
                value is at $\lambda = 0$. With $C_0 = (w-3)^2$ and $n = 4$ there is a closed form:
                $w_* = 24/(8+\lambda)$ and $M(\lambda) = 9\lambda/(8+\lambda)$.

                To judge $\lambda$ we need data that were not used to train the weights. On the digits the cost on
                validation samples first falls as $\lambda$ increases, because the weights learn less of the noise. It
                rises again when the weights become too small to learn anything. So its minimum lies inside the range,
                and this is the $\lambda$ to choose.
                """,
            Run = PenaltyOverLambda,
            Plot = () =>
            {
                (double[] training, double[] validation) = CostsOverLambda();
                return new Plot
                {
                    Title = "T120: the training cost favours λ = 0, the validation cost does not",
                    X = "λ",
                    Y = "cost",
                    LogarithmicX = true,
                    Curves = [new Curve("training, with the penalty", Lambdas, training), new Curve("validation", Lambdas, validation)],
                };
            },
        },
    ];

    private static void PenaltyOverLambda(Findings findings)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.3, -0.2 } }, [0.1], Activation.Linear));
        double Slope(double lambda) => NumericJacobian.Of(x => [Penalty.Value(unit.Parameters, 0, x[0], 100)], [lambda])[0, 0];
        findings.Given("w, n", 0.3, -0.2, 100);
        findings.Equal("∂C/∂λ at λ = 0", Slope(0), 0.00065);
        findings.Equal("∂C/∂λ at λ = 5", Slope(5), 0.00065);

        double[] lambda = [1];
        for (int step = 1; step <= 10; step++)
        {
            UpdateRule.Sgd.Update(1000, lambda, [Slope(lambda[0])], step: step);
        }

        findings.Equal("λ = 1 after ten steps of descent with η = 1000", lambda[0], -5.5, 1e-8);

        double[] minima = [.. new double[] { 0, 1, 2, 4 }.Select(value => Minimum(value).Cost)];
        findings.Equal("min over w of the cost for λ = 0, 1, 2, 4", minima, [0, 1, 1.8, 3]);
        findings.Holds("the minimum never falls as λ increases", minima.Zip(minima.Skip(1), (a, b) => a <= b).All(rises => rises));
        findings.Holds("the slope of the minimum falls as λ increases: it is concave", minima[1] - minima[0] > minima[2] - minima[1] && minima[2] - minima[1] > (minima[3] - minima[2]) / 2);
        findings.Equal("slope of the minimum at λ = 1, by central differences", (Minimum(1 + 1e-3).Cost - Minimum(1 - 1e-3).Cost) / 2e-3, 8.0 / 9, 1e-6);
        findings.Equal("Σw²/(2n) at λ = 1", Minimum(1).Weight * Minimum(1).Weight / 8, 8.0 / 9);

        (double[] training, double[] validation) = CostsOverLambda();
        int best = Array.IndexOf(validation, validation.Min());
        findings.Given("experiment", "100 digits, no hidden layer, 60 epochs; 300 other digits for validation");
        findings.Reported("λ", Lambdas);
        findings.Reported("training cost with the penalty", training);
        findings.Reported("validation cost", validation);
        findings.Holds("the training cost is lowest at the smallest λ", training.Min() == training[0]);
        findings.Holds("the validation cost is lowest inside the range", best > 0 && best < Lambdas.Length - 1);
    }

    /// <summary>Finds the weight that minimises (w − 3)² + λ/(2n)·w² by descent, and the cost there.</summary>
    private static (double Weight, double Cost) Minimum(double lambda)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.0 } }, [0], Activation.Linear));
        TrainingResult result = Descent.Train(unit, LineInputs, LineTargets, Descent.Options(0.3, LineInputs.Length, 100) with { L2 = lambda });
        double data = (unit with { Parameters = result.Parameters }).Trace(LineInputs, LineTargets).Cost;
        return (result.Parameters.GetWeight(0, 0, 0), data + Penalty.Value(result.Parameters, 0, lambda, LineInputs.Length));
    }

    /// <summary>
    /// For every λ the final cost with the penalty on the training samples and the cost on the validation samples.
    /// </summary>
    private static (double[] Training, double[] Validation) CostsOverLambda()
    {
        Dataset digits = Digits.Generate(400, seed: 3);
        Dataset train = digits.Take(100), validation = digits.Slice(100, 300);
        var options = NetworkOptions.FeedForward(train.InputCount, [], 10, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood);
        double[] trained = new double[Lambdas.Length], validated = new double[Lambdas.Length];
        for (int i = 0; i < Lambdas.Length; i++)
        {
            TrainingResult result = Trainer.Train(options, new DataSplit(train, null, null), new TrainingOptions { Epochs = 60, LearningRate = 0.1, BatchSize = 10, L2 = Lambdas[i], Threads = 1 });
            trained[i] = Evaluator.Evaluate(options, result.Parameters, train, threads: 1).Cost + Penalty.Value(result.Parameters, 0, Lambdas[i], train.Count);
            validated[i] = Evaluator.Evaluate(options, result.Parameters, validation, threads: 1).Cost;
        }

        return (trained, validated);
    }
}
