using System.Text.Json;

namespace Nabla.Cli.Tests.Support;

/// <summary>The published trainings as the program runs them here, once for all tests.</summary>
internal static class VerifiedTrainings
{
    public static Lazy<ProgramResult> Json { get; } = new(() => NablaProgram.Run("verify", "--json"));

    public static IEnumerable<(string Name, string Summary, string Hash)> All()
    {
        Json.Value.RequireDone();
        return Json.Value.Lines
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(item => Text(item, "event") == "training")
            .Select(item => (Text(item, "name"), Text(item, "summary"), Text(item, "weights_sha256")));

        static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
    }
}
