using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>A function of single units, written for one full vector. A struct: the loop around it is compiled for it alone.</summary>
/// <remarks>The vectors always have 512 bits. The JIT splits them where the machine has narrower ones, and the bits are the same.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IActivationKernel<T> : IVectorFunction<T> where T : unmanaged
{
    /// <summary>f(z) and f′(z).</summary>
    (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> z);
}
