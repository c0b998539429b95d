using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Network;

/// <summary>Takes what a layer's gradient is made of: ∂C/∂W = Aᵀ·δ and ∂C/∂b = Σ_x δ.</summary>
internal interface ILayerGradients<T> where T : unmanaged
{
    /// <summary>Takes one layer. inputs: a of the layer below, [samples, inputs]; delta: [samples, units].</summary>
    void Take(int layer, Matrix<T> inputs, Matrix<T> delta);
}

/// <summary>The plain form: the gradients, stored.</summary>
internal sealed class GradientSum<T>(Parameters gradient, WorkerTeam team, MultiplicationCount? count) : ILayerGradients<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Take(int layer, Matrix<T> inputs, Matrix<T> delta)
    {
        Gemm.MultiplyTransposedLeft(team, inputs, delta, gradient.Weight<T>(layer));
        count?.AddWeightGradient(layer, (long)inputs.Columns * delta.Columns * delta.Rows);
        Elementwise.SumColumns(delta, gradient.Bias<T>(layer));
    }
}
