namespace Nabla.Cli.Output.Reports;

/// <summary>The results of <c>nabla verify</c>: text, or JSON.</summary>
internal abstract class VerificationOutput
{
    /// <summary>The output for the requested form.</summary>
    public static VerificationOutput For(bool json) => json ? new JsonOutput() : new TextOutput();

    /// <summary>Called after every training.</summary>
    public abstract void Show(VerifiedTraining result);

    /// <summary>Called after the last training.</summary>
    public abstract void Complete(IReadOnlyList<VerifiedTraining> results);

    private sealed class JsonOutput : VerificationOutput
    {
        public override void Show(VerifiedTraining result) => JsonLines.Write(writer =>
        {
            writer.WriteString("event", "training");
            writer.WriteString("name", result.Name);
            writer.WriteString("summary", result.Summary);
            writer.WriteString("weights_sha256", result.Hash);
            writer.WriteString("published", result.Published);
            writer.WriteBoolean("same", result.IsSame);
        });

        public override void Complete(IReadOnlyList<VerifiedTraining> results) => JsonLines.Write(writer =>
        {
            writer.WriteString("event", "done");
            writer.WriteBoolean("same", results.All(result => result.IsSame));
            writer.WriteNumber("trainings", results.Count);
            writer.WriteStartArray("different");
            foreach (VerifiedTraining result in results.Where(result => !result.IsSame))
            {
                writer.WriteStringValue(result.Name);
            }

            writer.WriteEndArray();
            writer.WriteString("processor", MachineFacts.Processor);
            writer.WriteNumber("vector_bits", MachineFacts.VectorBits);
            writer.WriteString("runtime", MachineFacts.Runtime);
            writer.WriteString("version", MachineFacts.Version);
        });
    }

    /// <summary>A line per training, of less than 80 characters: the hash can be compared with the page.</summary>
    private sealed class TextOutput : VerificationOutput
    {
        public override void Show(VerifiedTraining result)
        {
            Screen.Line($"{result.Name,-12} {result.Hash}");
            if (!result.IsSame)
            {
                string published = result.Published is { } hash ? $"{hash} was published" : "no hash was published";
                Screen.Line($"{"",-12} differs: {published}");
            }
        }

        public override void Complete(IReadOnlyList<VerifiedTraining> results)
        {
            Screen.Line();
            Tables.PrintFacts(
                ("processor", MachineFacts.Processor),
                ("vectors", $"{MachineFacts.VectorBits} bits"),
                ("runtime", MachineFacts.Runtime),
                ("version", MachineFacts.Version));
            Screen.Line();
            string[] different = [.. results.Where(result => !result.IsSame).Select(result => result.Name)];
            Screen.Line(different.Length == 0
                ? $"the same {results.Count} hashes as published"
                : $"{different.Length} of {results.Count} hashes differ from the published ones: "
                    + string.Join(", ", different));
        }
    }
}
