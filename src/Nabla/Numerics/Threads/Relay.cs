namespace Nabla.Numerics.Threads;

/// <summary>A line of workers in which each hands groups of work on to the next one.</summary>
/// <remarks>Parts are taken in their order, so whoever waits waits for a part that somebody is at.</remarks>
internal sealed class Relay(int parts)
{
    /// <summary>Integers of a cache line, so that no two workers write to the same one.</summary>
    private const int Spacing = 16;

    private readonly int[] passed = new int[(parts + 1) * Spacing];
    private volatile bool isBroken;

    /// <summary>Before a new round.</summary>
    public void Reset()
    {
        Array.Clear(passed);
        isBroken = false;
    }

    /// <summary>Waits until the part before has passed a group on. The first part never waits; what the last one passes on, part <c>parts</c> gets.</summary>
    /// <returns>False where it will not come.</returns>
    public bool Await(int part, int group)
    {
        if (part == 0)
        {
            return true;
        }

        for (int look = 0; !HasPassed(part, group); look++)
        {
            if (isBroken)
            {
                // What was passed on before still counts.
                return HasPassed(part, group);
            }

            WorkerTeam.Pause(look);
        }

        return true;
    }

    /// <summary>Whether the part before one has passed a group on.</summary>
    public bool HasPassed(int part, int group) => Volatile.Read(ref passed[part * Spacing]) > group;

    /// <summary>Hands a group on.</summary>
    public void Pass(int part, int group) => Volatile.Write(ref passed[(part + 1) * Spacing], group + 1);

    /// <summary>Nothing more will come: nobody waits any longer.</summary>
    public void Break() => isBroken = true;
}
