using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;

namespace Nabla.Training.Plans;

/// <summary>The update of all parameters, divided among the workers.</summary>
internal sealed class ParameterUpdate<T>(NetworkStructure structure, TrainingOptions options, TrainingState state, int trainCount, Workspace<T> workspace, int threads) : IParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UpdateShare<T>[] shares = [.. Enumerable.Range(0, threads).Select(_ => new UpdateShare<T>(structure, options, state, trainCount))];
    private int samples;
    private double learningRate;
    private long step;
    private int used;

    /// <summary>Whether the last update left all parameters finite.</summary>
    public bool IsFinite
    {
        get
        {
            bool isFinite = true;
            foreach (UpdateShare<T> share in shares.AsSpan(0, used))
            {
                isFinite &= share.IsFinite;
            }

            return isFinite;
        }
    }

    /// <summary>Sets the number of samples, η, the 1-based optimizer step and the number of parts of the next update.</summary>
    public void Set(int count, double rate, long number, int parts)
    {
        samples = count;
        learningRate = rate;
        step = number;
        used = parts;
    }

    /// <inheritdoc/>
    public void Run(int part, int parts) => shares[part].Run(workspace, samples, learningRate, step, part, parts);
}
