using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.Operands;

/// <summary>How a kernel reads the left operand: as numbers, or as bytes that are scaled to byte / 255.</summary>
/// <typeparam name="TLeft">The element type in memory.</typeparam>
/// <typeparam name="TVector">A vector of numbers.</typeparam>
internal unsafe interface IElementReader<TLeft, TVector>
    where TLeft : unmanaged
    where TVector : struct
{
    /// <summary>Builds the zero-skipping list of some rows, as <see cref="RowStrip{T}.ListNonzero"/> does.</summary>
    static abstract int ListNonzero(in GemmOperand<TLeft> rows, ushort* list);

    /// <summary>Integer 1 in each lane whose element is not zero, otherwise 0, for contiguous elements.</summary>
    static abstract TVector OneWhereNonzero(TLeft* elements);

    /// <summary>Broadcasts the number of one element to every lane.</summary>
    TVector Broadcast(TLeft* element);
}

/// <summary>Reads numbers.</summary>
internal readonly unsafe struct NumberReader<T, TVector, TLanes> : IElementReader<T, TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    public static int ListNonzero(in GemmOperand<T> rows, ushort* list) => RowStrip<T>.ListNonzero<TVector, TLanes>(rows, list);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OneWhereNonzero(T* elements) => TLanes.OneWhereNonzero(elements);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Broadcast(T* element) => TLanes.Create(*element);
}

/// <summary>Reads bytes and scales them to byte / 255, by a table.</summary>
internal readonly unsafe struct ByteReader<T, TVector, TLanes> : IElementReader<byte, TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    // A field, because every element needs it.
    private readonly T* scaled;

    public ByteReader()
    {
        scaled = ScaledBytes<T>.Pointer;
    }

    public static int ListNonzero(in GemmOperand<byte> rows, ushort* list) => RowStrip<byte>.ListNonzero<Vector128<byte>, Lanes128<byte>>(rows, list);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OneWhereNonzero(byte* elements) => TLanes.OneWhereNonzero(elements);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Broadcast(byte* element) => TLanes.Create(scaled[*element]);
}
