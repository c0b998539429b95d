using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public class TheoryCommandTests
{
    [Fact]
    public void One_claim_is_shown_with_its_derivation_and_its_numbers()
    {
        ProgramResult result = NablaProgram.Run("theory", "t94");
        result.RequireDone();
        // From the table of the worked example.
        Assert.Contains("0.148865824773", result.Output, StringComparison.Ordinal);
        Assert.Contains("Homework, 3.3", result.Output, StringComparison.Ordinal);
        Assert.Contains("1.18475556817829", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_an_object_a_claim_with_its_verdict()
    {
        ProgramResult result = NablaProgram.Run("theory", "T01", "T13", "--json");
        result.RequireDone();
        JsonElement[] claims = [.. result.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["T01", "T13"], claims.Select(claim => claim.GetProperty("id").GetString()));
        Assert.Equal(["holds", "corrected"], claims.Select(claim => claim.GetProperty("verdict").GetString()));
        Assert.All(claims, claim => Assert.InRange(claim.GetProperty("error").GetDouble(), 0, 1e-12));
        Assert.All(claims, claim => Assert.True(claim.GetProperty("seconds").GetDouble() >= 0));
    }

    [Fact]
    public void A_chapter_stands_for_its_claims()
    {
        ProgramResult result = NablaProgram.Run("theory", "L", "T01");
        result.RequireDone();
        Assert.Contains("T119", result.Output, StringComparison.Ordinal);
        Assert.Contains("2 claims: 1 hold, 1 corrected, 0 fail", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_all_142_claims()
    {
        ProgramResult result = NablaProgram.Run("theory", "--list", "--json");
        result.RequireDone();
        Assert.Equal(142, result.Lines.Length);
    }

    [Fact]
    public void A_picture_is_a_PNG_file()
    {
        string file = Path.Combine(Path.GetTempPath(), $"nabla-{Environment.ProcessId}-T24.png");
        try
        {
            NablaProgram.Run("theory", "T24", "--plot", file).RequireDone();
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(file).Take(4));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        NablaProgram.Run("theory", "T143").RequireRefused("T143", "T142", "--list");
        NablaProgram.Run("theory", "--plot", "x.png").RequireRefused("--plot", "one claim");
        NablaProgram.Run("theory", "T35", "--plot", "x.png").RequireRefused("T35", "no picture", "T24");
    }
}
