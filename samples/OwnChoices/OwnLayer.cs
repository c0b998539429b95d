using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabla;
using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Operators;

namespace OwnChoices;

/// <summary>y = f(x·Dᵀ·Uᵀ + b): a dense layer whose weight matrix U·D has a low rank. D [rank, in], U [units, rank], b [units].</summary>
/// <param name="Units">Number of units, at least 1.</param>
/// <param name="Rank">The rank, at least 1.</param>
/// <param name="Activation">f; null for linear.</param>
public sealed record LowRank(int Units, int Rank, Activation? Activation = null) : Layer
{
    public static Choice<Layer> Choice { get; } = new(
        "low-rank",
        "f(x·Dᵀ·Uᵀ + b)",
        values => new LowRank((int)values[0], (int)values[1]),
        new NumberParameter("units", double.NaN, "number of units") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true },
        new NumberParameter("rank", 4, "rank of the weight matrix") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true });

    public override Choice<Layer> Row => Choice;

    public override IReadOnlyList<double> Values => [Units, Rank];

    public override Activation Activation { get; } = Activation ?? Nabla.Activation.Linear;

    public override Layer WithActivation(Activation activation) => new LowRank(Units, Rank, activation);

    public override SampleShape OutputShape(SampleShape input) => new(Units);

    // Memory holds the transposes of D and U, so that the loops below run along rows.
    public override IReadOnlyList<TensorDeclaration> Tensors(SampleShape input) =>
    [
        new("down", [Rank, input.Size], TensorDeclaration.Weights(input.Size, Rank)) { IsDecayed = true, IsTransposed = true },
        new("up", [Units, Rank], TensorDeclaration.Weights(Rank, Units)) { IsDecayed = true, IsTransposed = true },
        new("bias", [Units], TensorDeclaration.Biases),
    ];

    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new Pass<T>(this, place);

    // The activation is added by the exporter.
    public override Expression Describe(Expression x) => x.Times(new Tensor(0)).Times(new Tensor(1)) + new Tensor(2);

    public override long Multiplications(SampleShape input) => (long)Rank * (input.Size + Units);

    /// <summary>h = x·Dᵀ, y = h·Uᵀ + b; γ = δ·U, ∂C/∂x = γ·D; ∂C/∂D = Σ_x γᵀ·x, ∂C/∂U = Σ_x δᵀ·h, ∂C/∂b = Σ_x δ.</summary>
    private sealed class Pass<T>(LowRank layer, LayerPlace place) : TransformPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int inputs = place.Input.Size;
        private readonly int rank = layer.Rank;
        private readonly int units = layer.Units;

        // h, [samples, rank], kept for the gradient.
        private readonly T[] hidden = new T[checked(place.Capacity * layer.Rank)];
        private readonly T[] gamma = new T[layer.Rank];

        public override void Forward(in LayerMemory<T> memory)
        {
            ReadOnlySpan<T> down = memory.Tensor(0), up = memory.Tensor(1), bias = memory.Tensor(2);
            for (int sample = 0; sample < memory.Samples; sample++)
            {
                ReadOnlySpan<T> x = memory.Inputs.Slice(sample * inputs, inputs);
                Span<T> h = hidden.AsSpan(sample * rank, rank), y = memory.Outputs.Slice(sample * units, units);
                h.Clear();
                for (int i = 0; i < inputs; i++)
                {
                    AddScaled(x[i], down.Slice(i * rank, rank), h);
                }

                bias.CopyTo(y);
                for (int r = 0; r < rank; r++)
                {
                    AddScaled(h[r], up.Slice(r * units, units), y);
                }
            }
        }

        public override void Backward(in LayerMemory<T> memory)
        {
            ReadOnlySpan<T> down = memory.Tensor(0);
            for (int sample = 0; sample < memory.Samples; sample++)
            {
                BackToRank(memory, sample);
                Span<T> gradient = memory.InputGradient.Slice(sample * inputs, inputs);
                for (int i = 0; i < inputs; i++)
                {
                    gradient[i] = Dot(gamma, down.Slice(i * rank, rank));
                }
            }
        }

        public override void SumGradient(in LayerMemory<T> memory, int start, int end)
        {
            Span<T> down = memory.TensorGradient(0), up = memory.TensorGradient(1), bias = memory.TensorGradient(2);
            down.Clear();
            up.Clear();
            bias.Clear();
            for (int sample = start; sample < end; sample++)
            {
                // The first layer of a network has no backward pass, so γ is computed here again.
                BackToRank(memory, sample);
                ReadOnlySpan<T> x = memory.Inputs.Slice(sample * inputs, inputs), delta = memory.OutputGradient.Slice(sample * units, units);
                for (int i = 0; i < inputs; i++)
                {
                    AddScaled(x[i], gamma, down.Slice(i * rank, rank));
                }

                for (int r = 0; r < rank; r++)
                {
                    AddScaled(hidden[(sample * rank) + r], delta, up.Slice(r * units, units));
                }

                AddScaled(T.One, delta, bias);
            }
        }

        private void BackToRank(in LayerMemory<T> memory, int sample)
        {
            ReadOnlySpan<T> up = memory.Tensor(1), delta = memory.OutputGradient.Slice(sample * units, units);
            for (int r = 0; r < rank; r++)
            {
                gamma[r] = Dot(delta, up.Slice(r * units, units));
            }
        }

        /// <summary>y ← y + α·x. The lanes run over elements, so no bit depends on the vector width.</summary>
        private static void AddScaled(T alpha, ReadOnlySpan<T> x, Span<T> y)
        {
            ref T xs = ref MemoryMarshal.GetReference(x);
            ref T ys = ref MemoryMarshal.GetReference(y);
            int i = 0;
            for (; i + Vector512<T>.Count <= y.Length; i += Vector512<T>.Count)
            {
                (Vector512.LoadUnsafe(ref ys, (nuint)i) + (Vector512.LoadUnsafe(ref xs, (nuint)i) * alpha)).StoreUnsafe(ref ys, (nuint)i);
            }

            for (; i < y.Length; i++)
            {
                y[i] += x[i] * alpha;
            }
        }

        /// <summary>Σ_k x_k·y_k, added in the order of k.</summary>
        private static T Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        {
            T sum = T.Zero;
            for (int k = 0; k < x.Length; k++)
            {
                sum += x[k] * y[k];
            }

            return sum;
        }
    }
}
