using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Functions;

/// <summary>A table of byte / 255 for every byte.</summary>
internal static unsafe class ScaledBytes<T> where T : unmanaged
{
    private static readonly AlignedBuffer Table = Scale();

    /// <summary>byte / 255, [256].</summary>
    public static T* Pointer => Table.Pointer<T>();

    private static AlignedBuffer Scale()
    {
        var table = AlignedBuffer.For<T>(byte.MaxValue + 1);
        byte* bytes = stackalloc byte[byte.MaxValue + 1];
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            bytes[value] = (byte)value;
        }

        ByteScaling.ToUnit(bytes, byte.MaxValue + 1, table.Pointer<T>());
        return table;
    }
}
