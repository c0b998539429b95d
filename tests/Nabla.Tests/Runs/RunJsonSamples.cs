using Nabla.Network.Activations;
using Nabla.Runs;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Runs;

/// <summary>Options of a run and their texts, those of the first version among them.</summary>
internal static class RunJsonSamples
{
    public static RunOptions Nothing => new()
    {
        NablaVersion = "v",
        RuntimeVersion = "r",
        Data = new DataRequest { Source = "xor", Table = new TableOptions() },
        Network = new NetworkOptions { Inputs = 1, Layers = [new Dense(2, Activation.Softmax)] },
        Training = new TrainingOptions { LearningRate = 0.5 },
        Outcome = new RunOutcome { StoppedBy = StopReason.Epochs, Epochs = 1, BestEpoch = 1 },
    };

    public static RunOptions Everything => new()
    {
        NablaVersion = "1.2.3",
        RuntimeVersion = "10.0.0",
        Started = new DateTimeOffset(2026, 7, 1, 12, 30, 45, TimeSpan.FromHours(-2)),
        Data = new DataRequest
        {
            Source = "Zoé's <table>.csv",
            Validation = SplitSize.OfShare(0.125),
            Test = SplitSize.OfCount(20),
            ValidationFile = "validation.csv",
            TestFile = "test.csv",
            Table = new TableOptions
            {
                Targets = ["y", "z"],
                Ignore = ["id"],
                WeightsColumn = "w",
                Kinds = new Dictionary<string, ColumnKind> { ["Postal code"] = ColumnKind.Categorical, ["when"] = ColumnKind.Date },
                Scaling = ColumnScaling.MinMax,
                HasHeader = true,
                DecimalComma = true,
                Task = TableTask.Regress,
                ScaleTargets = false,
            },
            ImageSize = new ImageShape(28, 20),
            Limit = 50,
            Seed = 3,
            SearchFolders = ["a", "b"],
            Threads = 4,
            MemoryBudget = 8589934592,
        },
        Samples = new RunData { Name = "table", Train = 50, Validation = 8, Test = 20, TrainSha256 = "00", ValidationSha256 = "11" },
        Network = new NetworkOptions
        {
            Inputs = 2,
            Layers =
            [
                new Dense(3, new PerUnit([new LeakyRelu(0.2), Activation.Step, Activation.Linear])),
                new BatchNormalization(0.2, 1e-4),
                new Activate(Activation.Gelu),
                new Dropout(0.3),
                new Dense(2, Activation.Sigmoid),
            ],
            Cost = Cost.CrossEntropy,
        },
        Training = new TrainingOptions
        {
            Epochs = 6,
            BatchSize = 7,
            LearningRate = 0.05,
            Optimizer = new RmsProp(Alpha: 0.5, Epsilon: 1e-7),
            Schedule = new PlateauSchedule(Patience: 3, MinimumFactor: 0.25),
            EarlyStopping = new EarlyStoppingOptions { Patience = 50, Rule = EarlyStoppingRule.Average, Metric = EarlyStoppingMetric.Cost, Keep = KeepRule.Best },
            L1 = 0.2,
            L2 = 0.1,
            ClipNorm = 1.5,
            GradientShards = 4,
            Initializer = Initializer.Glorot,
            Frozen = ["layers.0", "layers.2.bias"],
            Targets = TargetCoding.Binary,
            ClassWeights = ClassWeighting.Balanced,
            Augmentation = new DistortionOptions { Shift = 2, Rotate = 15, Scale = 0.1, Shear = 10, ElasticStrength = 8, ElasticSmoothing = 5 },
            OnDivergence = DivergenceResponse.Recover,
            Shuffle = false,
            MonitorTraining = true,
            Precision = Precision.Double,
            Threads = 2,
            Seed = ulong.MaxValue,
        },
        Weights = "first.safetensors",
        Arguments = ["train", "--lr", "0.05"],
        Outcome = new RunOutcome { StoppedBy = StopReason.EarlyStop, Epochs = 5, BestEpoch = 4, TestAccuracy = 0.75, TestRmse = 1.5, Seconds = 2.25, WeightsSha256 = "22" },
    };

    /// <summary>The options that <see cref="FirstEverythingText"/> stands for.</summary>
    public static RunOptions FirstEverything => Everything with
    {
        Network = new NetworkOptions
        {
            Inputs = 2,
            Layers = [new Dense(3, new PerUnit([Activation.Gelu, Activation.Step, Activation.Linear])), new Dropout(0.3), new Dense(2, Activation.Sigmoid)],
            Cost = Cost.CrossEntropy,
        },
        Training = Everything.Training with
        {
            Schedule = new OneCycleSchedule(),
            ClipNorm = null,
            GradientShards = 1,
            Frozen = ["layers.0.weight", "layers.1.weight", "layers.1.bias"],
        },
    };

    /// <summary>As every version before dropout became a layer wrote it.</summary>
    public const string FirstEverythingText =
        """
        {
          "format": 1,
          "nabla_version": "1.2.3",
          "runtime_version": "10.0.0",
          "started": "2026-07-01T12:30:45-02:00",
          "data": {
            "source": "Zo\u00E9\u0027s \u003Ctable\u003E.csv",
            "validation": "0.125",
            "test": "20",
            "validation_file": "validation.csv",
            "test_file": "test.csv",
            "table": {
              "targets": [
                "y",
                "z"
              ],
              "ignore": [
                "id"
              ],
              "weights_column": "w",
              "kinds": {
                "Postal code": "categorical",
                "when": "date"
              },
              "scaling": "min-max",
              "has_header": true,
              "decimal_comma": true,
              "task": "regress",
              "scale_targets": false
            },
            "image_size": {
              "rows": 28,
              "columns": 20
            },
            "limit": 50,
            "seed": 3,
            "search_folders": [
              "a",
              "b"
            ],
            "threads": 4,
            "memory_budget": 8589934592
          },
          "samples": {
            "name": "table",
            "train": 50,
            "validation": 8,
            "test": 20,
            "train_sha256": "00",
            "validation_sha256": "11"
          },
          "network": {
            "inputs": 2,
            "layers": [
              {
                "units": 3,
                "activation": "leaky-relu",
                "unit_activations": [
                  "gelu",
                  "step",
                  "linear"
                ]
              },
              {
                "units": 2,
                "activation": "sigmoid"
              }
            ],
            "cost": "cross-entropy",
            "softmax_constant": 0.5
          },
          "training": {
            "epochs": 6,
            "batch_size": 7,
            "learning_rate": 0.05,
            "optimizer": {
              "kind": "rmsprop",
              "momentum": 0.8,
              "beta1": 0.7,
              "beta2": 0.6,
              "alpha": 0.5,
              "epsilon": 1E-07
            },
            "schedule": {
              "kind": "one-cycle",
              "patience": 3,
              "minimum_factor": 0.25
            },
            "early_stopping": {
              "patience": 50,
              "rule": "average",
              "metric": "cost",
              "keep": "best"
            },
            "l1": 0.2,
            "l2": 0.1,
            "dropout": 0.3,
            "initializer": "glorot",
            "frozen_weights": [
              0,
              1
            ],
            "frozen_biases": [
              1
            ],
            "targets": "binary",
            "class_weights": "balanced",
            "augmentation": {
              "shift": 2,
              "rotate": 15,
              "scale": 0.1,
              "shear": 10,
              "elastic_strength": 8,
              "elastic_smoothing": 5
            },
            "on_divergence": "recover",
            "shuffle": false,
            "monitor_training": true,
            "precision": "double",
            "threads": 2,
            "seed": 18446744073709551615
          },
          "weights": "first.safetensors",
          "arguments": [
            "train",
            "--lr",
            "0.05"
          ],
          "outcome": {
            "stopped_by": "early-stop",
            "epochs": 5,
            "best_epoch": 4,
            "test_accuracy": 0.75,
            "test_rmse": 1.5,
            "seconds": 2.25,
            "weights_sha256": "22"
          }
        }
        """;

    public const string EverythingText =
        """
        {
          "format": 1,
          "nabla_version": "1.2.3",
          "runtime_version": "10.0.0",
          "started": "2026-07-01T12:30:45-02:00",
          "data": {
            "source": "Zo\u00E9\u0027s \u003Ctable\u003E.csv",
            "validation": "0.125",
            "test": "20",
            "validation_file": "validation.csv",
            "test_file": "test.csv",
            "table": {
              "targets": [
                "y",
                "z"
              ],
              "ignore": [
                "id"
              ],
              "weights_column": "w",
              "kinds": {
                "Postal code": "categorical",
                "when": "date"
              },
              "scaling": "min-max",
              "has_header": true,
              "decimal_comma": true,
              "task": "regress",
              "scale_targets": false
            },
            "image_size": {
              "rows": 28,
              "columns": 20
            },
            "limit": 50,
            "seed": 3,
            "search_folders": [
              "a",
              "b"
            ],
            "threads": 4,
            "memory_budget": 8589934592
          },
          "samples": {
            "name": "table",
            "train": 50,
            "validation": 8,
            "test": 20,
            "train_sha256": "00",
            "validation_sha256": "11"
          },
          "network": {
            "inputs": 2,
            "layers": [
              {
                "units": 3,
                "activation": "leaky-relu:0.2",
                "unit_activations": [
                  "leaky-relu:0.2",
                  "step",
                  "linear"
                ]
              },
              {
                "layer": "batch-norm",
                "momentum": 0.2,
                "epsilon": 0.0001
              },
              {
                "layer": "activation",
                "activation": "gelu"
              },
              {
                "layer": "dropout",
                "probability": 0.3
              },
              {
                "units": 2,
                "activation": "sigmoid"
              }
            ],
            "cost": "cross-entropy",
            "softmax_constant": 1
          },
          "training": {
            "epochs": 6,
            "batch_size": 7,
            "learning_rate": 0.05,
            "optimizer": {
              "kind": "rmsprop",
              "alpha": 0.5,
              "epsilon": 1E-07
            },
            "schedule": {
              "kind": "plateau",
              "patience": 3,
              "minimum_factor": 0.25
            },
            "early_stopping": {
              "patience": 50,
              "rule": "average",
              "metric": "cost",
              "keep": "best"
            },
            "l1": 0.2,
            "l2": 0.1,
            "clip_norm": 1.5,
            "gradient_shards": 4,
            "initializer": "glorot",
            "frozen": [
              "layers.0",
              "layers.2.bias"
            ],
            "targets": "binary",
            "class_weights": "balanced",
            "augmentation": {
              "shift": 2,
              "rotate": 15,
              "scale": 0.1,
              "shear": 10,
              "elastic_strength": 8,
              "elastic_smoothing": 5
            },
            "on_divergence": "recover",
            "shuffle": false,
            "monitor_training": true,
            "precision": "double",
            "threads": 2,
            "seed": 18446744073709551615
          },
          "weights": "first.safetensors",
          "arguments": [
            "train",
            "--lr",
            "0.05"
          ],
          "outcome": {
            "stopped_by": "early-stop",
            "epochs": 5,
            "best_epoch": 4,
            "test_accuracy": 0.75,
            "test_rmse": 1.5,
            "seconds": 2.25,
            "weights_sha256": "22"
          }
        }
        """;

    /// <summary>As every version before dropout became a layer wrote it.</summary>
    public const string FirstNothingText =
        """
        {
          "format": 1,
          "nabla_version": "v",
          "runtime_version": "r",
          "data": {
            "source": "xor",
            "table": {
              "targets": [],
              "ignore": [],
              "kinds": {},
              "scaling": "standard",
              "decimal_comma": false,
              "task": "auto",
              "scale_targets": true
            },
            "seed": 0
          },
          "network": {
            "inputs": 1,
            "layers": [
              {
                "units": 2,
                "activation": "softmax"
              }
            ],
            "cost": "log-likelihood",
            "softmax_constant": 1
          },
          "training": {
            "epochs": 30,
            "batch_size": 10,
            "learning_rate": 0.5,
            "optimizer": {
              "kind": "sgd",
              "momentum": 0.9,
              "beta1": 0.9,
              "beta2": 0.999,
              "alpha": 0.99,
              "epsilon": 1E-08
            },
            "schedule": {
              "kind": "constant",
              "patience": 10,
              "minimum_factor": 0.0078125
            },
            "early_stopping": {
              "rule": "best",
              "metric": "accuracy",
              "keep": "auto"
            },
            "l1": 0,
            "l2": 0,
            "dropout": 0,
            "initializer": "scaled",
            "frozen_weights": [],
            "frozen_biases": [],
            "targets": "one-hot",
            "shuffle": true,
            "monitor_training": false,
            "precision": "single",
            "seed": 0
          },
          "arguments": [],
          "outcome": {
            "stopped_by": "epochs",
            "epochs": 1,
            "best_epoch": 1,
            "seconds": 0
          }
        }
        """;

    public const string NothingText =
        """
        {
          "format": 1,
          "nabla_version": "v",
          "runtime_version": "r",
          "data": {
            "source": "xor",
            "table": {
              "targets": [],
              "ignore": [],
              "kinds": {},
              "scaling": "standard",
              "decimal_comma": false,
              "task": "auto",
              "scale_targets": true
            },
            "seed": 0
          },
          "network": {
            "inputs": 1,
            "layers": [
              {
                "units": 2,
                "activation": "softmax"
              }
            ],
            "cost": "log-likelihood",
            "softmax_constant": 1
          },
          "training": {
            "epochs": 30,
            "batch_size": 10,
            "learning_rate": 0.5,
            "optimizer": {
              "kind": "sgd"
            },
            "schedule": {
              "kind": "constant"
            },
            "early_stopping": {
              "rule": "best",
              "metric": "accuracy",
              "keep": "auto"
            },
            "l1": 0,
            "l2": 0,
            "gradient_shards": 1,
            "initializer": "scaled",
            "frozen": [],
            "targets": "one-hot",
            "shuffle": true,
            "monitor_training": false,
            "precision": "single",
            "seed": 0
          },
          "arguments": [],
          "outcome": {
            "stopped_by": "epochs",
            "epochs": 1,
            "best_epoch": 1,
            "seconds": 0
          }
        }
        """;
}
