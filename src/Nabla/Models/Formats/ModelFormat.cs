using Nabla.Choices;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats;

/// <summary>A file format for models: how its files are recognised, read and written.</summary>
public abstract record ModelFormat : IChoice<ModelFormat>
{
    /// <summary>The number of first bytes that <see cref="Recognizes"/> looks at.</summary>
    public const int StartLength = 9;

    /// <inheritdoc/>
    public abstract Choice<ModelFormat> Row { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Values => [];

    /// <summary>The name, as in <c>nabla export --to onnx</c>.</summary>
    public string Name => Row.Name;

    /// <summary>The files that can be read, for messages: <c>an ONNX graph of dense layers</c>.</summary>
    public abstract string Readable { get; }

    /// <summary>The file name endings that belong to this format alone, such as <c>.onnx</c>. None for <c>.json</c>, which many formats share.</summary>
    public abstract IReadOnlyList<string> Endings { get; }

    /// <summary>What the format can hold, in a few words, where that is not every model; otherwise null.</summary>
    public abstract string? Limits { get; }

    /// <summary>Whether a file that starts with these bytes may be of this format.</summary>
    /// <param name="start">The first <see cref="StartLength"/> bytes; fewer where the file is shorter.</param>
    public abstract bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choices">The layers, activations and costs that the model may use; null for the built-in ones.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not hold a model in this format; the message says what is wrong and where.</exception>
    public abstract Model Load(string path, NetworkChoices? choices = null);

    /// <summary>Writes a model, whole or not at all.</summary>
    /// <exception cref="ArgumentException">The format cannot hold this model; the message says why.</exception>
    public abstract void Save(Model model, string path);

    /// <summary>A warning about a model that the format can hold but with which other programs will compute less exactly; or null.</summary>
    public virtual string? Warning(Model model) => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
