using System.CommandLine;
using Nabla.Cli.Input;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Data.Idx;
using Nabla.Models;
using Nabla.Training;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict MODEL [INPUT]</c>: what a model makes of samples, a line each.</summary>
internal static class PredictCommand
{
    /// <summary>Lines that are written at once while more input is waiting.</summary>
    private const int LinesOfChunk = 256;

    /// <summary>Samples of a data set that go through the network together.</summary>
    private const int SamplesOfChunk = 5000;

    private const string StandardInput = "-";

    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        var input = new Argument<string>("INPUT")
        {
            Description = "A CSV or TSV file of numbers, an IDX file of images, a data set (its test part), or - for CSV on standard input. Rows of numbers go into the model as they are: pixels of images must lie in [0, 1]",
            DefaultValueFactory = _ => StandardInput,
        };
        var probabilities = new Option<bool>("--probabilities") { Description = "Every class's probability behind the winner's" };
        var json = new Option<bool>("--json") { Description = "A JSON object a line in place of CSV" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of data that Nabla draws itself", DefaultValueFactory = _ => 0 };
        var command = new DocumentedCommand(
            "predict",
            "Predicts label and probability of samples, a line each, as they arrive.",
            "nabla predict runs/first rows.csv --probabilities",
            "cat rows.csv | nabla predict model.safetensors --json")
        { model, input, probabilities, json, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = ModelArgument.Locate(parsed.GetRequiredValue(model));
            Model loaded = Model.Load(path);
            // A read of standard input cannot be cancelled, so it is left behind on a thread that does not hold up the end of the program.
            await Task.Run(
                () =>
                {
                    using var writer = new PredictionWriter(Console.OpenStandardOutput(), loaded, parsed.GetValue(json), parsed.GetValue(probabilities));
                    Run(loaded, path, parsed.GetValue(input) ?? StandardInput, parsed.GetValue(seed), writer, cancellation);
                },
                cancellation).WaitAsync(cancellation).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Run(Model model, string path, string input, ulong seed, PredictionWriter writer, CancellationToken cancellation)
    {
        if (input == StandardInput)
        {
            if (!Console.IsInputRedirected)
            {
                Console.Error.WriteLine($"nabla: a row of {model.Architecture.Inputs} numbers a line, please; Ctrl-D ends.");
            }

            using Stream standard = Console.OpenStandardInput();
            PredictRows(model, new NumberRows(standard, "standard input", model.Architecture.Inputs), writer, cancellation);
        }
        else if (!File.Exists(input))
        {
            Dataset data = DataPart.Open(new DataRequest { Source = input, Seed = seed }, null).Data;
            PredictDataset(model, path, data, writer, cancellation);
        }
        else if (IsIdx(input))
        {
            PredictDataset(model, path, IdxImages.Read(input), writer, cancellation);
        }
        else
        {
            using FileStream file = File.OpenRead(input);
            PredictRows(model, new NumberRows(file, input, model.Architecture.Inputs), writer, cancellation);
        }
    }

    private static void PredictRows(Model model, NumberRows rows, PredictionWriter writer, CancellationToken cancellation)
    {
        double[] row = new double[model.Architecture.Inputs];
        for (int count = 1; rows.TryRead(row); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Add(model.Predict((ReadOnlySpan<double>)row));
            if (count % LinesOfChunk == 0 || !rows.HasWaitingLine)
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
            double[] outputs = Evaluator.Outputs(model.Architecture, model.Parameters, chunk, null);
            for (int sample = 0; sample < chunk.Count; sample++)
            {
                writer.Add(model.Interpret(outputs[(sample * width)..((sample + 1) * width)]));
            }
        }
    }

    /// <summary>IDX starts with two zero bytes, gzip with 1F 8B; no text does.</summary>
    private static bool IsIdx(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[2];
        return file.ReadAtLeast(first, 2, throwOnEndOfStream: false) == 2 && (first.SequenceEqual<byte>([0, 0]) || first.SequenceEqual<byte>([0x1F, 0x8B]));
    }
}
