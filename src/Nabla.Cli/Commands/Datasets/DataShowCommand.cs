using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Pictures;
using Nabla.Cli.Output.Reports;
using Nabla.Data.Augmentation;
using Nabla.Data.Files;
using Nabla.Drawing;

namespace Nabla.Cli.Commands.Datasets;

/// <summary><c>nabla data show DATA</c>: shows data.</summary>
internal static class DataShowCommand
{
    /// <summary>Images of a class on a sheet.</summary>
    private const int SheetColumns = 20;

    public static Command Create()
    {
        Option<string?> part = DataPart.CreateOption();
        var samples = new Option<int>("--samples") { Description = "Images to draw", DefaultValueFactory = _ => 3 };
        var png = new Option<string?>("--png") { Description = "Write a picture of the images or points", HelpName = "FILE" };
        var augment = new Option<string?>("--augment") { Description = "Show the images as training distorts them, such as shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4" };
        Option<bool> force = OutputFile.CreateForce();
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output" };
        var command = new DocumentedCommand(
            "show",
            "Show data: samples per class and part, shape, ranges, pictures of the training part.",
            "nabla data show mnist --png sheet.png",
            "nabla data show digits --augment rotate:15,elastic:8/4");
        var data = new DataArguments(command, null);
        var table = new TableArguments(command);
        foreach (Option option in new Option[] { part, samples, augment, png, force, json })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) =>
        {
            int drawn = parsed.GetValue(samples);
            if (drawn is < 0 or > 1000)
            {
                throw new UsageException($"--samples {drawn}: expected 0 to 1000.");
            }

            DistortionOptions? distortions = parsed.GetValue(augment) is { } text ? DistortionOptions.Parse(text) : null;
            string? file = parsed.GetValue(png);
            if (file is not null)
            {
                OutputFile.Require(file, parsed.GetValue(force));
            }

            DataRequest request = table.Apply(parsed, data.Request(parsed));
            bool isJson = parsed.GetValue(json);
            List<(string Part, Dataset Data)> parts = ReadingBar.Run(new Screen(isJson, quiet: false), request.Source, reading => Parts(request, parsed.GetValue(part), reading), cancellation);
            return Task.Run(() => Run(parts, drawn, distortions, request.Seed, file, isJson), cancellation).WaitAsync(cancellation);
        });
        return command;
    }

    /// <summary>The requested part, or all parts with the training part first.</summary>
    private static List<(string Part, Dataset Data)> Parts(DataRequest request, string? part, IProgress<double>? reading)
    {
        if (part is not null)
        {
            (Dataset data, string name) = DataPart.Open(request, part, reading: reading);
            return [(name, data)];
        }

        DataSplit split = DataSource.Open(request, reading);
        var parts = new List<(string Part, Dataset Data)> { ("train", split.Train) };
        if (split.Validation is { } validation)
        {
            parts.Add(("validation", validation));
        }

        if (split.Test is { } test)
        {
            parts.Add(("test", test));
        }

        return parts;
    }

    private static int Run(List<(string Part, Dataset Data)> parts, int samples, DistortionOptions? distortions, ulong seed, string? file, bool json)
    {
        Dataset data = parts[0].Data;
        if (distortions is not null && data.Image is null)
        {
            throw new UsageException($"--augment {distortions}: {data.Name} has no images to distort. Omit it.");
        }

        // Only the pictures are distorted, not the statistics.
        Dataset pictured = distortions is null ? data : DistortedImages.Create(SamplesOfClasses.First(data, Math.Max(samples, SheetColumns)), distortions, seed, 1);
        if (file is not null)
        {
            WritePicture(pictured, file);
        }

        var summary = new DataSummary(parts);
        if (json)
        {
            JsonLines.Write(summary.WriteJson);
            return ExitCodes.Done;
        }

        summary.Print();
        if (file is not null)
        {
            Screen.Line();
            Screen.Line($"{file}: {(data.Image is null ? "the points, one colour per class" : $"up to {SheetColumns} images of each class, one row per class")}");
        }
        else if (data.Image is not null)
        {
            ImageRows.Print(pictured, samples);
        }
        else if (data.InputCount == 2 && !data.IsRegression)
        {
            ScatterPlot.Print(data);
        }

        return ExitCodes.Done;
    }

    private static void WritePicture(Dataset data, string file)
    {
        if (data.Image is null && (data.InputCount != 2 || data.IsRegression))
        {
            throw new UsageException($"--png {file}: {data.Name} has {data.InputCount} inputs and no image shape: expected images, or points in the plane.");
        }

        AtomicFile.Write(file, stream =>
        {
            if (data.Image is null)
            {
                ContactSheet.WritePoints(data, stream);
            }
            else
            {
                ContactSheet.WriteImages(data, SheetColumns, stream);
            }
        });
    }
}
