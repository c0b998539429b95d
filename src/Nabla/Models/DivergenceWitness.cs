using System.Globalization;

namespace Nabla.Models;

/// <summary>Passes events on, and remembers where a training diverged.</summary>
internal sealed class DivergenceWitness(IProgress<TrainingEvent>? next) : IProgress<TrainingEvent>
{
    private TrainingDiverged? divergence;

    /// <summary>Where and why the training diverged.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"The training diverged in epoch {divergence?.Epoch}, mini-batch {divergence?.Batch}, layer {divergence?.Layer}. {divergence?.Cause}");

    /// <inheritdoc/>
    public void Report(TrainingEvent value)
    {
        divergence = value as TrainingDiverged ?? divergence;
        next?.Report(value);
    }
}
