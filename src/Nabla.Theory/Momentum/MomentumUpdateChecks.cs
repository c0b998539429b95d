using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;

namespace Nabla.Theory.Momentum;

/// <summary>The momentum update in the form of the book and in that of the library.</summary>
internal static class MomentumUpdateChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T125",
            Title = "Momentum update",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 22"],
            Claim = "Momentum is added to the trainer by v ← μv − η∇C, w ← w + v.",
            Formula = @"v \leftarrow \mu v + \nabla C,\quad w \leftarrow w - \eta v \qquad (\text{the book's velocity is } -\eta v)",
            Derivation = """
                The book's velocity contains the learning rate: $u \leftarrow \mu u - \eta\nabla C$,
                $w \leftarrow w + u$. The library's velocity (like PyTorch's) does not: $v \leftarrow \mu v + \nabla C$,
                $w \leftarrow w - \eta v$. With $u = -\eta v$ and constant $\eta$ the two rules are the same and give
                the same weights.

                They differ when $\eta$ changes. If a schedule halves $\eta$, the library's whole velocity counts half
                from that step on. In the book's form the old velocity is kept, and only the new contributions are
                halved. If $\eta$ is halved from the third step on, $w_3$ is $0.603$ in the library and $0.522$ in the
                book's form. Both rules are sound, but published figures must say which one they use.

                Nesterov's variant looks ahead: it steps by $\nabla C + \mu v$ instead of $v$, which approximates the
                gradient at the point that the velocity is about to reach.
                """,
            Run = TwoForms,
            Plot = () => new Plot
            {
                Title = "T125: plain descent, momentum and Nesterov on ½w² with η = 0.1",
                X = "step",
                Y = "w",
                Curves =
                [
                    Curve.OverSteps("plain descent", MomentumRuns.Path(0.1, UpdateRule.Sgd, 60)),
                    Curve.OverSteps("momentum, μ = 0.9", MomentumRuns.Path(0.1, 0.9, 60)),
                    Curve.OverSteps("Nesterov, μ = 0.9", MomentumRuns.Path(0.1, new Nesterov(), 60)),
                ],
            },
        },
    ];

    private static void TwoForms(Findings findings)
    {
        double[] trained = MomentumRuns.Path(0.1, 0.9, 10);
        findings.Given("cost, initial w, η, μ", "½w², w = 1, 0.1, 0.9");
        findings.Equal("w1..5", trained.AsSpan(1, 5), [0.9, 0.72, 0.486, 0.2268, -0.02916]);
        findings.Equal("w10", trained[10], -0.5887893888);
        findings.Equal("w1..10 in the book's form", BookForm(Constant).AsSpan(1), trained.AsSpan(1));
        findings.Equal("w1..10 by the update rule alone", LibraryForm(Constant).AsSpan(1), trained.AsSpan(1));

        double[] library = LibraryForm(HalvedFromThird), book = BookForm(HalvedFromThird);
        findings.Equal("w1..5, η halved from step 3", library.AsSpan(1, 5), [0.9, 0.72, 0.603, 0.46755, 0.3222675]);
        findings.Equal("w1..5 in the book's form, η halved from step 3", book.AsSpan(1, 5), [0.9, 0.72, 0.522, 0.3177, 0.117945]);
        findings.Equal("w1..4 with the trainer's step schedule", ScheduledPath().AsSpan(1), [0.9, 0.72, 0.603, 0.46755]);
        findings.Equal("w1..5 with Nesterov momentum", MomentumRuns.Path(0.1, new Nesterov(), 5).AsSpan(1), [0.81, 0.5751, 0.327321, 0.09388791, -0.1045816839]);

        static double Constant(int step) => 0.1;
        static double HalvedFromThird(int step) => step < 3 ? 0.1 : 0.05;
    }

    /// <summary>v ← μv + g, w ← w − ηv with a learning rate for each step, 1-based.</summary>
    private static double[] LibraryForm(Func<int, double> eta) => Run((w, gradient, v, step) => Rule.Update(eta(step), w, [gradient], v));

    /// <summary>
    /// The book's v ← μv − ηg, w ← w + v: the library's rule with the rate 1 and the gradient multiplied by η.
    /// </summary>
    private static double[] BookForm(Func<int, double> eta) => Run((w, gradient, v, step) => Rule.Update(1, w, [eta(step) * gradient], v));

    private static UpdateRule Rule => new Training.UpdateRules.Momentum();

    private static double[] Run(Action<double[], double, double[], int> update)
    {
        double[] path = new double[11], w = [1], v = [0];
        path[0] = w[0];
        for (int step = 1; step <= 10; step++)
        {
            Bowl bowl = Bowl.OneDimensional(w[0]);
            update(w, bowl.Network.Trace(bowl.Inputs, bowl.Targets).WeightGradient(0)[0, 0], v, step);
            path[step] = w[0];
        }

        return path;
    }

    /// <summary>Four epochs of one step each; η is halved after every second epoch.</summary>
    private static double[] ScheduledPath()
    {
        Bowl bowl = Bowl.OneDimensional();
        TrainingOptions options = Descent.Options(0.1, bowl.Targets.Length, 4) with
        {
            Optimizer = Rule,
            Schedule = new StepSchedule(Patience: 2),
        };
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, options).Select(row => row[0])];
    }
}
