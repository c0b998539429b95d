using Nabla.Data.Files;
using Nabla.Models.Formats.Onnx.Reading;
using Nabla.Models.Formats.Onnx.Writing;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx;

/// <summary>
/// Models as ONNX files, for other programs to run, and networks of dense layers that other programs have exported as models.
/// </summary>
/// <remarks>
/// <para>
/// Written are operator set 17 and IR version 8, in 32-bit numbers whatever the model's precision. The graph has one input, <c>input</c> [N, inputs]: rows as the
/// network takes them, images with pixels in [0, 1]. A model of a table takes the raw cells: <c>input</c> [N, columns] where all columns are numbers or yes and no
/// (0 or 1, NaN where missing), otherwise an input [N, 1] for each column; what was learned of the columns is part of the graph. A classifier with one output a class gives <c>label</c> [N] (the index of the first
/// largest output, 64-bit) and <c>probabilities</c> [N, classes]; any other model gives <c>outputs</c> [N, outputs]. The metadata holds the class names as a
/// JSON array (<c>classes</c>) and what a model file of Nabla holds beside the tensors (<c>nabla</c>, <c>model</c>), from which <see cref="Load"/> makes
/// the same model again.
/// </para>
/// <para>
/// Read is what computes the same as a network of Nabla: a chain of dense layers, each with its activation, with scaling by constants before,
/// between or inside them. Everything else is refused with the node and the reason, never approximated.
/// </para>
/// </remarks>
public static class OnnxFile
{
    /// <summary>Longer files are refused: the largest network in double precision takes 1 GiB.</summary>
    private const long MaximumLength = (1L << 30) + (1L << 26);

    /// <summary>Writes a model, whole or not at all. The same model gives the same bytes.</summary>
    /// <exception cref="ArgumentException">A parameter, the softmax constant or a target is beyond the range of 32-bit numbers.</exception>
    public static void Save(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var export = new OnnxExport(model);
        AtomicFile.Write(path, export.Write);
    }

    /// <summary>Reads a network of dense layers as a model.</summary>
    /// <remarks>
    /// In single precision if all of its numbers are, and none had to be computed from others; otherwise in double. Softmax and sigmoid outputs make a
    /// classifier, whose classes are named as the file names them or numbered; a single sigmoid output tells class 1 from class 0. Other outputs make a regression.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its graph is more than a chain of dense layers; the message names the place and the reason.</exception>
    public static Model Load(string path, NetworkChoices? choices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = FormatFiles.ReadAll(path, MaximumLength, "an ONNX file");
        OnnxModel file = new OnnxParser(path, bytes).Parse();
        return new OnnxModelBuilder(path, file, bytes.Length, choices ?? NetworkChoices.BuiltIn).Build();
    }
}
