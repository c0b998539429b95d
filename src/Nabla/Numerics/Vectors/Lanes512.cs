using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Vectors;

/// <summary>Operations on vectors of 512 bits.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>, T> where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Create(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FusedMultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        }

        return Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sign(Vector512<T> x) => (Vector512.GreaterThan(x, Vector512<T>.Zero) & Vector512<T>.One) - (Vector512.LessThan(x, Vector512<T>.Zero) & Vector512<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Or(Vector512<T> x, Vector512<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OneWhereNonzero(T* source)
    {
        Vector512<T> zeros = Vector512.Equals(Load(source), Vector512<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector512.AndNot(Vector512<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector512.AndNot(Vector512<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OneWhereNonzero(byte* source)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Lanes256<T>.OneWhereNonzero(source), Lanes256<T>.OneWhereNonzero(source + Vector256<T>.Count));
        }

        return sizeof(T) == sizeof(uint)
            ? Avx512F.ConvertToVector512UInt32(Vector128.Min(Vector128.Load(source), Vector128<byte>.One)).As<uint, T>()
            : Avx512F.ConvertToVector512UInt64(Vector128.Min(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte(), Vector128<byte>.One)).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftLeft(Vector512<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector512.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector512.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroMask(Vector512<T> vector) => ~(uint)Vector512.Equals(vector, Vector512<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector512<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* destination) => Vector512.Store(vector, destination);
}
