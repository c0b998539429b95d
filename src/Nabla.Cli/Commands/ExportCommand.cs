using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Data.Tables.Schema;
using Nabla.Models;
using Nabla.Models.Formats.Network2;
using Nabla.Models.Formats.Onnx;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla export MODEL --to FORMAT FILE</c>: writes a model in another format.</summary>
internal static class ExportCommand
{
    private const string Safetensors = "safetensors";
    private const string Network2 = "network2";
    private const string Onnx = "onnx";

    /// <summary>Half a unit in the last place of a 24-bit significand.</summary>
    private const double SingleRounding = 1.0 / (1 << 24);

    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var format = new Option<string>("--to")
        {
            Description = $"{Onnx}: a graph for other programs, with label and probabilities as outputs; {Safetensors}: tensors layers.0.weight … for PyTorch and others; {Network2}: the JSON of the book's programs, for sigmoid layers with cross-entropy or quadratic cost",
            Required = true,
            HelpName = $"{Onnx}|{Safetensors}|{Network2}",
        };
        Option<bool> force = OutputFile.CreateForce();
        var command = new DocumentedCommand(
            "export",
            "Write a model in another format.",
            "nabla export runs/first --to onnx model.onnx",
            "nabla export model.safetensors --to network2 network.json --force")
        { model, file, format, force };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(model), parsed.GetRequiredValue(format), parsed.GetRequiredValue(file), parsed.GetValue(force)));
        return command;
    }

    /// <summary>
    /// Numeric columns in which rounding a cell to 32 bits can change it by more than 1e-5 of the scale.
    /// </summary>
    private static string Coarse(Model model) => string.Join(", ", (model.Columns?.Inputs ?? [])
        .Where(column => column.Kind == ColumnKind.Numeric && Math.Abs(column.Center) * SingleRounding > 1e-5 * column.Scale && column.Scale > 0)
        .Select(column => $"'{column.Name}'"));

    private static int Run(string path, string format, string file, bool force)
    {
        Action<Model, string> save = format switch
        {
            Onnx => OnnxFile.Save,
            Safetensors => (model, target) => model.Save(target),
            Network2 => Network2Json.Save,
            _ => throw new UsageException($"--to {format}: expected {Onnx}, {Safetensors} or {Network2}."),
        };
        Model model = ModelArgument.Load(path);
        OutputFile.Require(file, force);
        save(model, file);
        if (format == Onnx && Coarse(model) is { Length: > 0 } coarse)
        {
            Console.Error.WriteLine($"nabla: the graph takes numbers of 32 bits. The values of {coarse} lie much further from 0 than from each other, so predictions can differ from Nabla's by more than 1e-5: subtract a constant in the data before training.");
        }

        Screen.Line($"{file}: {format}, {Figures.Count(model.Parameters.Count)} parameters, {Figures.Count(new FileInfo(file).Length)} bytes");
        return ExitCodes.Done;
    }
}
