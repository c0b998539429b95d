using System.CommandLine;
using Nabla.Cli.Commands.Verification.Trainings;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output.Reports;

namespace Nabla.Cli.Commands.Verification;

/// <summary><c>nabla verify</c>: runs the published trainings, and compares the hashes of their weights.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<int?> threads =
            OptionNames.Count("--threads", "Worker threads (one per core); no bit depends on it", "N");
        Option<string?> published = new("--published")
        {
            Description = "Compare with the lines NAME=HASH of this file (the hashes of this version)",
            HelpName = "FILE",
        };
        Option<bool> json = new("--json") { Description = "One JSON object per training on standard output" };
        var command = new DocumentedCommand(
            "verify",
            "Check that this machine computes the published bits: train the networks of docs/reproducibility.md "
                + "and compare their hashes.",
            "nabla verify",
            "nabla verify --threads 1 --json")
        { threads, published, json };
        command.SetAction((parsed, cancellation) =>
        {
            int? workers = parsed.GetValue(threads) switch
            {
                null => null,
                < 1 or > 1024 => throw new UsageException($"--threads {parsed.GetValue(threads)}: expected 1 to 1024."),
                var value => value,
            };
            IReadOnlyDictionary<string, string> expected =
                parsed.GetValue(published) is { } file ? PublishedHashes.Of(file) : PublishedHashes.BuiltIn();
            return Task.Run(() => Run(workers, expected, parsed.GetValue(json), cancellation), cancellation);
        });
        return command;
    }

    private static int Run(
        int? threads, IReadOnlyDictionary<string, string> published, bool json, CancellationToken cancellation)
    {
        var output = VerificationOutput.For(json);
        var results = new List<VerifiedTraining>();
        foreach (PublishedTraining training in PublishedTrainings.All)
        {
            cancellation.ThrowIfCancellationRequested();
            DataSplit data = training.Open(threads);
            string hash = Model.From(training.Train(data, threads), data.Train).WeightsSha256;
            string? expected = published.GetValueOrDefault(training.Name);
            var result = new VerifiedTraining(training.Name, training.Summary, hash, expected);
            results.Add(result);
            output.Show(result);
        }

        output.Complete(results);
        return results.TrueForAll(result => result.IsSame) ? ExitCodes.Done : ExitCodes.Failed;
    }
}
