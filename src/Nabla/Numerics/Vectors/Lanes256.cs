using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Vectors;

/// <summary>Operations on vectors of 256 bits.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>, T> where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> FusedMultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        }

        return Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sign(Vector256<T> x) => (Vector256.GreaterThan(x, Vector256<T>.Zero) & Vector256<T>.One) - (Vector256.LessThan(x, Vector256<T>.Zero) & Vector256<T>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> x, Vector256<T> y) => x | y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OneWhereNonzero(T* source)
    {
        Vector256<T> zeros = Vector256.Equals(Load(source), Vector256<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector256.AndNot(Vector256<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector256.AndNot(Vector256<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OneWhereNonzero(byte* source)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Lanes128<T>.OneWhereNonzero(source), Lanes128<T>.OneWhereNonzero(source + Vector128<T>.Count));
        }

        return sizeof(T) == sizeof(uint)
            ? Avx2.ConvertToVector256Int32(Vector128.Min(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte(), Vector128<byte>.One)).As<int, T>()
            : Avx2.ConvertToVector256Int64(Vector128.Min(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte(), Vector128<byte>.One)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftLeft(Vector256<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector256.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector256.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroMask(Vector256<T> vector) => ~(uint)Vector256.Equals(vector, Vector256<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector256<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* destination) => Vector256.Store(vector, destination);
}
