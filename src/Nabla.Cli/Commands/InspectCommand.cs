using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Reports;
using Nabla.Models.Formats.Safetensors;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla inspect MODEL</c>: shows a model file.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create("A model file, a run folder, or any safetensors file");
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output" };
        var command = new DocumentedCommand(
            "inspect",
            "Show the layers, parameters and classes of a model, and how it was trained.",
            "nabla inspect runs/first",
            "nabla inspect model.safetensors --json")
        { model, json };
        command.SetAction(parsed => Run(ModelArgument.Locate(parsed.GetRequiredValue(model)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        using SafetensorsReader file = SafetensorsReader.Open(path);
        if (file.Metadata.ContainsKey("nabla"))
        {
            var description = new ModelDescription(path, Model.Load(path));
            Show(json, description.WriteJson, description.Print);
        }
        else
        {
            var list = new TensorList(path, file.Metadata, file.Tensors);
            Show(json, list.WriteJson, list.Print);
        }

        return ExitCodes.Done;

        void Show(bool asJson, Action<System.Text.Json.Utf8JsonWriter> write, Action print)
        {
            if (asJson)
            {
                JsonLines.Write(write);
            }
            else
            {
                print();
            }
        }
    }
}
