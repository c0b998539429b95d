using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Data.Augmentation;
using Nabla.Network;
using Nabla.Training.Batches;
using Nabla.Training.Schedules;
using Nabla.Training.State;
using Nabla.Training.Stopping;
using Nabla.Training.UpdateRules;

namespace Nabla.Cli.Options;

/// <summary>The options that say how to train; what is not given comes from the preset.</summary>
internal sealed class TrainingArguments
{
    private readonly Option<int?> epochs = OptionNames.Count("--epochs", "Passes over the training data", "N");
    private readonly Option<int?> batch = OptionNames.Count("--batch", "Samples of a mini-batch", "N");
    private readonly Option<double?> learningRate = OptionNames.Number("--lr", "Learning rate η", "ETA");
    private readonly Option<string?> optimizer = OptionNames.Choice<OptimizerKind>("--optimizer", "Update rule, as PyTorch defines it");
    private readonly Option<double?> momentum = OptionNames.Number("--momentum", "μ of momentum and nesterov (0.9)", "MU");
    private readonly Option<double?> beta1 = OptionNames.Number("--beta1", "β₁ of adam and adamw (0.9)", "B");
    private readonly Option<double?> beta2 = OptionNames.Number("--beta2", "β₂ of adam and adamw (0.999)", "B");
    private readonly Option<double?> epsilon = OptionNames.Number("--epsilon", "ε of rmsprop, adam and adamw (1e-8)", "E");
    private readonly Option<double?> l1 = OptionNames.Number("--l1", "λ of the penalty λ/n·Σ|w|", "LAMBDA");
    private readonly Option<double?> l2 = OptionNames.Number("--l2", "λ of the penalty λ/(2n)·Σw²", "LAMBDA");
    private readonly Option<double?> weightDecay = OptionNames.Number("--weight-decay", "λ/n of the L2 penalty given directly", "D");
    private readonly Option<double?> dropout = OptionNames.Number("--dropout", "Share of hidden units dropped (0)", "P");
    private readonly Option<string?> targets = OptionNames.Choice<TargetCoding>("--targets", "Coding of the classes (one-hot)");
    private readonly Option<string?> classWeights = OptionNames.Choice<ClassWeighting>("--class-weight", "balanced: each class counts the same in all, however rare it is (none)");
    private readonly Option<string?> freeze = new("--freeze") { Description = "Parameters that stay as they are", HelpName = "layers.0,layers.1.bias" };
    private readonly Option<int?> earlyStop = OptionNames.Count("--early-stop", "Stop when N epochs brought no progress (off; 0 switches it off)", "N");
    private readonly Option<string?> earlyStopRule = OptionNames.Choice<EarlyStoppingRule>("--early-stop-rule", "best: no new best in N; average: the last N no better than the N before (best)");
    private readonly Option<string?> earlyStopMetric = OptionNames.Choice<EarlyStoppingMetric>("--early-stop-metric", "What is watched on the validation data (accuracy)");
    private readonly Option<string?> keep = OptionNames.Choice<KeepRule>("--keep", "Epoch whose weights become the model (best with early stopping, otherwise last)", KeepRule.Best, KeepRule.Last);
    private readonly Option<string?> schedule = OptionNames.Choice<ScheduleKind>("--schedule", "How the learning rate changes");
    private readonly Option<int?> patience = OptionNames.Count("--patience", "N of the plateau and step schedules (10)", "N");
    private readonly Option<double?> minimumFactor = OptionNames.Number("--min-lr-factor", "Plateau ends the run at η₀ times this (1/128)", "F");
    private readonly Option<string?> augment = new("--augment") { Description = "Fresh distortions of the training images each epoch", HelpName = "shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4" };
    private readonly Option<string?> onDivergence = OptionNames.Choice<DivergenceResponse>("--on-divergence", "recover: go back to the last whole epoch with half the learning rate (stop)");
    private readonly Option<string?> precision = OptionNames.Choice<Precision>("--precision", "Arithmetic (single)");
    private readonly Option<int?> threads = OptionNames.Count("--threads", "Worker threads (one a core); no bit depends on it", "N");
    private readonly Option<bool?> shuffle = new("--shuffle") { Description = "A new random order each epoch, or the file order (true)", HelpName = "true|false" };
    private readonly Option<bool> monitorTraining = new("--monitor-training") { Description = "Measure the whole training set after each epoch" };

    public TrainingArguments(Command command)
    {
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options =>
    [
        epochs, batch, learningRate, optimizer, momentum, beta1, beta2, epsilon, l1, l2, weightDecay, dropout, targets, classWeights, freeze, earlyStop, earlyStopRule,
        earlyStopMetric, keep, schedule, patience, minimumFactor, augment, onDivergence, precision, threads, shuffle, monitorTraining,
    ];

    /// <summary>The threads asked for, or null.</summary>
    public int? Threads(ParseResult result) => result.GetValue(threads) switch
    {
        < 1 or > 1024 => throw new UsageException($"--threads {result.GetValue(threads)}: expected 1 to 1024."),
        var count => count,
    };

    /// <summary>The coding of the classes, which the size of the output layer depends on.</summary>
    public TargetCoding Targets(ParseResult result) =>
        result.GetValue(targets) is { } text ? OptionNames.Parse<TargetCoding>("--targets", text) : TargetCoding.OneHot;

    /// <summary>The preset's options with what was given in their place.</summary>
    /// <exception cref="UsageException">Options contradict each other, or a value makes no sense.</exception>
    public TrainingOptions Apply(ParseResult result, TrainingOptions preset, NetworkSettings network, DataSplit data, ulong seed)
    {
        OptimizerOptions rule = Optimizer(result, preset.Optimizer);
        (IReadOnlyList<int> weights, IReadOnlyList<int> biases) = Frozen(result.GetValue(freeze), network.Hidden.Count + 1);
        return preset with
        {
            Epochs = result.GetValue(epochs) ?? preset.Epochs,
            BatchSize = result.GetValue(batch) ?? preset.BatchSize,
            LearningRate = result.GetValue(learningRate) ?? (rule.Kind == preset.Optimizer.Kind ? preset.LearningRate : Preset.NaturalLearningRate(rule.Kind)),
            Optimizer = rule,
            L1 = result.GetValue(l1) ?? preset.L1,
            L2 = Decay(result, preset, rule, data.Train.Count),
            Dropout = result.GetValue(dropout) ?? preset.Dropout,
            Initializer = network.Initializer,
            Targets = Targets(result),
            ClassWeights = result.GetValue(classWeights) is { } weighting ? OptionNames.Parse<ClassWeighting>("--class-weight", weighting) : preset.ClassWeights,
            FrozenWeights = weights,
            FrozenBiases = biases,
            EarlyStopping = EarlyStopping(result, preset.EarlyStopping, data),
            Schedule = Schedule(result, preset.Schedule),
            Augmentation = result.GetValue(augment) is { } text ? ParseDistortion(text) : preset.Augmentation,
            OnDivergence = result.GetValue(onDivergence) is { } response ? OptionNames.Parse<DivergenceResponse>("--on-divergence", response) : preset.OnDivergence,
            Precision = result.GetValue(precision) is { } p ? OptionNames.Parse<Precision>("--precision", p) : preset.Precision,
            Threads = Threads(result),
            Shuffle = result.GetValue(shuffle) ?? preset.Shuffle,
            MonitorTraining = result.GetValue(monitorTraining),
            Seed = seed,
        };
    }

    private static DistortionOptions ParseDistortion(string text)
    {
        try
        {
            return DistortionOptions.Parse(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--augment: {error.Message}");
        }
    }

    private OptimizerOptions Optimizer(ParseResult result, OptimizerOptions preset)
    {
        OptimizerKind kind = result.GetValue(optimizer) is { } name ? OptionNames.Parse<OptimizerKind>("--optimizer", name)
            : result.GetValue(momentum) is not null && preset.Kind == OptimizerKind.Sgd ? OptimizerKind.Momentum
            : preset.Kind;
        Refuse(momentum, kind is OptimizerKind.Momentum or OptimizerKind.Nesterov);
        Refuse(beta1, kind is OptimizerKind.Adam or OptimizerKind.AdamW);
        Refuse(beta2, kind is OptimizerKind.Adam or OptimizerKind.AdamW);
        Refuse(epsilon, kind is OptimizerKind.Adam or OptimizerKind.AdamW or OptimizerKind.RmsProp);
        return preset with
        {
            Kind = kind,
            Momentum = result.GetValue(momentum) ?? preset.Momentum,
            Beta1 = result.GetValue(beta1) ?? preset.Beta1,
            Beta2 = result.GetValue(beta2) ?? preset.Beta2,
            Epsilon = result.GetValue(epsilon) ?? preset.Epsilon,
        };

        void Refuse(Option<double?> option, bool used)
        {
            if (result.GetValue(option) is not null && !used)
            {
                throw new UsageException($"{option.Name} has no meaning for --optimizer {OptionNames.Of(kind)}: leave it out, or choose another optimizer.");
            }
        }
    }

    private double Decay(ParseResult result, TrainingOptions preset, OptimizerOptions rule, int trainCount)
    {
        if (result.GetValue(l2) is not null && result.GetValue(weightDecay) is not null)
        {
            throw new UsageException("--l2 and --weight-decay are the same penalty, λ and λ/n: give one of them.");
        }

        if (result.GetValue(weightDecay) is { } decay)
        {
            return decay * trainCount;
        }

        // A decay that was chosen for AdamW's decoupled rule is too much for the others.
        return result.GetValue(l2) ?? (rule.Kind == preset.Optimizer.Kind ? preset.L2 : 0);
    }

    private EarlyStoppingOptions EarlyStopping(ParseResult result, EarlyStoppingOptions preset, DataSplit data)
    {
        int? count = result.GetValue(earlyStop) switch
        {
            null => preset.Patience,
            0 => null,
            < 0 => throw new UsageException($"--early-stop {result.GetValue(earlyStop)}: expected a number of epochs, or 0 for none."),
            var n => n,
        };
        if (count is null && (result.GetValue(earlyStopRule) is not null))
        {
            throw new UsageException("--early-stop-rule needs --early-stop N.");
        }

        if (data.Validation is null && (count is not null || result.GetValue(keep) == "best"))
        {
            throw new UsageException("--early-stop and --keep best look at validation data, but there is none: leave some with --validation.");
        }

        return preset with
        {
            Patience = count,
            Rule = result.GetValue(earlyStopRule) is { } rule ? OptionNames.Parse<EarlyStoppingRule>("--early-stop-rule", rule) : preset.Rule,
            Metric = result.GetValue(earlyStopMetric) is { } metric ? OptionNames.Parse<EarlyStoppingMetric>("--early-stop-metric", metric) : preset.Metric,
            Keep = result.GetValue(keep) is { } text ? OptionNames.Parse<KeepRule>("--keep", text, KeepRule.Best, KeepRule.Last)
                : result.GetValue(earlyStop) is null ? preset.Keep : KeepRule.Auto,
        };
    }

    private ScheduleOptions Schedule(ParseResult result, ScheduleOptions preset)
    {
        ScheduleKind kind = result.GetValue(schedule) is { } text ? OptionNames.Parse<ScheduleKind>("--schedule", text) : preset.Kind;
        if (result.GetValue(patience) is not null && kind is not (ScheduleKind.Plateau or ScheduleKind.Step))
        {
            throw new UsageException($"--patience belongs to --schedule plateau or step, not {OptionNames.Of(kind)}.");
        }

        if (result.GetValue(minimumFactor) is not null && kind != ScheduleKind.Plateau)
        {
            throw new UsageException($"--min-lr-factor belongs to --schedule plateau, not {OptionNames.Of(kind)}.");
        }

        return preset with
        {
            Kind = kind,
            Patience = result.GetValue(patience) ?? preset.Patience,
            MinimumFactor = result.GetValue(minimumFactor) ?? preset.MinimumFactor,
        };
    }

    /// <summary>Reads layers.0, layers.0.weight or layers.0.bias, separated by commas.</summary>
    private static (IReadOnlyList<int> Weights, IReadOnlyList<int> Biases) Frozen(string? text, int layers)
    {
        List<int> weights = [], biases = [];
        foreach (string name in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            string[] parts = name.Split('.');
            if (parts is not ["layers", var number, ..] || !int.TryParse(number, out int layer) || layer < 0 || layer >= layers || parts.Length > 3
                || (parts.Length == 3 && parts[2] is not ("weight" or "bias")))
            {
                throw new UsageException($"--freeze {name}: expected layers.N, layers.N.weight or layers.N.bias with N from 0 to {layers - 1}.");
            }

            if (parts.Length == 2 || parts[2] == "weight")
            {
                weights.Add(layer);
            }

            if (parts.Length == 2 || parts[2] == "bias")
            {
                biases.Add(layer);
            }
        }

        return (weights, biases);
    }
}
