using System.CommandLine;
using Nabla.Choices;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Registries;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla export MODEL --to FORMAT FILE</c>: writes a model in another format.</summary>
internal static class ExportCommand
{
    public static Command Create() => Create(ModelFormats.BuiltIn);

    public static Command Create(Registry<ModelFormat> formats)
    {
        Argument<string> model = ModelArgument.Create();
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var format = new Option<string>("--to")
        {
            Description = string.Join("; ", formats.Formats.Select(known => $"{known.Name}: {known.Row.Summary}{(known.Limits is { } limits ? $" ({limits})" : "")}")),
            Required = true,
            HelpName = string.Join('|', formats.Names),
        };
        Option<bool> force = OutputFile.CreateForce();
        var command = new DocumentedCommand(
            "export",
            "Write a model in another format.",
            "nabla export runs/first --to onnx model.onnx",
            "nabla export model.safetensors --to network2 network.json --force")
        { model, file, format, force };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(model), Parse(formats, parsed.GetRequiredValue(format)), parsed.GetRequiredValue(file), parsed.GetValue(force)));
        return command;
    }

    private static ModelFormat Parse(Registry<ModelFormat> formats, string name) => formats.Find(name)?.Create()
        ?? throw new UsageException($"--to {name}: expected {string.Join(", ", formats.Names.SkipLast(1))} or {formats.Names.Last()}.");

    private static int Run(string path, ModelFormat format, string file, bool force)
    {
        Model model = ModelArgument.Load(path);
        OutputFile.Require(file, force);
        format.Save(model, file);
        if (format.Warning(model) is { } warning)
        {
            Console.Error.WriteLine($"nabla: {warning}");
        }

        Screen.Line($"{file}: {format}, {Figures.Count(model.Parameters.Count)} parameters, {Figures.Count(new FileInfo(file).Length)} bytes");
        return ExitCodes.Done;
    }
}
