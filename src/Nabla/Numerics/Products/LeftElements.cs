using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>How tiles read a left operand: numbers, or bytes that stand for numbers.</summary>
/// <typeparam name="TLeft">What lies in memory.</typeparam>
/// <typeparam name="TVector">A vector of the numbers.</typeparam>
internal unsafe interface ILeftElements<TLeft, TVector>
    where TLeft : unmanaged
    where TVector : struct
{
    /// <summary>Lists the steps of k in which some rows are not all zero, as <see cref="LeftTile{T}.Find"/> does.</summary>
    static abstract int Find(in GemmOperand<TLeft> rows, ushort* steps);

    /// <summary>The lowest bit of each lane whose element is not zero, of elements side by side.</summary>
    static abstract TVector BitsOf(TLeft* elements);

    /// <summary>The number of one element in every lane.</summary>
    TVector Spread(TLeft* element);
}

/// <summary>Numbers as they lie.</summary>
internal readonly unsafe struct NumberElements<T, TVector, TLanes> : ILeftElements<T, TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    public static int Find(in GemmOperand<T> rows, ushort* steps) => LeftTile<T>.Find<TVector, TLanes>(rows, steps);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector BitsOf(T* elements) => TLanes.BitsOf(elements);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Spread(T* element) => TLanes.Create(*element);
}

/// <summary>Bytes that stand for byte / 255: they are scaled on their way into the registers.</summary>
internal readonly unsafe struct ByteElements<T, TVector, TLanes> : ILeftElements<byte, TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    // Held, because it is read for every element.
    private readonly T* scaled;

    public ByteElements()
    {
        scaled = ScaledBytes<T>.Pointer;
    }

    public static int Find(in GemmOperand<byte> rows, ushort* steps) => LeftTile<byte>.Find<Vector128<byte>, Lanes128<byte>>(rows, steps);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector BitsOf(byte* elements) => TLanes.BitsOf(elements);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Spread(byte* element) => TLanes.Create(scaled[*element]);
}

/// <summary>The number that each byte stands for.</summary>
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
