using System.CommandLine;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Models;
using Nabla.Models.Formats;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla import FILE</c>: a network of another program as a Nabla model.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An ONNX graph of dense layers, network2 JSON, or safetensors with layers.0.weight, layers.0.bias, …" };
        var output = new Option<string?>("--out") { Description = "The model to write [default: FILE with the ending .safetensors]", HelpName = "MODEL.safetensors" };
        var foreign = new ForeignNetworkOptions();
        Option<bool> force = OutputFile.CreateForce();
        var command = new DocumentedCommand(
            "import",
            "Makes a Nabla model of a network that another program has written.",
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
            throw new UsageException($"{file} would be written over itself. Name the model to write with --out.");
        }

        OutputFile.Require(target, force);
        Model model = IsOnnx(file) ? loadOnnx(file) : IsJson(file) ? Network2Json.Load(file) : loadWeights(file);
        model.Save(target);
        string sizes = string.Join("-", model.Architecture.Layers.Select(layer => layer.Units).Prepend(model.Architecture.Inputs));
        Screen.Line($"{target}: {sizes}, {Figures.Count(model.Parameters.Count)} parameters, cost {OptionNames.Of(model.Architecture.Cost)}");
        Screen.Line($"weights_sha256 {model.WeightsSha256}");
        return ExitCodes.Done;
    }

    /// <summary>ONNX is told by its ending, or by its first field, the IR version; safetensors may start with the same byte, but its ninth is a brace.</summary>
    private static bool IsOnnx(string path)
    {
        const byte IrVersionTag = 0x08;
        if (Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using FileStream file = OrdinaryFile.OpenRead(path, "a file of safetensors, ONNX or network2");
        Span<byte> start = stackalloc byte[9];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[0] == IrVersionTag && start[8] != '{';
    }

    /// <summary>JSON starts with a brace; safetensors with the length of its header, whose first byte may be a brace too, but then the ninth is one as well.</summary>
    private static bool IsJson(string path)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "a file of safetensors, ONNX or network2");
        Span<byte> start = stackalloc byte[9];
        int got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> text = start[..got].TrimStart(" \t\r\n\uFEFF"u8);
        return !text.IsEmpty && text[0] == '{' && !(got == 9 && start[8] == '{' && start[4..8].IndexOfAnyExcept((byte)0) < 0);
    }
}
