using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network.Activations;
using Nabla.Runs;
using Nabla.Training.Registries;

namespace Nabla.Cli.Commands.Training;

/// <summary><c>nabla train</c>: trains, saves and measures a model.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "train",
            "Train a network on data and save the model.",
            "nabla train",
            "nabla train houses.csv --target price");
        var data = new DataArguments(command, "digits");
        var table = new TableArguments(command);
        Option<string?> preset = OptionNames.Choice("--preset", "A named set of the options below; explicit options take precedence (modern)", TrainingChoices.BuiltIn.Presets);
        command.Options.Add(preset);
        var network = new NetworkArguments(command);
        var training = new TrainingArguments(command);
        var weights = new Option<string?>("--weights") { Description = "Start from the weights in this file", HelpName = "FILE.safetensors" };
        var run = new Option<string?>("--run") { Description = "Folder of the run (runs/DATE-NAME)", HelpName = "DIR" };
        var resume = new Option<string?>("--resume") { Description = "Continue this run; all options come from its run.json", HelpName = "DIR" };
        Option<int?> checkpointEvery = OptionNames.Count("--checkpoint-every", "Write a checkpoint every N epochs (as often as takes under 5% of the time)", "N");
        Option<double?> checkpointSeconds = OptionNames.Number("--checkpoint-seconds", "Write a checkpoint every T seconds within an epoch (60, but at most 5% of the time)", "T");
        var json = new Option<bool>("--json") { Description = "JSON Lines on standard output" };
        var quiet = new Option<bool>("--quiet") { Description = "No progress or remarks" };
        foreach (Option option in new Option[] { weights, run, resume, checkpointEvery, checkpointSeconds, json, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction((result, cancellation) => Task.FromResult(Run(result, cancellation)));
        return command;

        int Run(ParseResult result, CancellationToken cancellation)
        {
            if (result.GetValue(checkpointEvery) is < 1)
            {
                throw new UsageException($"--checkpoint-every {result.GetValue(checkpointEvery)}: expected at least 1 epoch.");
            }

            if (result.GetValue(checkpointSeconds) is { } seconds && seconds is not (> 0 and <= double.MaxValue))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--checkpoint-seconds {seconds}: expected more than 0 seconds."));
            }

            var screen = new Screen(result.GetValue(json), result.GetValue(quiet));
            RunObserver Keeper(RunFolder folder, IProgress<WriteFailure> failures) =>
                new(folder, result.GetValue(checkpointEvery), result.GetValue(checkpointSeconds), failures: failures);
            if (result.GetValue(resume) is { } earlier)
            {
                RequireNoOther(result, earlier);
                RunFolder folder = RunFolder.Open(earlier);
                using RunLock hold = folder.Lock();
                return ReadingBar.Run(screen, Path.GetFileName(earlier), reading => Resumed(result, folder, reading), cancellation).Run(screen, Keeper, cancellation);
            }

            string? asked = result.GetValue(run);
            if (asked is not null)
            {
                // Checked before the data is read, which may take long.
                RunFolder.RequireFree(asked);
            }

            Func<RunFolder, TrainingJob> job;
            using (WarmUp.Start(data.Source(result), training.Threads(result) ?? Environment.ProcessorCount, madeUp => Settings(result, madeUp, 0)))
            {
                job = ReadingBar.Run(screen, data.Source(result), reading => Fresh(result, reading), cancellation);
            }

            RunFolder made = asked is null ? RunFolder.CreateNext(data.Source(result), TimeProvider.System, out RunLock held) : RunFolder.Create(asked, out held);
            using (held)
            {
                return job(made).Run(screen, Keeper, cancellation);
            }
        }

        void RequireNoOther(ParseResult result, string path)
        {
            foreach (Option option in data.Options.Concat(table.Options).Concat(network.Options).Concat(training.Options).Concat([preset, weights, run]))
            {
                if (result.GetResult(option) is { Implicit: false })
                {
                    throw new UsageException($"{option.Name} cannot be changed by --resume: all options come from {Path.Combine(path, "run.json")}. Start a new run for other options.");
                }
            }
        }

        Func<RunFolder, TrainingJob> Fresh(ParseResult result, IProgress<double>? reading)
        {
            TableTask task = table.Task(result);
            DataRequest request = table.Apply(result, data.Request(result, training.Threads(result)), network.AskedOutput(result) is null or Linear);
            DataSplit split = DataSource.Open(request, reading);
            if (task != TableTask.Auto && split.Train.IsRegression != (task == TableTask.Regress))
            {
                throw new UsageException($"--task {OptionNames.Of(task)}: {split.Train.Name} has {(split.Train.IsRegression ? "real targets" : "classes")}.");
            }

            (NetworkOptions architecture, TrainingOptions options) = Settings(result, split, request.Seed);
            string? file = result.GetValue(weights);
            if (file is not null)
            {
                options = options with { InitialParameters = WeightsFile.Load(file, architecture, options.Precision) };
            }

            Trainer.Validate(architecture, split, options);
            var record = new RunOptions
            {
                Data = request,
                Network = architecture,
                Training = options,
                Weights = file is null ? null : Path.GetFullPath(file),
                Started = TimeProvider.System.GetLocalNow(),
                Samples = RunData.Of(split),
                Arguments = [.. result.Tokens.Select(token => token.Value)],
            };
            return folder => new TrainingJob { Data = split, Architecture = architecture, Options = options, Folder = folder, Record = record };
        }

        (NetworkOptions Architecture, TrainingOptions Options) Settings(ParseResult result, DataSplit split, ulong seed)
        {
            Preset chosen = result.GetValue(preset) is { } name ? OptionNames.Parse("--preset", name, TrainingChoices.BuiltIn.Presets) : Preset.Modern;
            ModelOptions options = training.Apply(result, network.Apply(result, chosen.For(split.Train)), split, seed);
            return (options.Build(split.Train), options.Training);
        }

        TrainingJob Resumed(ParseResult result, RunFolder folder, IProgress<double>? reading)
        {
            RunOptions record = folder.LoadOptions();
            // No bit depends on the memory budget, so it may change between machines.
            DataSplit split = DataSource.Open(record.Data with { MemoryBudget = data.Memory(result) ?? record.Data.MemoryBudget }, reading);
            record.Samples?.Require(split);
            TrainingState? state = folder.Resume(record.Network, record.Training.Precision);
            TrainingOptions options = record.Training;
            if (state is null && record.Weights is { } file)
            {
                options = options with { InitialParameters = WeightsFile.Load(file, record.Network, options.Precision) };
            }

            Trainer.Validate(record.Network, split, options);
            return new TrainingJob { Data = split, Architecture = record.Network, Options = options, Folder = folder, Record = record, State = state };
        }
    }
}
