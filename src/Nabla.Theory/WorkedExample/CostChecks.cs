using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.WorkedExample;

/// <summary>The cross-entropy of the two outputs of the example.</summary>
internal static class CostChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T86",
            Title = "E_o1",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (29)–(30)"],
            Claim = "E_o1 = 0.01·ln a + 0.99·ln(1−a)·1.38073 = 1.905327.",
            Correction =
                "E_o1 = −[0.01·ln a + 0.99·ln(1−a)] = 1.38071: with a minus sign in front and without the factor.",
            Formula = @"E_{o_1} = -\bigl[0.01\ln o_1 + 0.99\ln(1-o_1)\bigr] = 1.38071054146623",
            Derivation = """
                The origin of the stray factor is clear: with the printed $a=0.75137$ the bracket with its sign reversed
                is $1.38073$. This right result was written after the formula and then read as one more factor, and the
                minus sign was lost. The negative cost should have been a warning, since cross-entropy is never
                negative.
                """,
            Run = FirstCost,
        },
        new()
        {
            Id = "T87",
            Title = "E_o2",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (31)–(32)"],
            Claim = "E_o2 = 0.99·ln a + 0.01·ln(1−a)·1.38073 = 0.2755336.",
            Correction = "E_o2 = −[0.99·ln a + 0.01·ln(1−a)] = 0.269818.",
            Formula = @"E_{o_2} = -\bigl[0.99\ln o_2 + 0.01\ln(1-o_2)\bigr] = 0.269817990346041",
            Derivation = """
                The factor was copied from the line before. Without it, and with the printed $a=0.77287$, the cost would
                be $0.26989$. The remaining difference comes from the wrong $o_2$ (T85).
                """,
            Run = SecondCost,
        },
        new()
        {
            Id = "T88",
            Title = "E_total",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (33)"],
            Claim = "E_total = 2.1808636.",
            Correction = "E_total = 1.65052853181227.",
            Formula = @"E = E_{o_1}+E_{o_2} = 1.65052853181227 \;\ge\; H(0.01)+H(0.99) = 0.112003068709695",
            Derivation = """
                This is the sum of two wrong numbers (and their sum, $2.1808606$, is copied with a wrong digit).

                With soft targets a cost cannot reach 0. For the targets $0.01$ and $0.99$ the lowest value is the
                entropy of the targets, $2H(0.01)=0.112$ (T12). The quadratic cost of the same outputs is $0.298$, and
                its minimum is 0. So the values of the two costs cannot be compared with each other.
                """,
            Run = TotalCost,
        },
    ];

    private static void FirstCost(Findings findings)
    {
        Trace trace = Example.Pass;
        findings.Equal("E_o1 from the activation", Example.Plain(trace.Outputs()[0], 0.01), 1.38071054146623);
        findings.Equal("E_o1 from the weighted input", Example.Fused(trace.WeightedInputs(1)[0], 0.01), 1.38071054146623);
        findings.Equal("E_o1 with the printed a = 0.75137", Example.Plain(Example.PrintedO1, 0.01), 1.38073010780897);
        double literal = (0.01 * Math.Log(Example.PrintedO1)) + (0.99 * Math.Log(1 - Example.PrintedO1) * 1.38073);
        findings.Refuted("0.01·ln a + 0.99·ln(1−a)·1.38073", literal, -1.90532713812443, Example.Plain(trace.Outputs()[0], 0.01));
    }

    private static void SecondCost(Findings findings)
    {
        Trace trace = Example.Pass;
        findings.Equal("E_o2 from the activation", Example.Plain(trace.Outputs()[1], 0.99), 0.269817990346041);
        findings.Equal("E_o2 from the weighted input", Example.Fused(trace.WeightedInputs(1)[1], 0.99), 0.269817990346041);
        findings.Equal("E_o2 with the printed a = 0.77287", Example.Plain(Example.PrintedO2, 0.99), 0.269890303653008);
        double literal = (0.99 * Math.Log(Example.PrintedO2)) + (0.01 * Math.Log(1 - Example.PrintedO2) * 1.38073);
        findings.Refuted("0.99·ln a + 0.01·ln(1−a)·1.38073", literal, -0.275533608357153, Example.Plain(trace.Outputs()[1], 0.99));
    }

    private static void TotalCost(Findings findings)
    {
        Trace trace = Example.Pass;
        double lowest = CostMath.Value(Cost.CrossEntropy, Mazur.Target, Mazur.Target);
        findings.Equal("E_total", trace.Cost, 1.65052853181227);
        findings.Equal("E_total from the outputs", CostMath.Value(Cost.CrossEntropy, trace.Outputs(), Mazur.Target), 1.65052853181227);
        findings.Equal("lowest cost for these targets", lowest, 0.112003068709695);
        findings.Equal("quadratic cost", Mazur.Network(Cost.Quadratic).Trace(Mazur.Input, Mazur.Target).Cost, 0.298371108760003);
        findings.Equal("quadratic cost from the outputs", CostMath.Value(Cost.Quadratic, trace.Outputs(), Mazur.Target), 0.298371108760003);
        findings.Refuted("1.905327 + 0.2755336, printed as 2.1808636", 1.905327 + 0.2755336, 2.1808636, trace.Cost, 1e-5);
    }
}
