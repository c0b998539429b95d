namespace Nabla.Numerics.Vectors;

/// <summary>The vector operations of the micro-kernels, for one vector width.</summary>
/// <remarks>
/// The kernels hold bare vectors, not a wrapper struct around them: only then does the JIT accumulate in place, without
/// a move after each multiply-add.
/// </remarks>
internal unsafe interface ILanes<TVector, T> where TVector : struct where T : unmanaged
{
    /// <summary>Elements per vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(T* source);

    /// <summary>Broadcasts a value to every lane.</summary>
    static abstract TVector Create(T value);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>−1, 0 or 1 in each lane.</summary>
    static abstract TVector Sign(TVector x);

    static abstract TVector Or(TVector x, TVector y);

    /// <summary>Integer 1 in each lane whose number is neither 0 nor −0, otherwise 0.</summary>
    static abstract TVector OneWhereNonzero(T* source);

    /// <summary>Integer 1 in each lane whose byte is not 0, otherwise 0.</summary>
    static abstract TVector OneWhereNonzero(byte* source);

    /// <summary>Shifts the bits of each lane left by one.</summary>
    static abstract TVector ShiftLeft(TVector bits);

    /// <summary>A bit mask of the lanes that are neither 0 nor −0; lane 0 is the lowest bit.</summary>
    static abstract uint NonzeroMask(TVector vector);

    static abstract void Store(TVector vector, T* destination);
}
