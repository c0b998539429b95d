using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>Plain SGD on a layer's weights by the product Xᵀ·δ, whose tiles never leave the registers.</summary>
internal static class FusedSgd
{
    /// <summary>Updates rows [first, end) of the weights. inputs: [samples, in], numbers or bytes; delta: [samples, out]; weights: [in, out].</summary>
    /// <returns>Whether they are all finite then.</returns>
    public static bool Run<T, TInput>(in UpdateStep step, Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights)
        where T : unmanaged
        where TInput : unmanaged => step.L1 == 0
        ? Run<T, TInput, False>(step, inputs, delta, first, end, weights)
        : Run<T, TInput, True>(step, inputs, delta, first, end, weights);

    private static bool Run<T, TInput, TL1>(in UpdateStep step, Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights)
        where T : unmanaged
        where TInput : unmanaged
        where TL1 : struct, IBoolConstant
    {
        if (Vector512.IsHardwareAccelerated && weights.Columns >= Vector512<T>.Count)
        {
            return Run<T, TInput, Vector512<T>, Lanes512<T>, TL1>(step, inputs, delta, first, end, weights);
        }

        return Vector256.IsHardwareAccelerated && weights.Columns >= Vector256<T>.Count
            ? Run<T, TInput, Vector256<T>, Lanes256<T>, TL1>(step, inputs, delta, first, end, weights)
            : Run<T, TInput, Vector128<T>, Lanes128<T>, TL1>(step, inputs, delta, first, end, weights);
    }

    private static bool Run<T, TInput, TVector, TLanes, TL1>(in UpdateStep step, Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights)
        where T : unmanaged
        where TInput : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TL1 : struct, IBoolConstant
    {
        var tiles = new InPlaceEpilogue<T, TVector, TLanes, Sgd<T, TVector, TLanes, TL1>>(weights, new(step));
        TileFusedGemm.Run<T, TVector, TLanes, TInput, InPlaceEpilogue<T, TVector, TLanes, Sgd<T, TVector, TLanes, TL1>>>(inputs, delta, first, end, ref tiles);
        weights.KeepAlive();
        return tiles.IsFinite;
    }
}
