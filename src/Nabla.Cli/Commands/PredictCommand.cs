using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Input;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Reports;
using Nabla.Data.Files;
using Nabla.Data.Idx;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Schema;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict MODEL [INPUT]</c>: predicts samples, one line each.</summary>
internal static class PredictCommand
{
    /// <summary>Lines that are written together while more input is available.</summary>
    private const int LinesOfChunk = 256;

    /// <summary>Samples of a data set that go through the network together.</summary>
    private const int SamplesOfChunk = 5000;

    /// <summary>Pixels of image files that are held in memory together.</summary>
    private const int PixelsOfChunk = 1 << 24;

    private const string StandardInput = "-";

    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        var input = new Argument<string>("INPUT")
        {
            Description = "A CSV or TSV file, a PNG file or a folder of them, an IDX file of images, a data set (its test part), or - for CSV on standard input. A model trained on a table takes its raw columns by name, in any order; other models take rows of numbers unscaled: pixels must lie in [0, 1]",
            DefaultValueFactory = _ => StandardInput,
        };
        var probabilities = new Option<bool>("--probabilities") { Description = "Also the probability of every class" };
        var keep = new Option<bool>("--keep") { Description = "Tables: copy the columns that are not inputs to the output" };
        var json = new Option<bool>("--json") { Description = "JSON Lines instead of CSV" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of generated data", DefaultValueFactory = _ => 0 };
        var command = new DocumentedCommand(
            "predict",
            "Predict label and probability of samples, one line each, as they arrive.",
            "nabla predict runs/first rows.csv --probabilities",
            "cat rows.csv | nabla predict model.safetensors --json")
        { model, input, probabilities, keep, json, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = ModelArgument.Locate(parsed.GetRequiredValue(model));
            Model loaded = Model.Load(path);
            // A read of standard input cannot be cancelled, so it runs on a thread that does not keep the program
            // alive.
            await Task.Run(
                () =>
                {
                    string source = parsed.GetValue(input) ?? StandardInput;
                    if (loaded.Columns is { } columns)
                    {
                        PredictTable(loaded, columns, source, parsed.GetValue(keep), Writer, cancellation);
                        return;
                    }

                    if (parsed.GetValue(keep))
                    {
                        throw new UsageException($"--keep needs a model with columns, and {path} was not trained on a table. Omit it.");
                    }

                    if (Images(source) is { } files)
                    {
                        PredictImages(loaded, path, source, files, kept => new(Console.OpenStandardOutput(), loaded, parsed.GetValue(json), parsed.GetValue(probabilities), kept, areFiles: true), cancellation);
                        return;
                    }

                    using PredictionWriter writer = Writer([]);
                    Run(loaded, path, source, parsed.GetValue(seed), writer, new Screen(parsed.GetValue(json), quiet: false), cancellation);

                    PredictionWriter Writer(IReadOnlyList<string> kept) =>
                        new(Console.OpenStandardOutput(), loaded, parsed.GetValue(json), parsed.GetValue(probabilities), kept);
                },
                cancellation).WaitAsync(cancellation).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The PNG files of the input, relative to its folder, or null if it is something else.</summary>
    private static string[]? Images(string input)
    {
        if (Directory.Exists(input))
        {
            string[] files = DataSource.List().Any(known => known.Name == input) ? [] : ImageFiles.Of(input);
            return files.Length > 0 ? files : null;
        }

        return input != StandardInput && File.Exists(input) && ImageFiles.IsPng(input) ? [input] : null;
    }

    /// <summary>Predicts PNG files, each resized for the model.</summary>
    private static void PredictImages(
        Model model, string path, string input, string[] files, Func<IReadOnlyList<string>, PredictionWriter> createWriter, CancellationToken cancellation)
    {
        ImageShape size = model.Image ?? throw new UsageException($"{input}: {path} does not take images: it takes {model.Architecture.Inputs} numbers. Pass rows of numbers, or another model.");
        int width = model.Architecture.Outputs, step = Math.Clamp(PixelsOfChunk / size.Pixels, 1, LinesOfChunk);
        using PredictionWriter writer = createWriter(["file"]);
        for (int start = 0; start < files.Length; start += step)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] names = files[start..Math.Min(files.Length, start + step)];
            (Dataset images, InvalidDataException? error) = ImageFiles.Read(Directory.Exists(input) ? [.. names.Select(name => Path.Combine(input, name))] : names, size);
            double[] outputs = images.Count == 0 ? [] : Evaluator.Outputs(model.Architecture, model.Parameters, images, null, cancellation);
            for (int i = 0; i < images.Count; i++)
            {
                writer.Add(model.InterpretRaw(outputs.AsSpan(i * width, width)), names.AsSpan(i, 1));
            }

            writer.Flush();
            if (error is not null)
            {
                throw error;
            }
        }
    }

    private static void Run(Model model, string path, string input, ulong seed, PredictionWriter writer, Screen screen, CancellationToken cancellation)
    {
        if (input == StandardInput)
        {
            if (!Console.IsInputRedirected)
            {
                Console.Error.WriteLine($"nabla: enter one row of {model.Architecture.Inputs} numbers per line; Ctrl-D ends.");
            }

            PredictRows(model, new NumberRows(Console.OpenStandardInput(), "standard input", model.Architecture.Inputs), writer, cancellation);
        }
        else if (!File.Exists(input))
        {
            var request = new DataRequest { Source = input, Seed = seed };
            PredictDataset(model, path, ReadingBar.Run(screen, input, reading => DataPart.Open(request, null, model, reading).Data, cancellation), writer, cancellation);
        }
        else if (IsIdx(input))
        {
            PredictDataset(model, path, ReadingBar.Run(screen, Path.GetFileName(input), reading => IdxImages.Read(input, reading), cancellation), writer, cancellation);
        }
        else
        {
            PredictRows(model, NumberRows.Open(input, model.Architecture.Inputs), writer, cancellation);
        }
    }

    /// <summary>Predicts raw rows of a table, from a file or as they arrive.</summary>
    private static void PredictTable(
        Model model, TableSchema columns, string input, bool keep, Func<IReadOnlyList<string>, PredictionWriter> createWriter, CancellationToken cancellation)
    {
        if (input == StandardInput && !Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"nabla: enter {string.Join(',', columns.Inputs.Select(column => column.Name))} per line; Ctrl-D ends.");
        }

        using TableRows rows = input == StandardInput ? new TableRows(Console.OpenStandardInput(), "standard input", columns) : TableRows.Open(input, columns);
        IReadOnlyList<string> kept = keep ? rows.OtherColumns : [];
        using PredictionWriter writer = createWriter(kept);
        using var predictor = new Predictor(model);
        int width = rows.Width, outputs = model.Architecture.Outputs, count = 0;
        float[] inputs = new float[LinesOfChunk * width];
        double[] answers = new double[LinesOfChunk * outputs];
        string[] cells = new string[LinesOfChunk * kept.Count];
        try
        {
            while (rows.TryRead(inputs.AsSpan(count * width, width)))
            {
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < kept.Count; i++)
                {
                    cells[(count * kept.Count) + i] = rows.Other(i);
                }

                if (++count == LinesOfChunk || !rows.HasWaitingRow)
                {
                    Answer();
                }
            }
        }
        finally
        {
            // Rows before the wrong one are still answered.
            Answer();
        }

        void Answer()
        {
            if (count == 0)
            {
                return;
            }

            predictor.PredictRaw(inputs.AsSpan(0, count * width), answers.AsSpan(0, count * outputs));
            for (int sample = 0; sample < count; sample++)
            {
                writer.Add(model.InterpretRaw(answers.AsSpan(sample * outputs, outputs)), cells.AsSpan(sample * kept.Count, kept.Count));
            }

            count = 0;
            writer.Flush();
        }
    }

    private static void PredictRows(Model model, NumberRows source, PredictionWriter writer, CancellationToken cancellation)
    {
        using NumberRows rows = source;
        double[] row = new double[model.Architecture.Inputs];
        for (int count = 1; rows.TryRead(row); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Add(model.Predict((ReadOnlySpan<double>)row));
            if (count % LinesOfChunk == 0 || !rows.HasWaitingRow)
            {
                writer.Flush();
            }
        }
    }

    private static void PredictDataset(Model model, string path, Dataset data, PredictionWriter writer, CancellationToken cancellation)
    {
        DataFit.RequireInputs(model, path, data);
        int width = model.Architecture.Outputs;
        for (int start = 0; start < data.Count; start += SamplesOfChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            Dataset chunk = data.Slice(start, Math.Min(SamplesOfChunk, data.Count - start));
            double[] outputs = Evaluator.Outputs(model.Architecture, model.Parameters, chunk, null, cancellation);
            for (int sample = 0; sample < chunk.Count; sample++)
            {
                writer.Add(model.InterpretRaw(outputs.AsSpan(sample * width, width)));
            }
        }
    }

    /// <summary>IDX starts with two zero bytes, gzip with 1F 8B; text with neither.</summary>
    private static bool IsIdx(string path)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "rows of numbers, images, or an IDX file of images");
        Span<byte> first = stackalloc byte[2];
        return file.ReadAtLeast(first, 2, throwOnEndOfStream: false) == 2 && (first.SequenceEqual<byte>([0, 0]) || first.SequenceEqual<byte>([0x1F, 0x8B]));
    }
}
