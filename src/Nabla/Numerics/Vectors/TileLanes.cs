using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Vectors;

/// <summary>The operations of the register tiles on vectors of one width.</summary>
/// <remarks>The tiles hold bare vectors and no wrapper of them: only then does the JIT accumulate in place, without a move after each multiply-add.</remarks>
internal unsafe interface ILanes<TVector, T> where TVector : struct where T : unmanaged
{
    /// <summary>Elements of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(T* source);

    /// <summary>One value in every lane.</summary>
    static abstract TVector Create(T value);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>−1, 0 or 1 in each lane.</summary>
    static abstract TVector Sign(TVector x);

    static abstract TVector Or(TVector x, TVector y);

    /// <summary>The lowest bit of each lane whose number is neither 0 nor −0.</summary>
    static abstract TVector BitsOf(T* source);

    /// <summary>The lowest bit of each lane whose byte is not 0.</summary>
    static abstract TVector BitsOf(byte* source);

    /// <summary>Each lane's bits, moved up by one.</summary>
    static abstract TVector MoveBits(TVector bits);

    /// <summary>A bit for each lane that is neither 0 nor −0.</summary>
    static abstract uint NonzeroBits(TVector vector);

    static abstract void Store(TVector vector, T* destination);
}

/// <summary>512 bits.</summary>
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
    public static Vector512<T> BitsOf(T* source)
    {
        Vector512<T> zeros = Vector512.Equals(Load(source), Vector512<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector512.AndNot(Vector512<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector512.AndNot(Vector512<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BitsOf(byte* source)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Lanes256<T>.BitsOf(source), Lanes256<T>.BitsOf(source + Vector256<T>.Count));
        }

        return sizeof(T) == sizeof(uint)
            ? Avx512F.ConvertToVector512UInt32(Vector128.Min(Vector128.Load(source), Vector128<byte>.One)).As<uint, T>()
            : Avx512F.ConvertToVector512UInt64(Vector128.Min(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte(), Vector128<byte>.One)).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MoveBits(Vector512<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector512.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector512.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroBits(Vector512<T> vector) => ~(uint)Vector512.Equals(vector, Vector512<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector512<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* destination) => Vector512.Store(vector, destination);
}

/// <summary>256 bits.</summary>
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
    public static Vector256<T> BitsOf(T* source)
    {
        Vector256<T> zeros = Vector256.Equals(Load(source), Vector256<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector256.AndNot(Vector256<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector256.AndNot(Vector256<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> BitsOf(byte* source)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Lanes128<T>.BitsOf(source), Lanes128<T>.BitsOf(source + Vector128<T>.Count));
        }

        return sizeof(T) == sizeof(uint)
            ? Avx2.ConvertToVector256Int32(Vector128.Min(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte(), Vector128<byte>.One)).As<int, T>()
            : Avx2.ConvertToVector256Int64(Vector128.Min(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte(), Vector128<byte>.One)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MoveBits(Vector256<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector256.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector256.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroBits(Vector256<T> vector) => ~(uint)Vector256.Equals(vector, Vector256<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector256<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* destination) => Vector256.Store(vector, destination);
}

/// <summary>128 bits.</summary>
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
    public static Vector128<T> BitsOf(T* source)
    {
        Vector128<T> zeros = Vector128.Equals(Load(source), Vector128<T>.Zero);
        return sizeof(T) == sizeof(uint)
            ? Vector128.AndNot(Vector128<uint>.One, zeros.AsUInt32()).As<uint, T>()
            : Vector128.AndNot(Vector128<ulong>.One, zeros.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> BitsOf(byte* source) => sizeof(T) == sizeof(uint)
        ? Vector128.Min(Vector128.Create(source[0], source[1], source[2], (uint)source[3]), Vector128<uint>.One).As<uint, T>()
        : Vector128.Min(Vector128.Create(source[0], (ulong)source[1]), Vector128<ulong>.One).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MoveBits(Vector128<T> bits) =>
        sizeof(T) == sizeof(uint) ? Vector128.ShiftLeft(bits.AsUInt32(), 1).As<uint, T>() : Vector128.ShiftLeft(bits.AsUInt64(), 1).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NonzeroBits(Vector128<T> vector) => ~(uint)Vector128.Equals(vector, Vector128<T>.Zero).ExtractMostSignificantBits() & ((1u << Vector128<T>.Count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* destination) => Vector128.Store(vector, destination);
}
