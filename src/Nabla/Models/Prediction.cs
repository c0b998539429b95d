namespace Nabla;

/// <summary>A prediction for one sample.</summary>
/// <param name="Class">The class, 0-based; −1 for regression, and where the outputs are a code without a class (binary targets).</param>
/// <param name="ClassName">The name of the class, or null where there is none.</param>
/// <param name="Confidence">One-hot targets: the output of the class. Binary targets: over the bits, the product of a for a 1 and 1 − a for a 0. Null for regression.</param>
/// <param name="Outputs">Every output, [outputs].</param>
public sealed record Prediction(int Class, string? ClassName, double? Confidence, IReadOnlyList<double> Outputs)
{
    /// <summary>Whether the outputs are a code without a class.</summary>
    public bool IsRejected => Class < 0 && Confidence is not null;
}
