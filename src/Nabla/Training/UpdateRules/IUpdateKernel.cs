using System.Runtime.Intrinsics;

namespace Nabla.Training.UpdateRules;

/// <summary>An update rule over one vector of parameters. A struct: the loop around it is compiled for it alone.</summary>
/// <remarks>The vectors always have 512 bits. The JIT splits them where the machine has narrower ones, and the bits are the same.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IUpdateKernel<T> where T : unmanaged
{
    /// <summary>How many moments the rule keeps. A constant to the compiler, which leaves the others out.</summary>
    static abstract int Moments { get; }

    /// <summary>One update in place.</summary>
    /// <param name="w">The parameters; already decayed where the rule decouples the decay.</param>
    /// <param name="g">The gradient of the regularised mean cost.</param>
    /// <param name="first">The first moment.</param>
    /// <param name="second">The second moment.</param>
    void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second);
}

/// <summary>An update rule that takes the gradient as the sum over the mini-batch and applies penalties itself.</summary>
internal interface ISumKernel<TVector> where TVector : struct
{
    static abstract int Moments { get; }

    /// <summary>One update. w: parameters, sum: gradient summed over the mini-batch, first and second: moments.</summary>
    void Update(ref TVector w, TVector sum, ref TVector first, ref TVector second);
}
