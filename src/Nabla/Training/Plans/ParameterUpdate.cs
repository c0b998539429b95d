using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;
using Nabla.Training.State;

namespace Nabla.Training.Plans;

/// <summary>The update of all parameters, shared out between the workers.</summary>
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

    /// <summary>Before an update: how many samples the workspace holds, η, its number in the run, and between how many it is shared.</summary>
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
