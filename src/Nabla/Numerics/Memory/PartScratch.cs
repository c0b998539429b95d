namespace Nabla.Numerics.Memory;

/// <summary>
/// Scratch memory for each part of a job, allocated before the workers start and reused by later jobs.
/// </summary>
internal sealed unsafe class PartScratch
{
    private readonly List<AlignedBuffer> buffers = [];

    /// <summary>Ensures that each part has at least <paramref name="bytes"/> bytes.</summary>
    public void Require(int parts, long bytes)
    {
        for (int part = 0; part < parts; part++)
        {
            if (buffers.Count == part)
            {
                buffers.Add(new AlignedBuffer(bytes));
            }
            else if (buffers[part].ByteLength < bytes)
            {
                buffers[part] = new AlignedBuffer(bytes);
            }
        }
    }

    /// <summary>The memory of a part.</summary>
    public T* Pointer<T>(int part) where T : unmanaged => buffers[part].Pointer<T>();
}
