using System.Buffers.Binary;
using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>A node of a graph.</summary>
/// <param name="File">The file, for messages.</param>
/// <param name="Index">Its index in the file, 0-based.</param>
internal sealed record OnnxNode(string File, int Index)
{
    /// <summary>The longest list of whole numbers: such lists are axes, sizes and class labels.</summary>
    private const int MaximumIntegers = 1 << 16;

    public string Name { get; set; } = "";

    public string Operator { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the operator is of ONNX itself and not of an extension.</summary>
    public bool IsStandard => Domain is "" or "ai.onnx";

    /// <summary>Whether the operator is of the extension for classical machine learning.</summary>
    public bool IsMachineLearning => Domain == "ai.onnx.ml";

    /// <summary>An error with the place of this node.</summary>
    public InvalidDataException Refuse(string reason) => new(
        $"{File}: node {Index.ToString(CultureInfo.InvariantCulture)} {(Name.Length > 0 ? OnnxText.Quote(Name) + " " : "")}({OnnxText.Quote(Operator)[1..^1]}): {reason}");

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public long Integer(string name, long otherwise) => Find(name, OnnxAttributeType.Integer)?.Integer ?? otherwise;

    public float Real(string name, float otherwise) => Find(name, OnnxAttributeType.Real)?.Real ?? otherwise;

    public string Text(string name, string otherwise) => Find(name, OnnxAttributeType.Text)?.Text ?? otherwise;

    public OnnxTensor? Tensor(string name) => Find(name, OnnxAttributeType.Tensor)?.Tensor;

    public IReadOnlyList<string> Texts(string name) => Find(name, OnnxAttributeType.Texts)?.Texts ?? [];

    /// <summary>The whole numbers of an attribute, or null where it is missing.</summary>
    public long[]? Integers(string name)
    {
        try
        {
            return Find(name, OnnxAttributeType.Integers)?.Integers.ReadVarints(MaximumIntegers);
        }
        catch (InvalidDataException e)
        {
            throw Refuse($"the attribute {name}: {e.Message}.");
        }
    }

    /// <summary>The real numbers of an attribute; none where it is missing.</summary>
    public double[] Reals(string name)
    {
        ReadOnlySpan<byte> bytes = Find(name, OnnxAttributeType.Reals) is { } found ? found.Reals.Bytes : [];
        if (bytes.Length % sizeof(float) != 0)
        {
            throw Refuse($"the attribute {name} is cut off.");
        }

        double[] reals = new double[bytes.Length / sizeof(float)];
        for (int i = 0; i < reals.Length; i++)
        {
            reals[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return reals;
    }

    private OnnxAttribute? Find(string name, OnnxAttributeType type)
    {
        OnnxAttribute? found = Attributes.GetValueOrDefault(name);
        return found is null || found.Type == type || found.Type == OnnxAttributeType.None
            ? found
            : throw Refuse($"the attribute {name} is of type {found.Type}; expected {type}.");
    }
}
