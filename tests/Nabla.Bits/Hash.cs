using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;

namespace Nabla.Bits;

/// <summary>A hash over raw values that needs no library of the system, so that it runs on any machine; and the numbers to feed what is hashed.</summary>
internal static class Hash
{
    public static string Of<T>(params ReadOnlySpan<T[]> parts) where T : unmanaged
    {
        var hash = new XxHash128();
        foreach (T[] part in parts)
        {
            hash.Append(MemoryMarshal.AsBytes<T>(part));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Normal numbers of the given deviation.</summary>
    public static T[] Normal<T>(int count, ulong seed, double deviation = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = T.CreateTruncating(deviation * random.NextNormal());
        }

        return values;
    }

    /// <summary>A matrix of normal numbers.</summary>
    public static Matrix<T> Matrix<T>(int rows, int columns, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new Matrix<T>(rows, columns);
        Normal<T>(rows * columns, seed).CopyTo(matrix.Elements);
        return matrix;
    }
}
