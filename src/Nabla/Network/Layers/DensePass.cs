using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;

namespace Nabla.Network.Layers;

/// <summary>Forward Z = X·W + b; backward ∂C/∂X = δ·Wᵀ; gradient ∂C/∂W = Xᵀ·δ, ∂C/∂b = Σ_x δ. W is [in, out] here.</summary>
internal sealed class DensePass<T> : TransformPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ShardedProduct<T>? sharded;

    public override void Forward(in LayerMemory<T> memory) => throw new NotSupportedException("A dense layer runs with its epilogue.");

    public override void Backward(in LayerMemory<T> memory) => Backward(memory, null);

    public override void SumGradient(in LayerMemory<T> memory, int start, int end)
    {
        Matrix<T> inputs = memory.InputMatrix.Numbers.Slice(start, end - start), delta = memory.OutputGradientMatrix.Slice(start, end - start);
        Gemm.MultiplyTransposedLeft(memory.Team, inputs, delta, memory.Gradient!.Weight<T>(memory.Number));
        Elementwise.SumColumns(delta, memory.Gradient.Bias<T>(memory.Number));
    }

    internal override void Forward(in LayerMemory<T> memory, StageEpilogue<T> epilogue) =>
        memory.InputMatrix.Multiply(memory.Team, memory.Parameters.Weight<T>(memory.Number), memory.OutputMatrix, epilogue);

    internal override void Backward(in LayerMemory<T> memory, SlopeEpilogue<T>? epilogue) =>
        Gemm.MultiplyTransposedRight(memory.Team, memory.OutputGradientMatrix, memory.Parameters.Weight<T>(memory.Number), memory.InputGradientMatrix, epilogue);

    internal override void SumGradient(in LayerMemory<T> memory, ShardTree<T> tree)
    {
        Matrix<T> delta = memory.OutputGradientMatrix;
        sharded ??= new ShardedProduct<T>(tree.Shards);
        sharded.Run(memory.Team, memory.InputMatrix.Numbers, delta, memory.Gradient!.Weight<T>(memory.Number));
        Span<T> bias = memory.Gradient.Bias<T>(memory.Number);
        tree.Begin(bias.Length);
        for (int shard = 0; shard < tree.Shards; shard++)
        {
            (int start, int end) = tree.Samples(shard, memory.Samples);
            Elementwise.SumColumns(delta.Slice(start, end - start), bias);
            tree.Add(bias);
        }

        tree.CopyTo(bias);
    }
}
