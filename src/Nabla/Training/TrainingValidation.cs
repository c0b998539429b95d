using Nabla.Data;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Training.Batches;
using Nabla.Training.Schedules;
using Nabla.Training.State;
using Nabla.Training.Stopping;
using Nabla.Training.UpdateRules;

namespace Nabla.Training;

/// <summary>Which options make sense by themselves and with the data, and what to do about the others.</summary>
internal static class TrainingValidation
{
    public static void Check(NetworkOptions architecture, DataSplit data, TrainingOptions options)
    {
        architecture.Validate();
        CheckNumbers(options);
        CheckData(architecture, data, options);
        CheckParameters(architecture, options);
        if (options.EarlyStopping.Patience is not null && data.Validation is null)
        {
            throw new ArgumentException("Early stopping needs validation data to look at: leave some, or switch it off.");
        }

        if (options.Schedule.Kind == ScheduleKind.Plateau && data.Validation is null)
        {
            throw new ArgumentException("The plateau schedule needs validation data to look at: leave some, or take another schedule.");
        }

        if (options.EarlyStopping.Keep == KeepRule.Best && data.Validation is null)
        {
            throw new ArgumentException("Keeping the best epoch needs validation data to tell which it is: leave some, or keep the last.");
        }
    }

    private static void CheckNumbers(TrainingOptions options)
    {
        Require(options.Epochs >= 1, $"The number of epochs must be at least 1, not {options.Epochs}.");
        Require(options.BatchSize >= 1, $"The mini-batch size must be at least 1, not {options.BatchSize}.");
        Require(options.LearningRate > 0 && double.IsFinite(options.LearningRate), $"The learning rate must be a finite number above 0, not {options.LearningRate}.");
        Require(options.L1 >= 0 && double.IsFinite(options.L1), $"L1's λ must be a finite number, 0 or more, not {options.L1}.");
        Require(options.L2 >= 0 && double.IsFinite(options.L2), $"L2's λ must be a finite number, 0 or more, not {options.L2}.");
        Require(options.Dropout >= 0 && options.Dropout < 1, $"The dropout probability must lie in [0, 1), not {options.Dropout}.");
        Require(options.Threads is null or >= 1 and <= 1024, $"The number of threads must be 1 to 1024, not {options.Threads}.");
        OptimizerOptions optimizer = options.Optimizer;
        Require(double.IsFinite(optimizer.Momentum), $"The momentum must be a finite number, not {optimizer.Momentum}.");
        Require(InUnit(optimizer.Beta1), $"β₁ must lie in [0, 1), not {optimizer.Beta1}.");
        Require(InUnit(optimizer.Beta2), $"β₂ must lie in [0, 1), not {optimizer.Beta2}.");
        Require(InUnit(optimizer.Alpha), $"RMSProp's α must lie in [0, 1), not {optimizer.Alpha}.");
        Require(optimizer.Epsilon >= 0 && double.IsFinite(optimizer.Epsilon), $"ε must be a finite number, 0 or more, not {optimizer.Epsilon}.");
        Require(options.Schedule.Patience >= 1, $"The schedule's patience must be at least 1 epoch, not {options.Schedule.Patience}.");
        Require(options.Schedule.MinimumFactor > 0 && options.Schedule.MinimumFactor < 1, $"The smallest factor of the learning rate must lie in (0, 1), not {options.Schedule.MinimumFactor}.");
        Require(options.EarlyStopping.Patience is null or >= 1, $"The patience of early stopping must be at least 1 epoch, not {options.EarlyStopping.Patience}.");
    }

    private static void CheckData(NetworkOptions architecture, DataSplit data, TrainingOptions options)
    {
        Dataset train = data.Train;
        Require(train.Count > 0, $"{train.Name} has no training samples.");
        foreach (Dataset part in new[] { data.Validation, data.Test }.OfType<Dataset>())
        {
            Require(
                part.InputCount == train.InputCount && part.TargetCount == train.TargetCount && part.IsRegression == train.IsRegression,
                $"{part.Name} has {part.InputCount} inputs and {part.TargetCount} targets, but the training data {train.InputCount} and {train.TargetCount}.");
        }

        Require(architecture.Inputs == train.InputCount, $"The network has {architecture.Inputs} inputs, but a sample of {train.Name} has {train.InputCount}.");
        int outputs = train.IsRegression ? train.TargetCount : TargetCodes.Width(options.Targets, train.TargetCount);
        Require(architecture.Outputs == outputs, $"The network has {architecture.Outputs} outputs, but the targets of {train.Name} need {outputs}.");
        Activation output = architecture.Layers[^1].Activation;
        Require(options.Targets == TargetCoding.OneHot || output != Activation.Softmax, "Binary-coded targets set several outputs at once, and softmax outputs are one distribution: use sigmoid outputs.");
        CheckRealTargets(architecture.Cost, data);
        Require(output != Activation.Softmax || architecture.Outputs > 1, "A softmax of one unit is always 1 and cannot learn (ledger T34): use a sigmoid output, or two classes.");
        Require(options.ClassWeights == ClassWeighting.None || !train.IsRegression, $"{train.Name} has real targets and no classes whose weights could be balanced.");
        Require(options.Augmentation is null || train.Image is not null, $"{train.Name} has no images to distort.");
    }

    /// <summary>Cross-entropy takes soft targets, probabilities in [0, 1] (ledger T12); outside it would fall without end.</summary>
    private static void CheckRealTargets(Cost cost, DataSplit data)
    {
        if (cost is Cost.Quadratic or Cost.Huber)
        {
            return;
        }

        foreach (Dataset part in new[] { data.Train, data.Validation, data.Test }.OfType<Dataset>().Where(part => part.IsRegression))
        {
            Require(cost == Cost.CrossEntropy, $"Real targets need the quadratic cost, Huber's, or cross-entropy if all of them lie in [0, 1], not {cost}.");
            for (int sample = 0; sample < part.Count; sample++)
            {
                foreach (double target in part.Target(sample))
                {
                    Require(target is >= 0 and <= 1, $"Sample {sample} of {part.Name} has the target {target}, but cross-entropy takes targets in [0, 1]: use the quadratic cost.");
                }
            }
        }
    }

    private static void CheckParameters(NetworkOptions architecture, TrainingOptions options)
    {
        foreach (int layer in options.FrozenWeights.Concat(options.FrozenBiases))
        {
            Require(layer >= 0 && layer < architecture.Layers.Count, $"There is no layer {layer} to freeze: the layers are 0 to {architecture.Layers.Count - 1}.");
        }

        if (options.InitialParameters is { } initial)
        {
            Require(initial.LayerCount == architecture.Layers.Count, $"The initial parameters have {initial.LayerCount} layers, but the network {architecture.Layers.Count}.");
            for (int layer = 0; layer < initial.LayerCount; layer++)
            {
                int units = architecture.Layers[layer].Units, inputs = architecture.InputsOf(layer);
                Require(initial.UnitsOf(layer) == units && initial.InputsOf(layer) == inputs, $"The initial weights of layer {layer} are [{initial.UnitsOf(layer)}, {initial.InputsOf(layer)}], but the network has [{units}, {inputs}].");
            }
        }
    }

    private static bool InUnit(double value) => value >= 0 && value < 1;

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
