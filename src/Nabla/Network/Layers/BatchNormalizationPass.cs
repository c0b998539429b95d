using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Network.Layers;

/// <summary>
/// Forward x̂ = (x − mean)·s with s = 1/√(variance + ε), y = γ·x̂ + β. Backward, over a mini-batch of m samples,
/// ∂C/∂x = γ·s·(δ − Σδ/m − x̂·Σ(δ·x̂)/m); with running statistics, which do not depend on x, ∂C/∂x = γ·s·δ. ∂C/∂γ = Σ δ·x̂, ∂C/∂β = Σ δ.
/// </summary>
/// <remarks>Each unit is computed by one worker, and every sum adds the samples in their order: no bit depends on threads or shards.</remarks>
internal sealed class BatchNormalizationPass<T> : TransformPass<T>, IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Values that are worth another worker.</summary>
    private const int ValuesOfWorker = 1 << 14;

    private readonly T momentum;
    private readonly T epsilon;
    private readonly int units;

    // [samples, units]
    private readonly T[] normalized;

    // [units]
    private readonly T[] mean;
    private readonly T[] inverse;
    private readonly T[] scratch;
    private readonly T[] second;
    private readonly T[] third;
    private Work work;

    public BatchNormalizationPass(BatchNormalization layer, LayerPlace place)
    {
        momentum = T.CreateChecked(layer.Momentum);
        epsilon = T.CreateChecked(layer.Epsilon);
        units = place.Input.Size;
        normalized = new T[checked(place.Capacity * units)];
        mean = new T[units];
        inverse = new T[units];
        scratch = new T[units];
        second = new T[units];
        third = new T[units];
    }

    private enum Direction
    {
        Forward,
        Backward,
    }

    public override void Forward(in LayerMemory<T> memory) => Run(memory, Direction.Forward);

    public override void Backward(in LayerMemory<T> memory) => Run(memory, Direction.Backward);

    public override void SumGradient(in LayerMemory<T> memory, int start, int end)
    {
        Span<T> weight = memory.TensorGradient(0), bias = memory.TensorGradient(1);
        weight.Clear();
        bias.Clear();
        for (int sample = start; sample < end; sample++)
        {
            ReadOnlySpan<T> delta = memory.OutputGradient.Slice(sample * units, units), x = normalized.AsSpan(sample * units, units);
            Elementwise.Add(delta, bias);
            Elementwise.AddProducts(delta, x, weight);
        }
    }

    /// <summary>Units of a part.</summary>
    public void Run(int part, int parts)
    {
        int first = (int)((long)units * part / parts), end = (int)((long)units * (part + 1) / parts);
        if (work.Direction == Direction.Forward)
        {
            Forward(first, end);
        }
        else
        {
            Backward(first, end);
        }
    }

    private void Run(in LayerMemory<T> memory, Direction direction)
    {
        work = new Work(memory.Parameters, memory.Number, memory.Context, direction, memory.InputMatrix, memory.OutputMatrix, memory.OutputGradientMatrix, memory.InputGradientMatrix, memory.Samples);
        int parts = Math.Clamp(memory.Samples * units / ValuesOfWorker, 1, Math.Min(memory.Team.Threads, units));
        memory.Team.Run(this, parts);
    }

    private void Forward(int first, int end)
    {
        int samples = work.Samples, count = end - first;
        Span<T> runningMean = work.Tensor(2)[first..end], runningVariance = work.Tensor(3)[first..end];
        Span<T> center = mean.AsSpan(first, count), s = inverse.AsSpan(first, count), variance = scratch.AsSpan(first, count);
        if (work.UsesBatch)
        {
            Mean(first, end, center);
            Variance(first, end, center, variance);
            if (work.Context.UpdatesState)
            {
                T unbiased = T.CreateChecked(samples) / T.CreateChecked(samples - 1);
                for (int unit = 0; unit < count; unit++)
                {
                    runningMean[unit] += momentum * (center[unit] - runningMean[unit]);
                    runningVariance[unit] += momentum * ((variance[unit] * unbiased) - runningVariance[unit]);
                }
            }
        }
        else
        {
            runningMean.CopyTo(center);
            runningVariance.CopyTo(variance);
        }

        for (int unit = 0; unit < count; unit++)
        {
            s[unit] = T.One / T.Sqrt(variance[unit] + epsilon);
        }

        Span<T> weight = work.Tensor(0)[first..end], bias = work.Tensor(1)[first..end];
        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<T> x = work.Inputs.Numbers.Row(sample)[first..end];
            Normalization.Normalize<T>(x, center, s, weight, bias, normalized.AsSpan((sample * units) + first, count), work.Outputs.Row(sample)[first..end]);
        }
    }

    private void Mean(int first, int end, Span<T> center)
    {
        center.Clear();
        for (int sample = 0; sample < work.Samples; sample++)
        {
            Elementwise.Add<T>(work.Inputs.Numbers.Row(sample)[first..end], center);
        }

        T count = T.CreateChecked(work.Samples);
        for (int unit = 0; unit < center.Length; unit++)
        {
            center[unit] /= count;
        }
    }

    private void Variance(int first, int end, ReadOnlySpan<T> center, Span<T> variance)
    {
        variance.Clear();
        for (int sample = 0; sample < work.Samples; sample++)
        {
            Normalization.AddSquaredDistances(work.Inputs.Numbers.Row(sample)[first..end], center, variance);
        }

        T count = T.CreateChecked(work.Samples);
        for (int unit = 0; unit < variance.Length; unit++)
        {
            variance[unit] /= count;
        }
    }

    private void Backward(int first, int end)
    {
        int count = end - first;
        ReadOnlySpan<T> weight = work.Tensor(0)[first..end], s = inverse.AsSpan(first, count);
        Span<T> sum = scratch.AsSpan(first, count), products = second.AsSpan(first, count), factors = third.AsSpan(first, count);
        sum.Clear();
        products.Clear();
        if (work.UsesBatch)
        {
            for (int sample = 0; sample < work.Samples; sample++)
            {
                ReadOnlySpan<T> delta = work.OutputGradient.Row(sample)[first..end];
                Elementwise.Add(delta, sum);
                Elementwise.AddProducts(delta, normalized.AsSpan((sample * units) + first, count), products);
            }
        }

        T samples = T.CreateChecked(work.Samples);
        for (int unit = 0; unit < count; unit++)
        {
            sum[unit] /= samples;
            products[unit] /= samples;
            factors[unit] = weight[unit] * s[unit];
        }

        for (int sample = 0; sample < work.Samples; sample++)
        {
            Normalization.BackThrough<T>(
                work.OutputGradient.Row(sample)[first..end], normalized.AsSpan((sample * units) + first, count), factors, sum, products, work.InputGradient.Row(sample)[first..end]);
        }
    }

    /// <summary>What the workers share in one pass.</summary>
    private readonly record struct Work(
        Parameters Parameters, int Number, PassContext Context, Direction Direction, BatchInputs<T> Inputs, Matrix<T> Outputs, Matrix<T> OutputGradient, Matrix<T> InputGradient, int Samples)
    {
        /// <summary>Whether the statistics are those of the mini-batch; one sample has none.</summary>
        public bool UsesBatch => Context.IsTraining && Samples > 1;

        public Span<T> Tensor(int index) => Parameters.TensorOfNumber<T>(Number, index);
    }
}
