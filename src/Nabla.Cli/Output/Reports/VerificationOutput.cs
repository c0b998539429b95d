using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The results of <c>nabla verify</c>: a table and the machine, or JSON.</summary>
internal abstract class VerificationOutput
{
    /// <summary>The output for the requested form.</summary>
    public static VerificationOutput For(bool json, int count) => json ? new JsonOutput() : new TableOutput(count);

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

    private sealed class TableOutput(int count) : VerificationOutput
    {
        private readonly Table table = Tables.Create("training", "weights_sha256", "");
        private int shown;

        public override void Show(VerifiedTraining result)
        {
            shown++;
            Tables.AddRow(table, result.Name, result.Hash, result.IsSame ? "as published" : "differs");
            Renew($"{shown} of {count} trainings");
        }

        public override void Complete(IReadOnlyList<VerifiedTraining> results)
        {
            Renew("");
            Tables.Print(table);
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
                : $"{different.Length} of {results.Count} hashes differ from the published ones: {string.Join(", ", different)}");
        }

        /// <summary>Writes a line to standard error on a terminal, over the line before it.</summary>
        private static void Renew(string text)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write($"\r{text,-30}\r");
            }
        }
    }
}
