using Xunit;

namespace Nabla.Theory.Tests;

public class CheckResultTests
{
    [Fact]
    public void A_number_outside_its_tolerance_fails_the_check() => Assert.Equal(Verdict.Fails, Run(ClaimStatus.Correct, findings => findings.Equal("x", 1 + 2e-12, 1)));

    [Fact]
    public void A_number_within_its_tolerance_passes() => Assert.Equal(Verdict.Holds, Run(ClaimStatus.Correct, findings => findings.Equal("x", 1 + 5e-13, 1)));

    [Fact]
    public void Small_numbers_are_compared_relatively() => Assert.Equal(Verdict.Fails, Run(ClaimStatus.Correct, findings => findings.Equal("x", 2e-13, 1e-13)));

    [Fact]
    public void Not_a_number_fails() => Assert.Equal(Verdict.Fails, Run(ClaimStatus.Correct, findings => findings.Equal("x", double.NaN, 1)));

    [Fact]
    public void A_check_without_a_judged_finding_fails() => Assert.Equal(Verdict.Fails, Run(ClaimStatus.Correct, findings => findings.Reported("x", 1)));

    [Fact]
    public void A_check_that_throws_fails_with_the_reason()
    {
        CheckResult result = CheckResult.Of(Check(ClaimStatus.Correct, _ => throw new InvalidOperationException("no")));
        Assert.Equal(Verdict.Fails, result.Verdict);
        Assert.Contains("no", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_without_a_refutation_fails() => Assert.Equal(Verdict.Fails, Run(ClaimStatus.Wrong, findings => findings.Equal("x", 1, 1)));

    [Fact]
    public void A_refutation_needs_the_known_wrong_number_and_a_different_truth()
    {
        Assert.Equal(Verdict.Corrected, Refute(published: 2, figure: 2, truth: 1));
        Assert.Equal(Verdict.Fails, Refute(published: 2, figure: 3, truth: 1));
        Assert.Equal(Verdict.Fails, Refute(published: 2, figure: 2, truth: 2));
        Assert.Equal(Verdict.Corrected, Refute(published: double.PositiveInfinity, figure: double.PositiveInfinity, truth: 1));

        static Verdict Refute(double published, double figure, double truth) => Run(ClaimStatus.Wrong, findings =>
        {
            findings.Equal("x", 1, 1);
            findings.Refuted("x", published, figure, truth);
        });
    }

    [Theory]
    [InlineData(0.593269992107187, "0.593269992107187")]
    [InlineData(-3, "−3")]
    [InlineData(1.5e-9, "1.5e−9")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Numbers_are_written_with_up_to_fifteen_digits(double value, string text) => Assert.Equal(text, Findings.Text(value));

    private static Verdict Run(ClaimStatus status, Action<Findings> run) => CheckResult.Of(Check(status, run)).Verdict;

    private static Check Check(ClaimStatus status, Action<Findings> run) => new()
    {
        Id = "T00",
        Title = "",
        Status = status,
        Sources = [],
        Claim = "",
        Formula = "",
        Derivation = "",
        Run = run,
    };
}
