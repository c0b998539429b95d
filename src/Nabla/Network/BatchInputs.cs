using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Network;

/// <summary>The inputs of a layer, [samples, inputs]: numbers, or image bytes, each of which stands for byte / 255.</summary>
internal readonly struct BatchInputs<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Wraps inputs that are numbers.</summary>
    public BatchInputs(Matrix<T> numbers)
    {
        Numbers = numbers;
    }

    private BatchInputs(Matrix<byte> bytes)
    {
        Bytes = bytes;
        AreBytes = true;
    }

    /// <summary>Whether the inputs are bytes.</summary>
    public bool AreBytes { get; }

    /// <summary>The bytes, if <see cref="AreBytes"/>.</summary>
    public Matrix<byte> Bytes { get; }

    /// <summary>The numbers, if not <see cref="AreBytes"/>.</summary>
    public Matrix<T> Numbers { get; }

    /// <summary>Inputs per sample.</summary>
    public int Columns => AreBytes ? Bytes.Columns : Numbers.Columns;

    /// <summary>Allocates memory.</summary>
    public static BatchInputs<T> Allocate(int samples, int inputs, bool asBytes) => asBytes ? new(new Matrix<byte>(samples, inputs)) : new(new Matrix<T>(samples, inputs));

    /// <summary>Allocates memory with aligned rows, for inputs that only one thread writes.</summary>
    public static BatchInputs<T> AllocateAligned(int samples, int inputs, bool asBytes) => asBytes ? new(Matrix<byte>.WithAlignedRows(samples, inputs)) : new(Matrix<T>.WithAlignedRows(samples, inputs));

    /// <summary>The samples from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    public BatchInputs<T> Slice(int start, int count) => AreBytes ? new(Bytes.Slice(start, count)) : new(Numbers.Slice(start, count));

    /// <summary>Z = X·W.</summary>
    public void Multiply(WorkerTeam team, Matrix<T> weights, Matrix<T> z, IBlockEpilogue epilogue)
    {
        if (AreBytes)
        {
            Gemm.Multiply(team, Bytes, weights, z, epilogue);
        }
        else
        {
            Gemm.Multiply(team, Numbers, weights, z, epilogue);
        }
    }

    /// <summary>Z = X·W on the calling thread, or Z += X·W if <paramref name="accumulate"/>.</summary>
    public void Multiply(Matrix<T> weights, Matrix<T> z, bool accumulate)
    {
        if (AreBytes)
        {
            Gemm.MultiplySerial(Bytes, weights, z, accumulate);
        }
        else
        {
            Gemm.MultiplySerial(Numbers, weights, z, accumulate);
        }
    }
}
