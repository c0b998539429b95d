using Nabla.Data.Files;
using Nabla.Models.Formats.Onnx.Reading;
using Nabla.Models.Formats.Onnx.Writing;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx;

/// <summary>
/// Writes models as ONNX files for other programs, and reads networks of dense layers that other programs exported.
/// </summary>
/// <remarks>
/// <para>
/// Files have operator set 17, IR version 8 and 32-bit numbers, whatever the model's precision. The graph has one input,
/// <c>input</c> [N, inputs]: the network's inputs, for images pixels in [0, 1]. A table model takes raw cells: <c>input</c> [N, columns]
/// where all columns are numeric or boolean (0 or 1, NaN where missing), otherwise an input [N, 1] for each column; the graph encodes
/// them. A classifier with one output per class has the outputs <c>label</c> [N] (the index of the first largest output, 64-bit) and
/// <c>probabilities</c> [N, classes]; every other model has <c>outputs</c> [N, outputs]. The metadata holds the class names as a JSON
/// array (<c>classes</c>) and the metadata of a Nabla model file (<c>nabla</c>, <c>model</c>), from which <see cref="Load"/> restores the
/// same model.
/// </para>
/// <para>
/// Graphs can be read if they compute a network of Nabla: a chain of dense layers, each with its activation, with scaling by constants
/// before, between or inside them. Every other graph is refused with the node and the reason, and is never approximated.
/// </para>
/// </remarks>
public static class OnnxFile
{
    /// <summary>The longest file that is read: the largest network in double precision takes 1 GiB.</summary>
    private const long MaximumLength = (1L << 30) + (1L << 26);

    /// <summary>Writes a model, whole or not at all. The same model gives the same bytes.</summary>
    /// <exception cref="ArgumentException">A parameter, the softmax constant or a target is out of the range of 32-bit numbers.</exception>
    public static void Save(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var export = new OnnxExport(model);
        AtomicFile.Write(path, export.Write);
    }

    /// <summary>Reads a network of dense layers as a model.</summary>
    /// <remarks>
    /// The model has single precision if all parameters are 32-bit numbers of the file, and double precision if one is 64-bit or computed.
    /// Softmax and sigmoid outputs make a classifier with the class names of the file, or numbers; a single sigmoid output separates class
    /// 1 from class 0. Other outputs make a regression.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its graph is not a chain of dense layers; the message has the place and the reason.</exception>
    public static Model Load(string path, NetworkChoices? choices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = FormatFiles.ReadAll(path, MaximumLength, "an ONNX file");
        OnnxModel file = new OnnxParser(path, bytes).Parse();
        return new OnnxModelBuilder(path, file, bytes.Length, choices ?? NetworkChoices.BuiltIn).Build();
    }
}
