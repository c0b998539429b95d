using System.CommandLine;
using Nabla.Choices;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Registries;
using Nabla.Models.Formats.Safetensors;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla import FILE</c>: turns a network of another program into a Nabla model.</summary>
internal static class ImportCommand
{
    public static Command Create() => Create(ModelFormats.BuiltIn);

    public static Command Create(Registry<ModelFormat> formats)
    {
        var file = new Argument<string>("FILE") { Description = $"The file to read: {string.Join("; or ", formats.Formats.Select(format => format.Readable))}" };
        var output = new Option<string?>("--out") { Description = "The model to write [default: FILE with the ending .safetensors]", HelpName = "MODEL.safetensors" };
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
        command.SetAction(parsed => Run(formats, parsed.GetRequiredValue(file), parsed.GetValue(output), parsed.GetValue(force), path => foreign.Load(path, parsed), path => foreign.LoadOnnx(path, parsed)));
        return command;
    }

    private static int Run(Registry<ModelFormat> formats, string file, string? output, bool force, Func<string, Model> loadWeights, Func<string, Model> loadOnnx)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"{file}: no such file. Expected {string.Join("; or ", formats.Formats.Select(format => format.Readable))}.");
        }

        string target = output ?? Path.ChangeExtension(file, ".safetensors");
        if (Path.GetFullPath(target) == Path.GetFullPath(file))
        {
            throw new UsageException($"{file} would be overwritten by its own import. Name another file with --out.");
        }

        OutputFile.Require(target, force);
        Model model = formats.Recognize(file) switch
        {
            OnnxFormat => loadOnnx(file),
            SafetensorsFormat => loadWeights(file),
            var other => other.Load(file),
        };
        model.Save(target);
        string sizes = string.Join("-", model.Architecture.Sizes);
        Screen.Line($"{target}: {sizes}, {Figures.Count(model.Parameters.Count)} parameters, cost {model.Architecture.Cost}");
        Screen.Line($"weights_sha256 {model.WeightsSha256}");
        return ExitCodes.Done;
    }
}
