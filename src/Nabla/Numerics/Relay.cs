namespace Nabla.Numerics;

/// <summary>A line of workers in which each hands groups of work on to the next one.</summary>
/// <remarks>Parts are taken in their order, so whoever waits waits for a part that somebody is at.</remarks>
internal sealed class Relay(int parts)
{
    /// <summary>Integers of a cache line, so that no two workers write to the same one.</summary>
    private const int Spacing = 16;

    private readonly int[] passed = new int[(parts + 1) * Spacing];

    /// <summary>Before a new round.</summary>
    public void Reset() => Array.Clear(passed);

    /// <summary>Waits until the part before has passed a group on. The first part never waits; what the last one passes on, part <c>parts</c> gets.</summary>
    public void Await(int part, int group)
    {
        if (part == 0)
        {
            return;
        }

        for (int look = 0; !HasPassed(part, group); look++)
        {
            WorkerTeam.Pause(look);
        }
    }

    /// <summary>Whether the part before one has passed a group on.</summary>
    public bool HasPassed(int part, int group) => Volatile.Read(ref passed[part * Spacing]) > group;

    /// <summary>Hands a group on.</summary>
    public void Pass(int part, int group) => Volatile.Write(ref passed[(part + 1) * Spacing], group + 1);

    /// <summary>Hands everything on that was still to come.</summary>
    public void Break(int part) => Volatile.Write(ref passed[(part + 1) * Spacing], int.MaxValue);
}
