using Nabla.Choices;
using Nabla.Data.Tables.Schema;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx;

/// <summary>Graphs that other programs run: see <see cref="OnnxFile"/>.</summary>
public sealed record OnnxFormat : ModelFormat
{
    /// <summary>Half a unit in the last place of 24 bits.</summary>
    private const double SingleRounding = 1.0 / (1 << 24);

    /// <summary>The row of this format.</summary>
    public static Choice<ModelFormat> Choice { get; } = new(
        "onnx", "a graph that other programs run, with label and probabilities as outputs", _ => new OnnxFormat());

    /// <inheritdoc/>
    public override Choice<ModelFormat> Row => Choice;

    /// <inheritdoc/>
    public override string Readable => "an ONNX graph of dense layers";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Endings => [".onnx"];

    /// <inheritdoc/>
    public override string? Limits => "32-bit numbers only";

    /// <summary>The first field of the file, the IR version. Four zeros in a row cannot follow in protobuf: they are the header length of safetensors.</summary>
    public override bool Recognizes(ReadOnlySpan<byte> start)
    {
        const byte IrVersionTag = 0x08;
        return start is [IrVersionTag, _, _, _, _, _, _, _, _] and not [_, _, _, _, 0, 0, 0, 0, _];
    }

    /// <inheritdoc/>
    public override Model Load(string path, NetworkChoices? choices = null) => OnnxFile.Load(path, choices);

    /// <inheritdoc/>
    public override void Save(Model model, string path) => OnnxFile.Save(model, path);

    /// <inheritdoc/>
    public override string? Warning(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        string[] coarse = [.. (model.Columns?.Inputs ?? []).Where(IsCoarse).Select(column => $"'{column.Name}'")];
        return coarse.Length == 0
            ? null
            : $"ONNX graphs take 32-bit numbers. The values of {string.Join(", ", coarse)} are so far from 0, compared with their spread, that predictions can differ from Nabla's by more than 1e-5. Subtract a constant in the data before training.";
    }

    /// <summary>Whether a 32-bit cell of a column is off by more than 1e-5 of the column's scale.</summary>
    private static bool IsCoarse(InputColumn column) =>
        column.Kind == ColumnKind.Numeric && column.Scale > 0 && Math.Abs(column.Center) * SingleRounding > 1e-5 * column.Scale;
}
