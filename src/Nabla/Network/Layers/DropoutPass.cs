using System.Numerics;
using Nabla.Numerics.Random;

namespace Nabla.Network.Layers;

/// <summary>Multiplies values and slopes by one mask. The mask of a sample depends on the seed, the epoch, its place in the epoch and the layer alone.</summary>
internal sealed class DropoutPass<T>(double probability, int ordinal) : ElementwisePass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T survivor = T.CreateChecked(1 / (1 - probability));
    private readonly uint threshold = (uint)(probability * (1L << 32));

    public override void Apply(Span<T> values, Span<T> slopes, int units, bool isFirst, in PassContext context)
    {
        if (isFirst)
        {
            slopes.Fill(T.One);
        }

        if (!context.IsRandom || probability == 0)
        {
            return;
        }

        for (int start = 0, sample = 0; start < values.Length; start += units, sample++)
        {
            var random = new CounterRandom(context.Seed, RandomPurpose.Dropout, context.Epoch, ((ulong)ordinal << 40) | (ulong)(context.Position + sample));
            Span<T> a = values.Slice(start, units), d = slopes.IsEmpty ? default : slopes.Slice(start, units);
            for (int unit = 0; unit < a.Length; unit++)
            {
                T factor = random.NextUInt32() < threshold ? T.Zero : survivor;
                a[unit] *= factor;
                if (!d.IsEmpty)
                {
                    d[unit] *= factor;
                }
            }
        }
    }
}
