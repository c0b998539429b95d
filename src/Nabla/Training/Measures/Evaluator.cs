using System.Numerics;
using Nabla.Network;
using Nabla.Network.Prediction;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;
using Nabla.Training.Measures;

namespace Nabla;

/// <summary>Measures a network on a data set, without changing anything. Any number of threads may measure at once, also the
/// same network; each call has its own workers.</summary>
public static class Evaluator
{
    private const int BatchSize = 250;

    /// <summary>Cost and accuracy (or errors, for regression) of a network on a data set.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="data">The data, at least one sample.</param>
    /// <param name="coding">How classes are coded.</param>
    /// <param name="threads">Worker threads, or null for one per core.</param>
    /// <param name="cancellation">Ends the measurement without a result.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static Evaluation Evaluate(
        NetworkOptions architecture, Parameters parameters, Dataset data, TargetCoding coding = TargetCoding.OneHot, int? threads = null, CancellationToken cancellation = default)
    {
        using var team = new WorkerTeam(threads ?? Environment.ProcessorCount);
        Require(architecture, parameters, data);
        RequireTargets(architecture, data, coding);
        return parameters.Precision == Precision.Single
            ? Evaluate<float>(architecture, parameters, data, coding, team, cancellation)
            : Evaluate<double>(architecture, parameters, data, coding, team, cancellation);
    }

    /// <summary>Measures as <see cref="Evaluate(NetworkOptions, Parameters, Dataset, TargetCoding, int?, CancellationToken)"/>
    /// does, and returns the outputs of every sample from the same pass.</summary>
    /// <inheritdoc cref="Evaluate(NetworkOptions, Parameters, Dataset, TargetCoding, int?, CancellationToken)"/>
    /// <returns>The measures, and the outputs as the network gives them: [samples, outputs], row by row.</returns>
    public static (Evaluation Evaluation, double[] Outputs) EvaluateWithOutputs(
        NetworkOptions architecture, Parameters parameters, Dataset data, TargetCoding coding = TargetCoding.OneHot, int? threads = null, CancellationToken cancellation = default)
    {
        using var team = new WorkerTeam(threads ?? Environment.ProcessorCount);
        Require(architecture, parameters, data);
        RequireTargets(architecture, data, coding);
        double[] outputs = new double[(long)data.Count * architecture.Outputs];
        Evaluation evaluation = parameters.Precision == Precision.Single
            ? Evaluate<float>(architecture, parameters, data, coding, team, cancellation, outputs)
            : Evaluate<double>(architecture, parameters, data, coding, team, cancellation, outputs);
        return (evaluation, outputs);
    }

    /// <summary>The outputs of every sample, [samples, outputs].</summary>
    /// <inheritdoc cref="Evaluate(NetworkOptions, Parameters, Dataset, TargetCoding, int?, CancellationToken)"/>
    public static double[] Outputs(NetworkOptions architecture, Parameters parameters, Dataset data, int? threads = null, CancellationToken cancellation = default)
    {
        using var team = new WorkerTeam(threads ?? Environment.ProcessorCount);
        Require(architecture, parameters, data);
        return parameters.Precision == Precision.Single
            ? Outputs<float>(architecture, parameters, data, team, cancellation)
            : Outputs<double>(architecture, parameters, data, team, cancellation);
    }

    /// <param name="architecture">The architecture.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="data">The data.</param>
    /// <param name="coding">How classes are coded.</param>
    /// <param name="team">The workers.</param>
    /// <param name="cancellation">Ends the measurement without a result.</param>
    /// <param name="all">Receives the outputs of every sample, or null.</param>
    internal static Evaluation Evaluate<T>(
        NetworkOptions architecture, Parameters parameters, Dataset data, TargetCoding coding, WorkerTeam team, CancellationToken cancellation, double[]? all = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int batch = Math.Min(BatchSize, data.Count), correct = 0;
        var network = Network<T>(ref architecture, ref parameters, batch, data, team);
        var loader = new BatchLoader(data, coding);
        var errors = data.IsRegression ? new RegressionErrors([.. Enumerable.Range(0, data.TargetCount).Select(data.TargetUnit)]) : null;
        int[] samples = new int[batch];
        double cost = 0;
        for (int start = 0; start < data.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, data.Count - start);
            loader.LoadInputs(Samples(samples, start, count), 0, network.Workspace.Batch(count));
            loader.LoadTargets(samples.AsSpan(0, count), network.Workspace.Targets(count));
            Matrix<T> outputs = network.Measure(parameters, count);
            foreach (double c in network.Workspace.Costs(count))
            {
                cost += c;
            }

            if (all is not null)
            {
                Widen<T>(outputs.Elements, all.AsSpan(start * outputs.Columns));
            }

            for (int row = 0; row < count; row++)
            {
                if (errors is not null)
                {
                    errors.Add(data.Target(start + row), outputs.Row(row));
                }
                else if (TargetCodes.Decode<T>(coding, outputs.Row(row), data.TargetCount) == data.Label(start + row))
                {
                    correct++;
                }
            }
        }

        return new Evaluation
        {
            Count = data.Count,
            Cost = cost / data.Count,
            Correct = errors is null ? correct : null,
            RootMeanSquaredError = errors?.RootMeanSquaredError,
            MeanAbsoluteError = errors?.MeanAbsoluteError,
            R2 = errors?.R2,
        };
    }

    private static double[] Outputs<T>(NetworkOptions architecture, Parameters parameters, Dataset data, WorkerTeam team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int batch = Math.Min(BatchSize, data.Count);
        var network = Network<T>(ref architecture, ref parameters, batch, data, team);
        var loader = new BatchLoader(data, TargetCoding.OneHot);
        int[] samples = new int[batch];
        int width = architecture.Outputs;
        double[] all = new double[(long)data.Count * width];
        for (int start = 0; start < data.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, data.Count - start);
            loader.LoadInputs(Samples(samples, start, count), 0, network.Workspace.Batch(count));
            Widen<T>(network.Predict(parameters, count).Elements, all.AsSpan(start * width));
        }

        return all;
    }

    private static void Widen<T>(ReadOnlySpan<T> outputs, Span<double> wide) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            wide[i] = double.CreateChecked(outputs[i]);
        }
    }

    /// <summary>The network as it predicts, with memory for a batch.</summary>
    private static Backpropagation<T> Network<T>(ref NetworkOptions architecture, ref Parameters parameters, int batch, Dataset data, WorkerTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (architecture, parameters) = PredictionNetwork.Of(architecture, parameters);
        var structure = new NetworkStructure(architecture);
        return new Backpropagation<T>(structure, new Workspace<T>(structure, batch, backward: false, asBytes: data.HoldsPixels && structure.IsDense), differentiates: false, team);
    }

    private static ReadOnlySpan<int> Samples(int[] memory, int start, int count)
    {
        for (int row = 0; row < count; row++)
        {
            memory[row] = start + row;
        }

        return memory.AsSpan(0, count);
    }

    private static void Require(NetworkOptions architecture, Parameters parameters, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException($"{data.Name} has no samples.", nameof(data));
        }

        if (data.InputCount != architecture.Inputs)
        {
            throw new ArgumentException($"A sample of {data.Name} has {data.InputCount} inputs, but the network takes {architecture.Inputs}.", nameof(data));
        }
    }

    private static void RequireTargets(NetworkOptions architecture, Dataset data, TargetCoding coding)
    {
        int needed = data.IsRegression ? data.TargetCount : TargetCodes.Width(coding, data.TargetCount);
        if (architecture.Outputs != needed)
        {
            throw new ArgumentException($"The network has {architecture.Outputs} outputs, but the targets of {data.Name} need {needed}.", nameof(data));
        }
    }
}
