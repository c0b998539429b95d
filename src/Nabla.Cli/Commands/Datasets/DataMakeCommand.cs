using System.CommandLine;
using System.Globalization;
using System.Text;
using Nabla.Cli.Failures;
using Nabla.Cli.Output;
using Nabla.Data.Files;
using Nabla.Data.Idx;
using Nabla.Data.Tables.Text;

namespace Nabla.Cli.Commands.Datasets;

/// <summary><c>nabla data make NAME DIR</c>: writes a data set in common formats.</summary>
internal static class DataMakeCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "digits or another set of images (written as IDX: train and t10k); moons, spirals, circles, blobs, xor (one CSV file)" };
        var folder = new Argument<string>("DIR") { Description = "A new or empty folder" };
        var count = new Option<int?>("--count") { Description = "Total number of samples, for generated data" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the samples and of their split", DefaultValueFactory = _ => 0 };
        var command = new DocumentedCommand(
            "make",
            "Write a data set into a folder: images as IDX files, points as CSV.",
            "nabla data make digits my-digits --count 60000",
            "nabla data make moons my-moons --seed 7")
        { name, folder, count, seed };
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(name), parsed.GetRequiredValue(folder), parsed.GetValue(count), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static Task<int> Run(string name, string folder, int? count, ulong seed, CancellationToken cancellation)
    {
        if (TableFile.IsTable(name))
        {
            throw new UsageException($"{name} is a table already: expected digits, another set of images, or generated points (moons, spirals, circles, blobs, xor).");
        }

        if (count is not null && name.Contains(':', StringComparison.Ordinal))
        {
            throw new UsageException($"'{name}' and --count {count} both give a count: omit one.");
        }

        string source = count is { } samples ? string.Create(CultureInfo.InvariantCulture, $"{name}:{samples}") : name;
        if (File.Exists(folder))
        {
            throw new UsageException($"{folder} is a file: expected a new or empty folder.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UsageException($"{folder} is not empty, and its files are not overwritten. Name a new or empty folder.");
        }

        var request = new DataRequest { Source = source, Seed = seed, Validation = SplitSize.None };
        DataSplit split = ReadingBar.Run(new Screen(json: false, quiet: false), source, reading => DataSource.Open(request, reading), cancellation);
        return Task.Run(() => Write(split, request, name.Split(':')[0], folder), cancellation).WaitAsync(cancellation);
    }

    private static int Write(DataSplit split, DataRequest request, string name, string folder)
    {
        Directory.CreateDirectory(folder);
        if (split.Train.Image is not null)
        {
            WriteImages(split, folder);
        }
        else
        {
            // Points are generated, not read, so they can be generated again without a split.
            string path = Path.Combine(folder, name + ".csv");
            Dataset all = DataSource.Open(request with { Test = SplitSize.None }).Train;
            AtomicFile.Write(path, stream => WriteRows(all, stream));
            Screen.Line($"{path}: {Figures.Count(all.Count)} samples, {all.InputCount} inputs and a class");
        }

        return ExitCodes.Done;
    }

    private static void WriteImages(DataSplit split, string folder)
    {
        IdxWriter.Write(split.Train, folder, "train");
        if (split.Test is { } test)
        {
            IdxWriter.Write(test, folder, "t10k");
        }

        Screen.Line($"{folder}: {Figures.Count(split.Train.Count)} training and {Figures.Count(split.Test?.Count ?? 0)} test images, {split.Train.Image}, as IDX");
    }

    /// <summary>Writes a header, then for each sample its inputs with all digits and the name of its class.</summary>
    private static void WriteRows(Dataset data, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        string[] names = data.InputCount == 2 ? ["x", "y"] : [.. Enumerable.Range(0, data.InputCount).Select(i => $"x{i}")];
        writer.WriteLine(string.Join(',', [.. names, "class"]));
        double[] row = new double[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, row);
            foreach (double value in row)
            {
                writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
                writer.Write(',');
            }

            writer.WriteLine(data.Classes[data.Label(sample)]);
        }
    }
}
