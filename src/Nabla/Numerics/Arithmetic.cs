using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>What this process computes with. Only the speed depends on it: no bit of a result does.</summary>
/// <remarks>
/// A program that is published ahead of time (<c>PublishAot</c>) uses only the instructions that it was compiled for, whatever the
/// processor has. On x64 .NET's own choice has no fused multiply-add. The package Nabla therefore sets <c>IlcInstructionSet</c> to
/// <c>x86-64-v3</c> where a project has not set it.
/// </remarks>
public static class Arithmetic
{
    private static readonly Lazy<bool> Notice = new(() =>
    {
        Trace.TraceWarning($"Nabla: {Description}, some 30 times slower. {Remedy}");
        return true;
    });

    /// <summary>Bits of the vectors: 512, 256 or 128.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>
    /// Whether a fused multiply-add is computed in software: the processor does not have the instruction, or the program was compiled
    /// ahead of time without it. The results have the same bits, but training is some 30 times slower.
    /// </summary>
    /// <remarks>
    /// In a program compiled ahead of time <see cref="Fma.IsSupported"/> may ask the processor at run time, while the code that was
    /// compiled does without. There the vectors of 256 bits tell: they come with the same set of instructions (x86-64-v3).
    /// </remarks>
    public static bool IsEmulated =>
        RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.X86) ? !Vector128.IsHardwareAccelerated
        : RuntimeFeature.IsDynamicCodeCompiled ? !Fma.IsSupported
        : !Vector256.IsHardwareAccelerated;

    /// <summary>One line, such as "512-bit vectors" or "128-bit vectors, fused multiply-add emulated in software".</summary>
    public static string Description => IsEmulated ? $"{VectorBits}-bit vectors, fused multiply-add emulated in software" : $"{VectorBits}-bit vectors";

    /// <summary>What to do where fused multiply-adds are emulated.</summary>
    internal static string Remedy => RuntimeFeature.IsDynamicCodeCompiled
        ? "The processor has no fused multiply-add, or its use is switched off."
        : "Publish with -p:IlcInstructionSet=x86-64-v3 (or native, for this machine alone).";

    /// <summary>Writes one trace warning per process where fused multiply-adds are emulated.</summary>
    internal static void WarnIfEmulated()
    {
        if (IsEmulated)
        {
            _ = Notice.Value;
        }
    }
}
