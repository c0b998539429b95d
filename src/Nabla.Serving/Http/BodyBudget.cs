namespace Nabla.Serving.Http;

/// <summary>
/// Limits the bytes of all bodies together, so that many large requests at once do not take all memory.
/// </summary>
internal sealed class BodyBudget(long most)
{
    private long taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= most)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}
