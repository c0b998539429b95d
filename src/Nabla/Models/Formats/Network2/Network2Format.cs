using Nabla.Choices;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Network2;

/// <summary>The format of the book's own programs: see <see cref="Network2Json"/>.</summary>
public sealed record Network2Format : ModelFormat
{
    /// <summary>The row of this format.</summary>
    public static Choice<ModelFormat> Choice { get; } = new("network2", "the JSON of the book's programs", _ => new Network2Format());

    /// <inheritdoc/>
    public override Choice<ModelFormat> Row => Choice;

    /// <inheritdoc/>
    public override string Readable => "network2 JSON, one object with sizes, weights and biases";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Endings => [];

    /// <inheritdoc/>
    public override string? Limits => "sigmoid layers with cross-entropy or quadratic cost only";

    /// <summary>A brace, perhaps behind white space and a byte order mark.</summary>
    public override bool Recognizes(ReadOnlySpan<byte> start) => start.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..];

    /// <inheritdoc/>
    public override Model Load(string path, NetworkChoices? choices = null) => Network2Json.Load(path);

    /// <inheritdoc/>
    public override void Save(Model model, string path) => Network2Json.Save(model, path);
}
