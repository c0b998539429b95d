namespace Nabla.Numerics.Threads;

/// <summary>Work on the caller's own memory that several threads share.</summary>
internal interface ISpanWork<TInput, TOutput>
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/>.</summary>
    void Run(ReadOnlySpan<TInput> inputs, Span<TOutput> outputs, int part, int parts);
}

/// <summary>Passes spans to the workers of a team. The memory stays pinned while they run.</summary>
internal sealed unsafe class SpanWork<TInput, TOutput>(ISpanWork<TInput, TOutput> work) : IParallelWork
    where TInput : unmanaged
    where TOutput : unmanaged
{
    private TInput* inputs;
    private TOutput* outputs;
    private int inputCount;
    private int outputCount;

    /// <summary>Runs all parts and returns when they are done.</summary>
    public void Run(WorkerTeam team, ReadOnlySpan<TInput> from, Span<TOutput> to, int parts)
    {
        fixed (TInput* start = from)
        fixed (TOutput* target = to)
        {
            inputs = start;
            outputs = target;
            inputCount = from.Length;
            outputCount = to.Length;
            team.Run(this, parts);
        }
    }

    void IParallelWork.Run(int part, int parts) => work.Run(new ReadOnlySpan<TInput>(inputs, inputCount), new Span<TOutput>(outputs, outputCount), part, parts);
}
