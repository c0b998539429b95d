using System.Numerics;

namespace Nabla.Training.Batches;

/// <summary>Classes as target values, and outputs as classes. Theory T133 to T142.</summary>
public static class TargetCodes
{
    /// <summary>Target values of a class: one each (one-hot), or the bits of the largest class number.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    public static int Width(TargetCoding coding, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        return coding == TargetCoding.OneHot ? classes : Math.Max(1, BitOperations.Log2((uint)(classes - 1)) + (classes > 1 ? 1 : 0));
    }

    /// <summary>Writes the target values of a class.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="label">The class, 0-based.</param>
    /// <param name="target">[<see cref="Width"/>].</param>
    public static void Encode(TargetCoding coding, int label, Span<double> target) => Encode<double>(coding, label, target);

    /// <summary>The class that outputs stand for.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="outputs">[<see cref="Width"/>].</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>One-hot: the first largest output. Binary: the number whose bits are the outputs above ½, least significant first, or −1 where that is no class.</returns>
    public static int Decode(TargetCoding coding, ReadOnlySpan<double> outputs, int classes) => Decode<double>(coding, outputs, classes);

    internal static void Encode<T>(TargetCoding coding, int label, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (coding == TargetCoding.OneHot)
        {
            target.Clear();
            if ((uint)label < (uint)target.Length)
            {
                target[label] = T.One;
            }

            return;
        }

        for (int j = 0; j < target.Length; j++)
        {
            target[j] = ((label >> j) & 1) == 1 ? T.One : T.Zero;
        }
    }

    internal static int Decode<T>(TargetCoding coding, ReadOnlySpan<T> outputs, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (coding == TargetCoding.OneHot)
        {
            int best = 0;
            for (int j = 1; j < outputs.Length; j++)
            {
                best = outputs[j] > outputs[best] ? j : best;
            }

            return best;
        }

        T half = T.CreateTruncating(0.5);
        int code = 0;
        for (int j = 0; j < outputs.Length; j++)
        {
            code |= outputs[j] > half ? 1 << j : 0;
        }

        return code < classes ? code : -1;
    }
}
