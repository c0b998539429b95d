namespace Nabla.Numerics.Memory;

/// <summary>Memory for each part of a job, taken before the workers start and kept for the jobs to come.</summary>
internal sealed unsafe class PartScratch
{
    private readonly List<AlignedBuffer> buffers = [];

    /// <summary>Makes sure that each of so many parts has so many bytes.</summary>
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
