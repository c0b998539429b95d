using Nabla.Theory.Contents;
using Nabla.Theory.Text;
using Xunit;

namespace Nabla.Theory.Tests;

public class LatexTextTests
{
    [Theory]
    [InlineData(@"\sigma'(z) = \frac{e^{-z}}{(1+e^{-z})^2}", "σ′(z) = e⁻ᶻ/((1+e⁻ᶻ)²)")]
    [InlineData(@"\frac{\partial C}{\partial w_{jk}}", "∂C/∂wⱼₖ")]
    [InlineData(@"\frac{1}{2}", "1/2")]
    [InlineData(@"\sqrt{\kappa}-1", "√κ−1")]
    [InlineData(@"W^{\mathrm{T}}\delta", "Wᵀδ")]
    [InlineData(@"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "[ a b ; c d ]")]
    [InlineData(@"\left(1-\frac{\eta\lambda}{n}\right)^{n/m}", "(1−ηλ/n)^(n/m)")]
    [InlineData(@"\|x\|", "‖x‖")]
    public void Formulas_become_plain_text(string latex, string expected) => Assert.Equal(expected, LatexText.Formula(latex));

    [Fact]
    public void Text_around_formulas_is_kept() => Assert.Equal("Since a = σ(z), done.", LatexText.Markdown(@"Since $a = \sigma(z)$, **done**."));

    public static TheoryData<string> Ids => [.. Catalog.Checks.Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_command_remains_in_a_formula_of_the_catalogue(string id)
    {
        Check check = Catalog.Find(id)!;
        foreach (string shown in new[] { LatexText.Formula(check.Formula), LatexText.Markdown(check.Derivation) })
        {
            Assert.DoesNotContain('\\', shown);
            Assert.DoesNotContain("^{", shown, StringComparison.Ordinal);
        }
    }
}
