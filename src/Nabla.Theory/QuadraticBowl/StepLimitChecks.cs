using Nabla.Diagnosis;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>The range of learning rates for which descent converges.</summary>
internal static class StepLimitChecks
{
    private static readonly double[] RatesAlone = [0.2, 0.5, 1, 1.5, 2, 2.1];
    private static readonly double[] RatesTogether = [0.1, 0.25, 0.3, 0.4, 0.49, 0.5, 0.51];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T76",
            Title = "Range of η in one coordinate",
            Status = ClaimStatus.Wrong,
            Sources = ["Jacobian sheet, 2.3"],
            Claim = "Convergence in one coordinate needs 0 < 1−aη < 1, that is, 0 < η < 1/a.",
            Correction =
                "It needs |1−aη| < 1, that is, 0 < η < 2/a. Between 1/a and 2/a the sign alternates, but the " +
                "distance still shrinks.",
            Formula = @"w(t) = (1-a\eta)^t\,w(0) \to 0 \iff |1-a\eta|<1 \iff 0<\eta<\frac2a",
            Derivation = """
                A geometric sequence tends to 0 exactly if its factor lies between $-1$ and $1$. The document omits the
                negative half. With $\rho=1-a\eta$, in the order of increasing $\eta$:

                - $0<\eta<1/a$: $0<\rho<1$, monotone decay;
                - $\eta=1/a$: $\rho=0$, the minimum in a single step;
                - $1/a<\eta<2/a$: $-1<\rho<0$, each step overshoots the minimum, but ends nearer to it;
                - $\eta=2/a$: $\rho=-1$, a permanent oscillation;
                - $\eta>2/a$: $\rho<-1$, divergence.

                The omission matters: with two coordinates the best step lies in the omitted range (T77).
                """,
            Run = OneCoordinate,
            Plot = OneCoordinatePicture,
        },
        new()
        {
            Id = "T77",
            Title = "Range for both coordinates",
            Status = ClaimStatus.Wrong,
            Sources = ["Jacobian sheet, 2.3"],
            Claim = "Both coordinates converge for 0 < η < min(1/a, 1/b).",
            Correction =
                "They converge for 0 < η < 2/max(a, b). The fastest is η* = 2/(a+b), which lies above min(1/a, " +
                "1/b).",
            Formula = @"0<\eta<\frac{2}{\max(a,b)}, \qquad \eta^*=\frac{2}{a+b}, \qquad \max_i|\rho_i| = \frac{\kappa-1}{\kappa+1}, \quad \kappa=\frac{\max(a,b)}{\min(a,b)}",
            Derivation = """
                By T76 the coordinates need $\eta<2/a$ and $\eta<2/b$, so the steeper one sets the limit. The slower one
                determines the speed, so we minimise $\max(|1-\eta a|,|1-\eta b|)$. Let $a\ge b$. As $\eta$ increases,
                $|1-\eta b|$ decreases and, beyond $1/a$, $|1-\eta a|$ increases. The maximum is smallest where they are
                equal: $\eta a-1=1-\eta b$, that is, at $\eta^*=2/(a+b)$, with the common value
                $(a-b)/(a+b)=(\kappa-1)/(\kappa+1)$.

                At $\eta=1/a$, the end of the published range, the slow coordinate has the factor $1-1/\kappa$. For
                large $\kappa$ it needs twice as many steps.
                """,
            Run = BothCoordinates,
            Plot = BothCoordinatesPicture,
        },
    ];

    private static void OneCoordinate(Findings findings)
    {
        double[] alternating = OneDimensional(1.5, 20), constant = OneDimensional(2, 20), monotone = OneDimensional(0.5, 20), diverging = OneDimensional(2.1, 20);
        findings.Given("a, initial w", 1, 1);
        findings.Exactly("η = 1.5: w after 20 steps, (−½)²⁰", alternating[20], 9.5367431640625e-7);
        findings.Holds("η = 1.5: the sign alternates and |w| decreases", Steps(alternating).All(step => step.Next * step.Last < 0 && Math.Abs(step.Next) < Math.Abs(step.Last)));
        findings.Holds("η = 0.5: monotone decay", Steps(monotone).All(step => step.Next > 0 && step.Next < step.Last));
        findings.Exactly("η = 1: w after one step", OneDimensional(1, 1)[1], 0);
        findings.Equal("η = 2: smallest and largest |w| in 20 steps", [constant.Min(Math.Abs), constant.Max(Math.Abs)], [1, 1], 0);
        findings.Holds("η = 2.1: |w| increases in every step", Steps(diverging).All(step => Math.Abs(step.Next) > Math.Abs(step.Last)));

        double[] beyond = After(0.3, 50), within = After(0.25, 50);
        findings.Equal("a = 4, b = 1, η = 0.3 > 1/a: w after 50 steps", beyond, [1.12589990684262e-35, 1.79846504264741e-8]);
        findings.Equal("a = 4, b = 1, η = 0.25 = 1/a: w after 50 steps", within, [0, 5.66321656426938e-7]);
        findings.Holds("the larger η ends nearer to the minimum", beyond.Max(Math.Abs) < within.Max(Math.Abs));

        Bowl bowl = Bowl.Of(4, 1);
        double curvature = Curvature.Largest(bowl.Network.Options, bowl.Network.Parameters, bowl.Inputs, bowl.Targets);
        findings.Equal("largest curvature λmax of the bowl a = 4, b = 1", curvature, 4, 1e-9);
        findings.Holds("|w1| decreases at η = 0.99·2/λmax and increases at 1.01·2/λmax", Math.Abs(After(1.98 / curvature, 50)[0]) < 1 && Math.Abs(After(2.02 / curvature, 50)[0]) > 1);
        findings.Refuted("η must stay below 1/a = 1", $"η = 1.5 reaches |w| = {Findings.Text(Math.Abs(alternating[20]))} in 20 steps", Math.Abs(alternating[20]) < 1e-6);
    }

    private static void BothCoordinates(Findings findings)
    {
        findings.Given("a, b", 4, 1);
        findings.Given("initial w", 1, 1);
        findings.Equal("η = 0.49: w1 after 50 steps", After(0.49, 50)[0], 0.129885793522039);
        findings.Equal("η = 0.5 = 2/a: |w1| after 50 steps", Math.Abs(After(0.5, 50)[0]), 1, 1e-14);
        findings.Equal("η = 0.51: w1 after 50 steps", After(0.51, 50)[0], 7.10668334627831);
        findings.Equal("η* = 0.4: factors of one step", After(0.4, 1), [-0.6, 0.6]);
        findings.Equal("η* = 0.4: w after 10 steps", After(0.4, 10), [0.0060466176, 0.0060466176]);
        findings.Equal("η* = 0.4: w after 50 steps", After(0.4, 50), [8.08281277464764e-12, 8.08281277464764e-12]);
        findings.Equal("η = 1/a: factor of the slow coordinate, 1−1/κ", After(0.25, 1)[1], 0.75);
        double best = Rate(0.4);
        findings.Holds("every other η of 0.01, 0.02 … 0.49 has a larger maximal |ρ|", Enumerable.Range(1, 49).Where(i => i != 40).All(i => Rate(i / 100.0) > best));
        findings.Refuted("η must stay below min(1/a, 1/b) = 0.25", $"η = 0.4 converges fastest: the larger |w| is {Findings.Text(After(0.4, 50).Max(Math.Abs))} after 50 steps", Rate(0.4) < Rate(0.25));
    }

    private static Plot OneCoordinatePicture() => new()
    {
        Title = "One coordinate, a = 1: descent with different learning rates",
        X = "step",
        Y = "w",
        Curves = [.. RatesAlone.Select(rate => Curve.OverSteps($"η = {Findings.Text(rate)}", OneDimensional(rate, 15)))],
    };

    private static Plot BothCoordinatesPicture() => new()
    {
        Title = "The bowl with a = 4, b = 1: η* = 0.4 is the fastest, 0.5 the limit",
        X = "step",
        Y = "larger of |w1| and |w2|",
        LogarithmicY = true,
        Curves = [.. RatesTogether.Select(rate => Curve.OverSteps($"η = {Findings.Text(rate)}", [.. Path(rate, 50).Select(w => w.Max(Math.Abs))]))],
    };

    private static double[] OneDimensional(double learningRate, int steps)
    {
        var bowl = Bowl.OneDimensional();
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(learningRate, 2, steps)).Select(row => row[0])];
    }

    private static double Rate(double learningRate) => After(learningRate, 1).Max(Math.Abs);

    private static double[] After(double learningRate, int steps) => Path(learningRate, steps)[steps];

    private static double[][] Path(double learningRate, int steps)
    {
        Bowl bowl = Bowl.Of(4, 1);
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(learningRate, 8, steps)).Select(row => row[..2])];
    }

    private static IEnumerable<(double Last, double Next)> Steps(double[] w) => w.Zip(w.Skip(1));
}
