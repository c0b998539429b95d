using Nabla.Cli.Options;
using Nabla.Cli.Output.Reports;

namespace Nabla.Cli.Output.Training;

/// <summary>A run in words before it starts: its options, and the threads and vectors it uses.</summary>
internal static class TrainingDescription
{
    public static string Of(DataSplit data, NetworkOptions architecture, TrainingOptions options)
    {
        var how = new List<string>
        {
            $"{options.Optimizer}, η {OptionNames.Format(options.LearningRate)} ({options.Schedule})",
            $"batch {options.BatchSize}",
            options.Epochs == 1 ? "1 epoch" : $"{options.Epochs} epochs",
            $"{options.Initializer} initialisation",
        };
        AddIf(options.L1 > 0, $"L1 λ {OptionNames.Format(options.L1)}");
        AddIf(options.L2 > 0, $"L2 λ {OptionNames.Format(options.L2)}");
        AddIf(options.ClipNorm is not null, $"gradient clipped to norm {options.ClipNorm}");
        AddIf(options.GradientShards > 1, $"{options.GradientShards} gradient shards");
        AddIf(options.Frozen.Count > 0, $"{string.Join(", ", options.Frozen)} frozen");
        AddIf(options.ClassWeights == ClassWeighting.Balanced, "balanced classes");
        AddIf(data.Train.IsWeighted, "weighted samples");
        AddIf(options.Augmentation is not null, $"distortions {options.Augmentation}");
        AddIf(options.EarlyStopping.Patience is not null, $"early stop {options.EarlyStopping.Patience} ({OptionNames.Of(options.EarlyStopping.Rule)})");
        AddIf(options.OnDivergence == DivergenceResponse.Recover, "recovery from divergence");
        AddIf(options.Precision == Precision.Double, "double precision");
        AddIf(!options.Shuffle, "file order");
        return $"{data.Train.Name}: {Figures.Count(data.Train.Count)} training, {Figures.Count(data.Validation?.Count ?? 0)} validation, {Figures.Count(data.Test?.Count ?? 0)} test samples\n"
            + (data.Train.Columns is { } columns ? ColumnTable.Line(columns) + "\n" : "")
            + $"{architecture.Inputs} inputs, {string.Join(", ", architecture.Layers)}, {architecture.Cost} cost\n"
            + string.Join(", ", how) + "\n"
            + MachineLine(options.Threads ?? Environment.ProcessorCount);

        void AddIf(bool holds, string part)
        {
            if (holds)
            {
                how.Add(part);
            }
        }
    }

    private static string MachineLine(int threads) => $"{threads} {(threads == 1 ? "thread" : "threads")}, {TrainingStarted.VectorBits}-bit vectors";
}
