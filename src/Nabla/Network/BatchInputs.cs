using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Network;

/// <summary>What a layer reads, [samples, inputs]: numbers, or images as the bytes that they are stored as, each of which stands for byte / 255.</summary>
internal readonly struct BatchInputs<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers.</summary>
    public BatchInputs(Matrix<T> numbers)
    {
        Numbers = numbers;
    }

    private BatchInputs(Matrix<byte> bytes)
    {
        Bytes = bytes;
        AreBytes = true;
    }

    /// <summary>Whether they are bytes.</summary>
    public bool AreBytes { get; }

    /// <summary>The bytes, where they are.</summary>
    public Matrix<byte> Bytes { get; }

    /// <summary>The numbers, where they are not bytes.</summary>
    public Matrix<T> Numbers { get; }

    /// <summary>Inputs of a sample.</summary>
    public int Columns => AreBytes ? Bytes.Columns : Numbers.Columns;

    /// <summary>Takes memory.</summary>
    public static BatchInputs<T> Take(int samples, int inputs, bool asBytes) => asBytes ? new(new Matrix<byte>(samples, inputs)) : new(new Matrix<T>(samples, inputs));

    /// <summary>Takes memory for some inputs of the samples, which one thread alone writes to.</summary>
    public static BatchInputs<T> TakeOwn(int samples, int inputs, bool asBytes) => asBytes ? new(Matrix<byte>.WithAlignedRows(samples, inputs)) : new(Matrix<T>.WithAlignedRows(samples, inputs));

    /// <summary>The samples from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    public BatchInputs<T> Slice(int start, int count) => AreBytes ? new(Bytes.Slice(start, count)) : new(Numbers.Slice(start, count));

    /// <summary>Z = X·W.</summary>
    public void Multiply(WorkerTeam team, Matrix<T> weights, Matrix<T> z, IBlockEpilogue receiver)
    {
        if (AreBytes)
        {
            Gemm.Multiply(team, Bytes, weights, z, receiver);
        }
        else
        {
            Gemm.Multiply(team, Numbers, weights, z, receiver);
        }
    }

    /// <summary>Z = X·W on the calling thread, or Z + X·W where these inputs go on with what others gave.</summary>
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
