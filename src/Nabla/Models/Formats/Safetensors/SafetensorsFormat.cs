using Nabla.Choices;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Nabla's own format: see <see cref="ModelFile"/>.</summary>
public sealed record SafetensorsFormat : ModelFormat
{
    /// <summary>The row of this format.</summary>
    public static Choice<ModelFormat> Choice { get; } = new(
        "safetensors", "tensors layers.0.weight … as PyTorch and others read them", _ => new SafetensorsFormat());

    /// <inheritdoc/>
    public override Choice<ModelFormat> Row => Choice;

    /// <inheritdoc/>
    public override string Readable => "safetensors with layers.0.weight, layers.0.bias, …";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Endings => [".safetensors"];

    /// <inheritdoc/>
    public override string? Limits => null;

    /// <summary>The length of the header, whose upper four bytes are 0 in every real file, then the brace that opens the header.</summary>
    public override bool Recognizes(ReadOnlySpan<byte> start) => start is [_, _, _, _, 0, 0, 0, 0, (byte)'{'];

    /// <inheritdoc/>
    public override Model Load(string path, NetworkChoices? choices = null) => Model.Load(path, choices);

    /// <inheritdoc/>
    public override void Save(Model model, string path) => model.Save(path);
}
