using Nabla.Data.Tables.Schema;

namespace Nabla.Models.Content;

/// <summary>A model without its parameters, as the metadata of a model file describes it.</summary>
internal sealed record ModelDocument
{
    public required NetworkOptions Network { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    public ImageShape? Image { get; init; }

    public TargetCoding Targets { get; init; }

    public TableSchema? Columns { get; init; }

    public ModelFacts Facts { get; init; } = new();

    /// <exception cref="ArgumentException">The parts do not match; the message says why.</exception>
    public void Validate() => ModelValidation.Check(Network, Classes, Image, Targets, Columns);
}
