using Nabla.Network.Costs;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;

namespace Nabla.Cli.Commands.Verification.Trainings;

/// <summary>
/// The trainings of the table in docs/reproducibility.md. The program, the tests and Nabla.Bits run them. They are
/// small, because the tests also run them where fused multiply-add is emulated, some 50 times slower.
/// </summary>
internal static class PublishedTrainings
{
    private static readonly TrainingOptions Digits = new() { Epochs = 2, BatchSize = 10, LearningRate = 0.5, Seed = 1 };

    private static readonly TrainingOptions Points = new()
    {
        Epochs = 6,
        BatchSize = 20,
        LearningRate = 0.01,
        Initializer = Initializer.Glorot,
        Seed = 2,
    };

    private static readonly PublishedTraining Interrupted = new(
        "momentum",
        "digits: two layers of ReLU, momentum, mini-batches of 16",
        "digits:150",
        "dense 20 relu, dense 12 relu, dense 10 softmax",
        Cost.LogLikelihood,
        Digits with { BatchSize = 16, LearningRate = 0.05, Optimizer = new Momentum(), Initializer = Initializer.He });

    /// <summary>Every training, in the order of the table.</summary>
    public static IReadOnlyList<PublishedTraining> All { get; } =
    [
        new(
            "sgd",
            "digits: the book's sigmoid units and cross-entropy, SGD, L2 penalty",
            "digits:150",
            "dense 30 sigmoid, dense 10 sigmoid",
            Cost.CrossEntropy,
            Digits with { L2 = 5 }),
        Interrupted,
        new(
            "nesterov",
            "moons: tanh, Nesterov's momentum, η halved every second epoch",
            "moons:200",
            "dense 16 tanh, dense 16 tanh, dense 2 softmax",
            Cost.LogLikelihood,
            Points with { LearningRate = 0.05, Optimizer = new Nesterov(), Schedule = new StepSchedule(2) }),
        new(
            "rmsprop",
            "digits: binary-coded classes, quadratic cost, RMSProp, L1 penalty",
            "digits:150",
            "dense 24 leaky-relu, dense 4 sigmoid",
            Cost.Quadratic,
            Digits with
            {
                LearningRate = 0.002,
                Optimizer = new RmsProp(),
                Initializer = Initializer.He,
                L1 = 0.01,
                Targets = TargetCoding.Binary,
            }),
        new(
            "adam",
            "spirals: GELU, Adam, η along a cosine",
            "spirals:240",
            "dense 24 gelu, dense 12 gelu, dense 3 softmax",
            Cost.LogLikelihood,
            Points with { Optimizer = new Adam(), Schedule = new CosineSchedule() }),
        new(
            "adamw",
            "digits: SiLU, AdamW, L2 penalty, one cycle of η, mini-batches of 50",
            "digits:150",
            "dense 96 silu, dense 10 softmax",
            Cost.LogLikelihood,
            Digits with
            {
                BatchSize = 50,
                LearningRate = 0.005,
                Optimizer = new AdamW(),
                Initializer = Initializer.He,
                L2 = 1,
                Schedule = new OneCycleSchedule(),
            }),
        new(
            "nadam",
            "circles: softplus, NAdam, a last mini-batch of one sample",
            "circles:210",
            "dense 20 softplus, dense 2 softmax",
            Cost.LogLikelihood,
            Points with { BatchSize = 15, Optimizer = new Nadam() }),
        new(
            "lion",
            "digits: ELU and SELU, Lion, a warm-up of η, frozen biases",
            "digits:150",
            "dense 20 elu, dense 12 selu, dense 10 softmax",
            Cost.LogLikelihood,
            Digits with
            {
                LearningRate = 0.001,
                Optimizer = new Lion(),
                Initializer = Initializer.LeCun,
                Schedule = new WarmUpSchedule(0.5),
                Frozen = ["layers.0.bias"],
            }),
        new(
            "dropout",
            "digits: dropout of 0.2 and 0.5 behind two hidden layers",
            "digits:150",
            "dense 24 relu, dropout 0.2, dense 16 relu, dropout 0.5, dense 10 softmax",
            Cost.LogLikelihood,
            Digits with { LearningRate = 0.05, Optimizer = new Momentum(), Initializer = Initializer.He }),
        new(
            "distortions",
            "digits: shifted, turned, scaled, sheared and bent anew in every epoch",
            "digits:100",
            "dense 24 tanh, dense 10 softmax",
            Cost.LogLikelihood,
            Digits with
            {
                LearningRate = 0.003,
                Optimizer = new Adam(),
                Initializer = Initializer.Glorot,
                Augmentation = DistortionOptions.Parse("shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4"),
            }),
        new(
            "batch-norm",
            "digits: batch normalisation in two hidden layers, balanced classes",
            "digits:150",
            "dense 20, batch-norm, relu, dense 12, batch-norm, relu, dense 10 softmax",
            Cost.LogLikelihood,
            Digits with
            {
                BatchSize = 25,
                LearningRate = 0.05,
                Optimizer = new Nesterov(),
                Initializer = Initializer.He,
                ClassWeights = ClassWeighting.Balanced,
            }),
        new(
            "shards",
            "digits: gradients of three shards, clipped to the norm 1; smoothed labels",
            "digits:150",
            "dense 24 silu, dense 10 softmax",
            new LabelSmoothing(),
            Digits with
            {
                BatchSize = 20,
                LearningRate = 0.1,
                Initializer = Initializer.He,
                ClipNorm = 1,
                GradientShards = 3,
            }),
        new(
            "double",
            "spirals: double precision, large initial weights",
            "spirals:240",
            "dense 16 tanh, dense 12 sigmoid, dense 3 softmax",
            Cost.LogLikelihood,
            Points with { Precision = Precision.Double, Optimizer = new Adam(), Initializer = Initializer.Large }),
        new(
            "table",
            "a generated table of 240 flats: numbers, names, dates, missing cells; Huber's cost",
            GeneratedTable.Name,
            "dense 16 relu, dense 1 linear",
            Cost.Huber,
            Points with { Optimizer = new Adam(), Initializer = Initializer.He }),
        new(
            "early-stop",
            "xor: stopped early on the validation set, η halved on plateaus, the best epoch kept",
            "xor:200",
            "dense 12 tanh, dense 2 softmax",
            Cost.LogLikelihood,
            Points with
            {
                Epochs = 60,
                LearningRate = 0.1,
                Optimizer = new Momentum(),
                Schedule = new PlateauSchedule(2),
                EarlyStopping = new EarlyStoppingOptions { Patience = 4 },
            }),
        Interrupted with
        {
            Name = "resume",
            Summary = "momentum again, stopped within an epoch and resumed from a checkpoint: the same hash",
            IsResumed = true,
        },
    ];
}
