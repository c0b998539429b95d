namespace Nabla.Models;

/// <summary>What a model says about a sample.</summary>
/// <param name="Class">The class, 0-based; −1 where the outputs are a code that is no class (binary targets), and for regression.</param>
/// <param name="ClassName">The name of the class, or null where there is none.</param>
/// <param name="Confidence">One-hot targets: the output of the class. Binary targets: the product of a or 1 − a over the bits, whichever is on the code's side. Null for regression.</param>
/// <param name="Outputs">Every output, [outputs].</param>
public sealed record Prediction(int Class, string? ClassName, double? Confidence, IReadOnlyList<double> Outputs)
{
    /// <summary>Whether the outputs are a code that is no class.</summary>
    public bool IsRejected => Class < 0 && Confidence is not null;
}
