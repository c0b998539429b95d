using Nabla.Cli.Options;
using Nabla.Data;
using Nabla.Network;
using Nabla.Training;
using Nabla.Training.Batches;
using Nabla.Training.State;

namespace Nabla.Cli.Output;

/// <summary>A run in words, before it starts: every option that decides it, and what it has of the machine.</summary>
internal static class TrainingDescription
{
    public static string Of(DataSplit data, NetworkOptions architecture, TrainingOptions options)
    {
        string sizes = string.Join('-', architecture.Layers.Select(layer => layer.Units).Prepend(architecture.Inputs));
        string hidden = architecture.Layers.Count > 1 ? OptionNames.Of(architecture.Layers[0].Activation) + " → " : "";
        var how = new List<string>
        {
            $"{OptionNames.Of(options.Optimizer.Kind)}, η {OptionNames.Format(options.LearningRate)} ({OptionNames.Of(options.Schedule.Kind)})",
            $"batch {options.BatchSize}",
            options.Epochs == 1 ? "1 epoch" : $"{options.Epochs} epochs",
            OptionNames.Of(options.Initializer) + " initialisation",
        };
        AddIf(options.L1 > 0, $"L1 λ {OptionNames.Format(options.L1)}");
        AddIf(options.L2 > 0, $"L2 λ {OptionNames.Format(options.L2)}");
        AddIf(options.Dropout > 0, $"dropout {OptionNames.Format(options.Dropout)}");
        AddIf(options.ClassWeights == ClassWeighting.Balanced, "balanced classes");
        AddIf(data.Train.IsWeighted, "weighted samples");
        AddIf(options.Augmentation is not null, $"distortions {options.Augmentation}");
        AddIf(options.EarlyStopping.Patience is not null, $"early stop {options.EarlyStopping.Patience} ({OptionNames.Of(options.EarlyStopping.Rule)})");
        AddIf(options.OnDivergence == DivergenceResponse.Recover, "recovery from divergence");
        AddIf(options.Precision == Precision.Double, "double precision");
        AddIf(!options.Shuffle, "file order");
        return $"{data.Train.Name}: {Figures.Count(data.Train.Count)} training, {Figures.Count(data.Validation?.Count ?? 0)} validation, {Figures.Count(data.Test?.Count ?? 0)} test samples\n"
            + (data.Train.Columns is { } columns ? ColumnTable.Line(columns) + "\n" : "")
            + $"{sizes}, {hidden}{OptionNames.Of(architecture.Layers[^1].Activation)}, {OptionNames.Of(architecture.Cost)} cost\n"
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
