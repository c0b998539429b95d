using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Training.Batches;

namespace Nabla.Training;

/// <summary>Which options make sense by themselves and with the data, and what to do about the others.</summary>
internal static class TrainingValidation
{
    /// <summary>More parts than this are more than any cluster has machines.</summary>
    private const int MaximumShards = 1 << 16;

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

        if (options.Schedule.NeedsValidation && data.Validation is null)
        {
            throw new ArgumentException($"The {options.Schedule.Name} schedule needs validation data to look at: leave some, or take another schedule.");
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
        Require(options.Threads is null or >= 1 and <= 1024, $"The number of threads must be 1 to 1024, not {options.Threads}.");
        Require(options.ClipNorm is null || (options.ClipNorm > 0 && double.IsFinite(options.ClipNorm.Value)), $"The largest norm of the gradient must be a finite number above 0, not {options.ClipNorm}.");
        Require(options.GradientShards is >= 1 and <= MaximumShards, $"The number of gradient shards must be 1 to {MaximumShards}, not {options.GradientShards}.");
        options.Optimizer.Row.Check(options.Optimizer.Values);
        options.Schedule.Row.Check(options.Schedule.Values);
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
        Activation output = architecture.OutputActivation;
        Require(options.Targets == TargetCoding.OneHot || architecture.Cost.Targets != TargetRange.Distribution, "Binary-coded targets set several outputs at once, and softmax outputs are one distribution: use sigmoid outputs.");
        CheckRealTargets(architecture.Cost, data);
        Require(output is not Softmax || architecture.Outputs > 1, "A softmax of one unit is always 1 and cannot learn (theory T34): use a sigmoid output, or two classes.");
        Require(options.ClassWeights == ClassWeighting.None || !train.IsRegression, $"{train.Name} has real targets and no classes whose weights could be balanced.");
        Require(options.Augmentation is null || train.Image is not null, $"{train.Name} has no images to distort.");
    }

    /// <summary>Cross-entropy takes soft targets, probabilities in [0, 1] (theory T12); outside it would fall without end.</summary>
    private static void CheckRealTargets(Cost cost, DataSplit data)
    {
        if (cost.Targets == TargetRange.Real)
        {
            return;
        }

        foreach (Dataset part in new[] { data.Train, data.Validation, data.Test }.OfType<Dataset>().Where(part => part.IsRegression))
        {
            Require(cost.Targets == TargetRange.Probability, $"Real targets need the quadratic cost, Huber's, or cross-entropy if all of them lie in [0, 1], not {cost}.");
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
        IReadOnlyList<ParameterTensor> tensors = new NetworkStructure(architecture).Tensors;
        foreach (string name in options.Frozen)
        {
            Require(
                tensors.Any(tensor => new TrainingOptions { Frozen = [name] }.Freezes(tensor)),
                $"There is no '{name}' to freeze: expected a layer such as layers.0, or a tensor, one of {string.Join(", ", tensors.Where(tensor => tensor.IsTrained).Take(8).Select(tensor => tensor.Name))}{(tensors.Count > 8 ? ", …" : "")}.");
        }

        if (options.InitialParameters is { } initial)
        {
            Require(initial.Tensors.Count == tensors.Count, $"The initial parameters have {initial.LayerCount} layers with {initial.Tensors.Count} tensors, but the network {tensors.Count} tensors.");
            for (int i = 0; i < tensors.Count; i++)
            {
                Require(
                    initial.Tensors[i].Name == tensors[i].Name && initial.Tensors[i].Shape.SequenceEqual(tensors[i].Shape),
                    $"{initial.Tensors[i].Name} of the initial parameters is [{string.Join(", ", initial.Tensors[i].Shape)}], but the network has {tensors[i].Name} [{string.Join(", ", tensors[i].Shape)}].");
            }
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
