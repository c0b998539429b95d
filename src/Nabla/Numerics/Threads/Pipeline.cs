namespace Nabla.Numerics.Threads;

/// <summary>A pipeline: each stage passes numbered items, in order, to the next stage.</summary>
/// <remarks>Threads take the stages in order, so a stage only ever waits for one that a thread already runs.</remarks>
internal sealed class Pipeline(int stages)
{
    /// <summary>Integers per cache line, so that no two threads write to the same line.</summary>
    private const int Spacing = 16;

    private readonly int[] passed = new int[(stages + 1) * Spacing];
    private volatile bool isCanceled;

    /// <summary>Empties the pipeline for a new round.</summary>
    public void Reset()
    {
        Array.Clear(passed);
        isCanceled = false;
    }

    /// <summary>
    /// Waits until the stage before <paramref name="stage"/> has passed an item on. Stage 0 never waits; stage
    /// <c>stages</c> is the output of the pipeline.
    /// </summary>
    /// <returns>False if the pipeline was canceled before the item arrived.</returns>
    public bool Await(int stage, int item)
    {
        if (stage == 0)
        {
            return true;
        }

        for (int spin = 0; !HasPassed(stage, item); spin++)
        {
            if (isCanceled)
            {
                // An item passed on before the cancellation still counts.
                return HasPassed(stage, item);
            }

            WorkerTeam.Spin(spin);
        }

        return true;
    }

    /// <summary>Whether the stage before <paramref name="stage"/> has passed an item on.</summary>
    public bool HasPassed(int stage, int item) => Volatile.Read(ref passed[stage * Spacing]) > item;

    /// <summary>Passes an item on to the next stage.</summary>
    public void Pass(int stage, int item) => Volatile.Write(ref passed[(stage + 1) * Spacing], item + 1);

    /// <summary>Cancels the round: no stage waits any longer.</summary>
    public void Cancel() => isCanceled = true;
}
