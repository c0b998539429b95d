using Nabla.Network;

namespace Nabla;

/// <summary>Everything that decides a run beside the data and the architecture.</summary>
public sealed record TrainingOptions
{
    private readonly double? learningRate;

    /// <summary>Passes over the training data, at least 1. Default 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Samples of a mini-batch, at least 1; the last one of an epoch may be smaller and is averaged over its own size. Default 10.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>η, finite and above 0. Default: the rate that suits the update rule.</summary>
    public double LearningRate
    {
        get => learningRate ?? Optimizer.NaturalLearningRate;
        init => learningRate = value;
    }

    /// <summary>The update rule. Default SGD.</summary>
    public UpdateRule Optimizer { get; init; } = UpdateRule.Sgd;

    /// <summary>The schedule of the learning rate. Default constant.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Early stopping.</summary>
    public EarlyStoppingOptions EarlyStopping { get; init; } = new();

    /// <summary>λ of the L1 penalty λ/n·Σ|w|, at least 0; n is the size of the training set, biases are excluded.</summary>
    public double L1 { get; init; }

    /// <summary>λ of the L2 penalty λ/(2n)·Σw², at least 0. Theory T98.</summary>
    public double L2 { get; init; }

    /// <summary>C above 0: the mean gradient of a mini-batch, over all tensors that are trained, is scaled to norm C where it is longer. Null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>N, at least 1: the gradient of a mini-batch is the sum of N parts in a fixed pairwise tree. Part of the bits. Default 1.</summary>
    public int GradientShards { get; init; } = 1;

    /// <summary>How the parameters are drawn. Default scaled.</summary>
    public Initializer Initializer { get; init; } = Initializer.Scaled;

    /// <summary>Parameters to start from in place of drawn ones, or null.</summary>
    public Parameters? InitialParameters { get; init; }

    /// <summary>Tensors that stay as they are, by name: <c>layers.0.weight</c>, or <c>layers.0</c> for all of a layer.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>How classes become targets. Default one-hot.</summary>
    public TargetCoding Targets { get; init; } = TargetCoding.OneHot;

    /// <summary>How much the classes count. Default none; balanced is for classes of which some are rare.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Distortions of the training images, or null.</summary>
    public DistortionOptions? Augmentation { get; init; }

    /// <summary>What happens when a cost or a parameter is no longer finite. Default stop.</summary>
    public DivergenceResponse OnDivergence { get; init; } = DivergenceResponse.Stop;

    /// <summary>Whether each epoch takes the samples in a fresh random order. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether cost and accuracy on the whole training set are measured after each epoch. Default false.</summary>
    public bool MonitorTraining { get; init; }

    /// <summary>The floating-point type. Default single.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>Worker threads, at least 1; null for one a core. No bit of the result depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Decides everything random. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a tensor stays as it is.</summary>
    internal bool Freezes(ParameterTensor tensor) => Frozen.Any(name => name == tensor.Name || tensor.Name.StartsWith(name + ".", StringComparison.Ordinal));
}
