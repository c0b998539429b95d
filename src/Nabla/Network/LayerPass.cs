using System.Numerics;

namespace Nabla.Network;

/// <summary>The code that runs a layer over a mini-batch in one precision: a <see cref="TransformPass{T}"/> or an <see cref="ElementwisePass{T}"/>. Running it allocates nothing.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class LayerPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected LayerPass()
    {
    }
}

/// <summary>A layer whose outputs lie in memory of their own: it may change the shape and may have tensors.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class TransformPass<T> : LayerPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes the outputs from the inputs.</summary>
    public abstract void Forward(in LayerMemory<T> memory);

    /// <summary>Writes ∂C/∂inputs from ∂C/∂outputs, after the forward pass of the same mini-batch.</summary>
    public abstract void Backward(in LayerMemory<T> memory);

    /// <summary>Writes Σ_x ∂C_x/∂tensor over samples [<paramref name="start"/>, <paramref name="end"/>) for each trained tensor, added in the order of the samples.</summary>
    public virtual void SumGradient(in LayerMemory<T> memory, int start, int end)
    {
    }

    /// <summary>Writes the gradient of each trained tensor as the sum of the parts of a mini-batch, in the tree's order.</summary>
    internal virtual void SumGradient(in LayerMemory<T> memory, ShardTree<T> tree)
    {
        Span<T> gradient = memory.LayerGradient;
        tree.Begin(gradient.Length);
        for (int shard = 0; shard < tree.Shards; shard++)
        {
            (int start, int end) = tree.Samples(shard, memory.Samples);
            SumGradient(memory, start, end);
            tree.Add(gradient);
        }

        tree.CopyTo(gradient);
    }

    /// <summary>The forward pass with a continuation for finished blocks of the outputs.</summary>
    internal virtual void Forward(in LayerMemory<T> memory, StageEpilogue<T> epilogue)
    {
        Forward(memory);
        epilogue.ApplyToAll(memory.Samples);
    }

    /// <summary>The backward pass with a continuation for finished blocks of ∂C/∂inputs.</summary>
    internal virtual void Backward(in LayerMemory<T> memory, SlopeEpilogue<T>? epilogue)
    {
        Backward(memory);
        epilogue?.ApplyToAll(memory.Samples);
    }
}

/// <summary>A layer that works in place on what the layer before it has written, each value by itself.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ElementwisePass<T> : LayerPass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns values x into f(x) in place, and multiplies the slopes of the layers before by f′(x).</summary>
    /// <param name="values">[samples, units], row after row.</param>
    /// <param name="slopes">As many slopes, or none where no backward pass follows.</param>
    /// <param name="units">Units of a sample.</param>
    /// <param name="isFirst">Whether the slopes are yet to be written, because no elementwise layer stands before this one.</param>
    /// <param name="context">What the pass is for.</param>
    public abstract void Apply(Span<T> values, Span<T> slopes, int units, bool isFirst, in PassContext context);
}
