using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Vectors;

/// <summary>Operations on vectors of 128 bits.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Vector128<T>, T> where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> FusedMultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        }

        return Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sign(Vector128<T> x) => (Vector128.GreaterThan(x, Vector128<T>.Zero) & Vector128<T>.One) - (Vector128.LessThan(x, Vector128<T>.Zero) & Vector128<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> x, Vector128<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> OneWhereNonzero(T* source)
    {
        Vector128<T> zeros = Vector128.Equals(Load(source), Vector128<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector128.AndNot(Vector128<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector128.AndNot(Vector128<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> OneWhereNonzero(byte* source) => sizeof(T) == sizeof(uint)
        ? Vector128.Min(Vector128.Create(source[0], source[1], source[2], (uint)source[3]), Vector128<uint>.One).As<uint, T>()
        : Vector128.Min(Vector128.Create(source[0], (ulong)source[1]), Vector128<ulong>.One).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftLeft(Vector128<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector128.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector128.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroMask(Vector128<T> vector) => ~(uint)Vector128.Equals(vector, Vector128<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector128<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* destination) => Vector128.Store(vector, destination);
}
