using System.CommandLine;
using System.Text;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Data.Files;
using Nabla.Models;
using Nabla.Models.Formats.Network2;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla import FILE</c>: turns a network of another program into a Nabla model.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An ONNX graph of dense layers, network2 JSON, or safetensors with layers.0.weight, layers.0.bias, …" };
        var output = new Option<string?>("--out") { Description = "The model to write [default: FILE with the extension .safetensors]", HelpName = "MODEL.safetensors" };
        var foreign = new ForeignNetworkOptions();
        Option<bool> force = OutputFile.CreateForce();
        var command = new DocumentedCommand(
            "import",
            "Turn a network of another program into a Nabla model.",
            "nabla import network.onnx --out model.safetensors",
            "nabla import weights.safetensors --activation relu --output softmax --out model.safetensors")
        { file, output };
        foreign.AddTo(command);
        command.Options.Add(force);
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(output), parsed.GetValue(force), path => foreign.Load(path, parsed), path => foreign.LoadOnnx(path, parsed)));
        return command;
    }

    private static int Run(string file, string? output, bool force, Func<string, Model> loadWeights, Func<string, Model> loadOnnx)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"{file}: no such file. Expected ONNX, network2 JSON or safetensors.");
        }

        string target = output ?? Path.ChangeExtension(file, ".safetensors");
        if (Path.GetFullPath(target) == Path.GetFullPath(file))
        {
            throw new UsageException($"{file} would be overwritten by its own import. Name another file with --out.");
        }

        OutputFile.Require(target, force);
        Model model = FormatOf(file) switch
        {
            Format.Onnx => loadOnnx(file),
            Format.Network2 => Network2Json.Load(file),
            _ => loadWeights(file),
        };
        model.Save(target);
        string sizes = string.Join("-", model.Architecture.Sizes);
        Screen.Line($"{target}: {sizes}, {Figures.Count(model.Parameters.Count)} parameters, cost {model.Architecture.Cost}");
        Screen.Line($"weights_sha256 {model.WeightsSha256}");
        return ExitCodes.Done;
    }

    /// <summary>
    /// By the extensions .onnx and .safetensors, so that errors in a damaged file name its format; otherwise by its
    /// first bytes:
    /// safetensors starts with the length of its header, which is far below 2³², and a brace; ONNX with its first
    /// field, the IR version; JSON with a brace.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has none of these formats.</exception>
    private static Format FormatOf(string path)
    {
        const byte IrVersionTag = 0x08;
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".ONNX":
                return Format.Onnx;
            case ".SAFETENSORS":
                return Format.Safetensors;
        }

        using FileStream file = OrdinaryFile.OpenRead(path, "a file of safetensors, ONNX or network2");
        Span<byte> first = stackalloc byte[9];
        ReadOnlySpan<byte> start = first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)], text = start.TrimStart(" \t\r\n\uFEFF"u8);
        return start is [_, _, _, _, 0, 0, 0, 0, (byte)'{'] ? Format.Safetensors
            : start is [IrVersionTag, _, _, _, _, _, _, _, _] ? Format.Onnx
            : text is [(byte)'{', ..] ? Format.Network2
            : throw new InvalidDataException(
                $"{path}: begins with {Show(start, text)}, which is not a format that import reads. Expected network2 JSON, one object {{\"sizes\":[…],…}}; an ONNX graph; or safetensors.");
    }

    /// <summary>The start of a file for messages: its text if it starts with one, otherwise its bytes.</summary>
    private static string Show(ReadOnlySpan<byte> start, ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        ReadOnlySpan<byte> shown = end < 0 ? text : text[..end];
        return shown.IsEmpty ? $"the bytes {Convert.ToHexString(start)}" : $"'{Encoding.ASCII.GetString(shown)}'";
    }

    private enum Format
    {
        Onnx,
        Network2,
        Safetensors,
    }
}
