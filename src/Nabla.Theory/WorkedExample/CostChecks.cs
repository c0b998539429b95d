using Nabla.Network;
using Nabla.Network.Costs;
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
            Sources = ["003_8b1efaaae4d91400.txt 3.3 (29)–(30)"],
            Claim = "E_o1 = 0.01·ln a + 0.99·ln(1−a)·1.38073 = 1.905327.",
            Correction = "E_o1 = −[0.01·ln a + 0.99·ln(1−a)] = 1.38071: a minus in front, and no factor.",
            Formula = @"E_{o_1} = -\bigl[0.01\ln o_1 + 0.99\ln(1-o_1)\bigr] = 1.38071054146623",
            Derivation = """
                The stray factor gives itself away: with the printed $a=0.75137$ the bracket, its sign turned, is $1.38073$. The right result
                was written down behind the formula, then read as one more factor, and the minus sign got lost on the way. A cost below
                zero should have been a warning: cross-entropy is never negative.
                """,
            Run = FirstCost,
        },
        new()
        {
            Id = "T87",
            Title = "E_o2",
            Status = ClaimStatus.Wrong,
            Sources = ["003_8b1efaaae4d91400.txt 3.3 (31)–(32)"],
            Claim = "E_o2 = 0.99·ln a + 0.01·ln(1−a)·1.38073 = 0.2755336.",
            Correction = "E_o2 = −[0.99·ln a + 0.01·ln(1−a)] = 0.269818.",
            Formula = @"E_{o_2} = -\bigl[0.99\ln o_2 + 0.01\ln(1-o_2)\bigr] = 0.269817990346041",
            Derivation = """
                The factor of the line before was copied along. Without it, but with the printed $a=0.77287$, the cost would be $0.26989$; the
                rest of the difference is the wrong $o_2$ (T85).
                """,
            Run = SecondCost,
        },
        new()
        {
            Id = "T88",
            Title = "E_total",
            Status = ClaimStatus.Wrong,
            Sources = ["003_8b1efaaae4d91400.txt 3.3 (33)"],
            Claim = "E_total = 2.1808636.",
            Correction = "E_total = 1.65052853181227.",
            Formula = @"E = E_{o_1}+E_{o_2} = 1.65052853181227 \;\ge\; H(0.01)+H(0.99) = 0.112003068709695",
            Derivation = """
                The sum of two wrong numbers (and even their sum, $2.1808606$, is copied with a wrong digit).

                Note what a cost of soft targets cannot do: reach 0. With the targets $0.01$ and $0.99$ the lowest value is the entropy
                of the targets, $2H(0.01)=0.112$ (T12). The quadratic cost of the same outputs is $0.298$, with a minimum of 0; the two
                costs cannot be compared with each other by their size.
                """,
            Run = TotalCost,
        },
    ];

    private static void FirstCost(Findings findings)
    {
        Trace trace = Example.Pass;
        findings.Equal("E_o1 from the activation", Example.Plain(trace.Outputs()[0], 0.01), 1.38071054146623);
        findings.Equal("E_o1 from the weighted input", Example.Fused(trace.WeightedInputs(1)[0], 0.01), 1.38071054146623);
        findings.Equal("with the printed a = 0.75137", Example.Plain(Example.PrintedO1, 0.01), 1.38073010780897);
        double literal = (0.01 * Math.Log(Example.PrintedO1)) + (0.99 * Math.Log(1 - Example.PrintedO1) * 1.38073);
        findings.Refuted("0.01·ln a + 0.99·ln(1−a)·1.38073", literal, -1.90532713812443, Example.Plain(trace.Outputs()[0], 0.01));
    }

    private static void SecondCost(Findings findings)
    {
        Trace trace = Example.Pass;
        findings.Equal("E_o2 from the activation", Example.Plain(trace.Outputs()[1], 0.99), 0.269817990346041);
        findings.Equal("E_o2 from the weighted input", Example.Fused(trace.WeightedInputs(1)[1], 0.99), 0.269817990346041);
        findings.Equal("with the printed a = 0.77287", Example.Plain(Example.PrintedO2, 0.99), 0.269890303653008);
        double literal = (0.99 * Math.Log(Example.PrintedO2)) + (0.01 * Math.Log(1 - Example.PrintedO2) * 1.38073);
        findings.Refuted("0.99·ln a + 0.01·ln(1−a)·1.38073", literal, -0.275533608357153, Example.Plain(trace.Outputs()[1], 0.99));
    }

    private static void TotalCost(Findings findings)
    {
        Trace trace = Example.Pass;
        double lowest = CostMath.Value(Cost.CrossEntropy, Mazur.Target, Mazur.Target);
        findings.Equal("E_total", trace.Cost, 1.65052853181227);
        findings.Equal("E_total from the outputs", CostMath.Value(Cost.CrossEntropy, trace.Outputs(), Mazur.Target), 1.65052853181227);
        findings.Equal("lowest cost that these targets allow", lowest, 0.112003068709695);
        findings.Equal("quadratic cost", Mazur.Network(Cost.Quadratic).Trace(Mazur.Input, Mazur.Target).Cost, 0.298371108760003);
        findings.Equal("quadratic cost from the outputs", CostMath.Value(Cost.Quadratic, trace.Outputs(), Mazur.Target), 0.298371108760003);
        findings.Refuted("1.905327 + 0.2755336, printed as 2.1808636", 1.905327 + 0.2755336, 2.1808636, trace.Cost, 1e-5);
    }
}
