using System.Globalization;
using Nabla.Theory.Contents;
using Xunit;

namespace Nabla.Theory.Tests;

/// <summary>Runs every check, one test per id, and compares the catalogue with the index of the claims.</summary>
public class CatalogTests
{
    public static TheoryData<string> Ids => [.. Catalog.Checks.Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_claim_has_the_verdict_of_its_status(string id)
    {
        CheckResult result = Run.Results.Single(result => result.Check.Id == id);
        string report = string.Join('\n', result.Findings.Where(finding => !finding.Passed).Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Kind} {finding.Name}: {finding.Value}, expected {finding.Expected}, error {finding.Error}")));
        Assert.True(result.Verdict == (result.Check.IsCorrected ? Verdict.Corrected : Verdict.Holds), $"{id} {result.Problem}\n{report}");
    }

    [Fact]
    public void The_catalogue_has_every_claim_of_the_index_with_its_status_and_title()
    {
        using var reader = new StreamReader(typeof(CatalogTests).Assembly.GetManifestResourceStream("Index.txt")!);
        string[] index = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            index,
            Catalog.Checks.Select(check => string.Join('\t', check.Id, StatusName(check.Status), check.IsCorrected ? "corrected" : "holds", check.Title)));
    }

    [Fact]
    public void Only_a_corrected_claim_has_a_correction() =>
        Assert.All(Catalog.Checks, check => Assert.Equal(check.IsCorrected, check.Correction is not null));

    [Fact]
    public void Every_source_is_a_document_and_a_place_in_it() =>
        Assert.All(Catalog.Checks, check => Assert.All(check.Sources, source =>
            Assert.True(source.Length > SourceDocuments.Of(source)?.Name.Length + ", ".Length, $"{check.Id}: {source}")));

    [Fact]
    public void Dollar_signs_in_derivations_come_in_pairs() =>
        Assert.All(Catalog.Checks, check => Assert.True(check.Derivation.Count(c => c == '$') % 2 == 0, check.Id));

    private static string StatusName(ClaimStatus status) => status == ClaimStatus.Question ? "NON-MATH" : status.ToString().ToUpperInvariant();
}
