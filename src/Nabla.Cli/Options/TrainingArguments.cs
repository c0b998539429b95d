using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Training.Registries;
using Nabla.Training.UpdateRules;

namespace Nabla.Cli.Options;

/// <summary>The options of the training; the preset gives the rest.</summary>
internal sealed class TrainingArguments
{
    private readonly Option<int?> epochs = OptionNames.Count("--epochs", "Passes over the training data", "N");
    private readonly Option<int?> batch = OptionNames.Count("--batch", "Samples of a mini-batch", "N");
    private readonly Option<double?> learningRate = OptionNames.Number("--lr", "Learning rate η", "ETA");
    private readonly ChoiceOptions<UpdateRule> optimizer = new("--optimizer", "Update rule, as PyTorch defines it where PyTorch has it", TrainingChoices.BuiltIn.UpdateRules);
    private readonly Option<double?> l1 = OptionNames.Number("--l1", "λ of the penalty λ/n·Σ|w|", "LAMBDA");
    private readonly Option<double?> l2 = OptionNames.Number("--l2", "λ of the penalty λ/(2n)·Σw²", "LAMBDA");
    private readonly Option<double?> weightDecay = OptionNames.Number("--weight-decay", "λ/n of the L2 penalty, instead of λ", "D");
    private readonly Option<double?> clipNorm = OptionNames.Number("--clip-norm", "Scale the mean gradient of a mini-batch down to this norm (off)", "C");
    private readonly Option<int?> gradientShards = OptionNames.Count("--gradient-shards", "Sum the gradient of a mini-batch from N parts in a fixed tree; changes the bits (1)", "N");
    private readonly Option<string?> targets = OptionNames.Choice<TargetCoding>("--targets", "Coding of the classes (one-hot)");
    private readonly Option<string?> classWeights = OptionNames.Choice<ClassWeighting>("--class-weight", "balanced: every class has the same total weight (none)");
    private readonly Option<string?> freeze = new("--freeze") { Description = "Parameters that are not trained", HelpName = "layers.0,layers.1.bias" };
    private readonly Option<int?> earlyStop = OptionNames.Count("--early-stop", "Stop after N epochs without progress (off; 0 turns it off)", "N");
    private readonly Option<string?> earlyStopRule = OptionNames.Choice<EarlyStoppingRule>("--early-stop-rule", "best: no new best in N; average: the last N no better than the N before (best)");
    private readonly Option<string?> earlyStopMetric = OptionNames.Choice<EarlyStoppingMetric>("--early-stop-metric", "The figure of the validation data that decides (accuracy)");
    private readonly Option<string?> keep = OptionNames.Choice<KeepRule>("--keep", "Epoch whose weights become the model (best with early stopping, otherwise last)", KeepRule.Best, KeepRule.Last);
    private readonly ChoiceOptions<Schedule> schedule = new("--schedule", "Change of the learning rate over the run", TrainingChoices.BuiltIn.Schedules);
    private readonly Option<string?> augment = new("--augment") { Description = "Random distortions of the training images, new in each epoch", HelpName = "shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4" };
    private readonly Option<string?> onDivergence = OptionNames.Choice<DivergenceResponse>("--on-divergence", "recover: return to the last complete epoch with half the learning rate (stop)");
    private readonly Option<string?> precision = OptionNames.Choice<Precision>("--precision", "Arithmetic (single)");
    private readonly Option<int?> threads = OptionNames.Count("--threads", "Worker threads (one per core); no bit depends on it", "N");
    private readonly Option<bool?> shuffle = new("--shuffle") { Description = "New random order of the samples in each epoch (true)", HelpName = "true|false" };
    private readonly Option<bool> monitorTraining = new("--monitor-training") { Description = "Measure the whole training set after each epoch" };

    public TrainingArguments(Command command)
    {
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All options.</summary>
    public IEnumerable<Option> Options =>
    [
        epochs, batch, learningRate, .. optimizer.Options, l1, l2, weightDecay, clipNorm, gradientShards, targets, classWeights, freeze, earlyStop, earlyStopRule,
        earlyStopMetric, keep, .. schedule.Options, augment, onDivergence, precision, threads, shuffle, monitorTraining,
    ];

    /// <summary>The number of threads on the command line, or null.</summary>
    public int? Threads(ParseResult result) => result.GetValue(threads) switch
    {
        < 1 or > 1024 => throw new UsageException($"--threads {result.GetValue(threads)}: expected 1 to 1024."),
        var count => count,
    };

    /// <summary>The coding of the classes, which decides the size of the output layer.</summary>
    public TargetCoding Targets(ParseResult result) =>
        result.GetValue(targets) is { } text ? OptionNames.Parse<TargetCoding>("--targets", text) : TargetCoding.OneHot;

    /// <summary>The options of the preset, replaced by those on the command line.</summary>
    /// <exception cref="UsageException">Options contradict each other, or a value is not valid.</exception>
    public ModelOptions Apply(ParseResult result, ModelOptions options, DataSplit data, ulong seed)
    {
        // --momentum turns the plain SGD of a preset into the momentum rule.
        UpdateRule before = options.Training.Optimizer is Sgd && optimizer.Has(result, "momentum") ? new Momentum() : options.Training.Optimizer;
        options = options.WithOptimizer(optimizer.Apply(result, before));
        return options with { Training = Apply(result, options.Training, data, seed) };
    }

    private TrainingOptions Apply(ParseResult result, TrainingOptions preset, DataSplit data, ulong seed) =>
        preset with
        {
            Epochs = result.GetValue(epochs) ?? preset.Epochs,
            BatchSize = result.GetValue(batch) ?? preset.BatchSize,
            LearningRate = result.GetValue(learningRate) ?? preset.LearningRate,
            L1 = result.GetValue(l1) ?? preset.L1,
            L2 = Decay(result, preset.L2, data.Train.Count),
            ClipNorm = result.GetValue(clipNorm) ?? preset.ClipNorm,
            GradientShards = result.GetValue(gradientShards) ?? preset.GradientShards,
            Targets = Targets(result),
            ClassWeights = result.GetValue(classWeights) is { } weighting ? OptionNames.Parse<ClassWeighting>("--class-weight", weighting) : preset.ClassWeights,
            Frozen = result.GetValue(freeze)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            EarlyStopping = EarlyStopping(result, preset.EarlyStopping, data),
            Schedule = schedule.Apply(result, preset.Schedule),
            Augmentation = result.GetValue(augment) is { } text ? ParseDistortion(text) : preset.Augmentation,
            OnDivergence = result.GetValue(onDivergence) is { } response ? OptionNames.Parse<DivergenceResponse>("--on-divergence", response) : preset.OnDivergence,
            Precision = result.GetValue(precision) is { } p ? OptionNames.Parse<Precision>("--precision", p) : preset.Precision,
            Threads = Threads(result),
            Shuffle = result.GetValue(shuffle) ?? preset.Shuffle,
            MonitorTraining = result.GetValue(monitorTraining),
            Seed = seed,
        };

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

    private double Decay(ParseResult result, double preset, int trainCount)
    {
        if (result.GetValue(l2) is not null && result.GetValue(weightDecay) is not null)
        {
            throw new UsageException("--l2 and --weight-decay are the same penalty, λ and λ/n: give one of them.");
        }

        return result.GetValue(weightDecay) is { } decay ? decay * trainCount : result.GetValue(l2) ?? preset;
    }

    private EarlyStoppingOptions EarlyStopping(ParseResult result, EarlyStoppingOptions preset, DataSplit data)
    {
        int? count = result.GetValue(earlyStop) switch
        {
            null => preset.Patience,
            0 => null,
            < 0 => throw new UsageException($"--early-stop {result.GetValue(earlyStop)}: expected a number of epochs, or 0 to turn it off."),
            var n => n,
        };
        if (count is null && (result.GetValue(earlyStopRule) is not null))
        {
            throw new UsageException("--early-stop-rule needs --early-stop N.");
        }

        if (data.Validation is null && (count is not null || result.GetValue(keep) == "best"))
        {
            throw new UsageException("--early-stop and --keep best need validation data, but there is none: reserve some with --validation.");
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
}
