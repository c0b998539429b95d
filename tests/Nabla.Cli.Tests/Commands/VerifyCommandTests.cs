using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-verify-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void This_machine_computes_the_published_hashes_and_the_machine_is_named()
    {
        ProgramResult result = NablaProgram.Run("verify", "--threads", "2");
        result.RequireDone();
        Assert.Matches(@"the same \d+ hashes as published\s*$", result.Output);
        Assert.Matches(@"(?m)^processor +\S", result.Output);
        Assert.Matches(@"(?m)^vectors +(128|256|512) bits", result.Output);
        Assert.Matches(@"(?m)^runtime +\.NET \d+\.\d+", result.Output);
        Assert.Matches(@"(?m)^version +\d+\.\d+\.\d+", result.Output);
    }

    [Fact]
    public void Json_has_an_object_a_training_and_a_last_one()
    {
        ProgramResult result = VerifiedTrainings.Json.Value;
        result.RequireDone();
        JsonElement[] objects = [.. result.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement done = objects[^1];
        Assert.Equal("done", done.GetProperty("event").GetString());
        Assert.True(done.GetProperty("same").GetBoolean());
        Assert.Equal(objects.Length - 1, done.GetProperty("trainings").GetInt32());
        Assert.Empty(done.GetProperty("different").EnumerateArray());
        Assert.Contains(done.GetProperty("vector_bits").GetInt32(), new[] { 128, 256, 512 });
        Assert.All(["processor", "runtime", "version"], name => Assert.NotEmpty(done.GetProperty(name).GetString()!));
        Assert.InRange(objects.Length - 1, 15, 20);
        foreach (JsonElement training in objects[..^1])
        {
            Assert.Equal("training", training.GetProperty("event").GetString());
            string? hash = training.GetProperty("weights_sha256").GetString();
            Assert.Matches("^[0-9a-f]{64}$", hash);
            Assert.Equal(training.GetProperty("published").GetString(), hash);
            Assert.True(training.GetProperty("same").GetBoolean());
        }
    }

    [Fact]
    public void Another_list_tells_which_hashes_differ()
    {
        // One hash with another digit; and of one training no hash at all.
        IEnumerable<string> lines = VerifiedTrainings.All()
            .Where(item => item.Name != "table")
            .Select(item => $"{item.Name}={(item.Name == "adam" ? Turned(item.Hash) : item.Hash)}");
        string file = Path.Combine(folder.FullName, "other.txt");
        File.WriteAllLines(file, lines);

        ProgramResult result = NablaProgram.Run("verify", "--published", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.Lines.Count(line => line.TrimStart().StartsWith("differs: ", StringComparison.Ordinal)));
        Assert.Matches(@"2 of \d+ hashes differ from the published ones: adam, table\s*$", result.Output);

        ProgramResult asJson = NablaProgram.Run("verify", "--json", "--published", file);
        JsonElement[] objects = [.. asJson.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement different = objects[^1].GetProperty("different");
        Assert.Equal(["adam", "table"], different.EnumerateArray().Select(name => name.GetString()));
        Assert.False(objects[^1].GetProperty("same").GetBoolean());
        JsonElement table = objects[..^1].Single(training => training.GetProperty("name").GetString() == "table");
        Assert.Equal(JsonValueKind.Null, table.GetProperty("published").ValueKind);
    }

    [Fact]
    public void A_list_that_is_none_is_refused_with_its_line()
    {
        string file = Path.Combine(folder.FullName, "other.txt");
        NablaProgram.Run("verify", "--published", file).RequireRefused("--published", file);
        File.WriteAllText(file, $"sgd={new string('a', 64)}\nadam=abc\n");
        NablaProgram.Run("verify", "--published", file).RequireRefused($"{file}:2", "NAME=HASH");
        File.WriteAllText(file, $"sgd={new string('a', 64)}\nsgd={new string('b', 64)}\n");
        NablaProgram.Run("verify", "--published", file).RequireRefused($"{file}:2", "new name");
        NablaProgram.Run("verify", "--threads", "0").RequireRefused("--threads 0", "1 to 1024");
    }

    private static string Turned(string hash) => (hash[0] == '0' ? '1' : '0') + hash[1..];
}
