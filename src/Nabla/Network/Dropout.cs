using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;

namespace Nabla.Network;

/// <summary>Inverted dropout: a hidden unit is silent with probability p, and survivors are divided by 1 − p (Srivastava et al. 2014).</summary>
/// <param name="probability">p in [0, 1).</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="position">Position in the epoch of the mini-batch's first sample, so that masks do not depend on the batch size.</param>
internal readonly struct Dropout(double probability, ulong seed, uint epoch, long position)
{
    /// <summary>Whether anything is dropped.</summary>
    public bool IsActive => probability > 0;

    /// <summary>Multiplies activations and derivatives of a layer by the same mask. Both: [samples, units].</summary>
    public void Apply<T>(int layer, Matrix<T> activations, Matrix<T> derivatives) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T survivor = T.CreateChecked(1 / (1 - probability));
        uint threshold = (uint)(probability * (1L << 32));
        for (int row = 0; row < activations.Rows; row++)
        {
            var random = new CounterRandom(seed, RandomPurpose.Dropout, epoch, ((ulong)layer << 40) | (ulong)(position + row));
            Span<T> a = activations.Row(row), d = derivatives.Row(row);
            for (int unit = 0; unit < a.Length; unit++)
            {
                T factor = random.NextUInt32() < threshold ? T.Zero : survivor;
                a[unit] *= factor;
                d[unit] *= factor;
            }
        }
    }
}
