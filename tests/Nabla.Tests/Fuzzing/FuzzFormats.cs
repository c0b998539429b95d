using System.IO.Compression;
using Nabla.Data.Idx;
using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
using Nabla.Models.Formats.Network2;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Safetensors;
using Nabla.Runs;
using Nabla.Tests.Data.Idx;
using Nabla.Tests.Data.Images;
using Nabla.Tests.Runs;
using Xunit;

namespace Nabla.Tests.Fuzzing;

/// <summary>Every format that Nabla reads from files, by name. The bodies of requests are attacked beside the server.</summary>
internal static class FuzzFormats
{
    private const int PictureColumns = 10, PictureRows = 11, PictureRowLength = 1 + (4 * PictureColumns);

    public static IReadOnlyDictionary<string, Func<FuzzFormat>> All { get; } = new Dictionary<string, Func<FuzzFormat>>
    {
        ["IDX images"] = () => Idx(3) with { Corpus = FuzzCorpus.IdxImages },
        ["IDX labels"] = () => Idx(1) with { Corpus = FuzzCorpus.IdxLabels },
        ["IDX gzip"] = () => Idx(3) with { Corpus = [.. FuzzCorpus.IdxImages.Select(file => IdxBytes.Gzip(file))], BytesForByte = 2000 },
        ["IDX inside gzip"] = () => Idx(3) with { Corpus = FuzzCorpus.IdxImages, Wrap = (part, _) => IdxBytes.Gzip(part, CompressionLevel.Fastest), BytesForByte = 2000 },
        ["CSV"] = Table,
        ["CSV gzip"] = () => Table() with { FileName = "x.csv.gz", Corpus = [.. FuzzCorpus.Tables.Select(file => IdxBytes.Gzip(file))], IsText = false },
        ["CSV inside gzip"] = () => Table() with { FileName = "x.csv.gz", Wrap = (part, _) => IdxBytes.Gzip(part, CompressionLevel.Fastest) },
        ["CSV of known columns"] = KnownTable,
        ["PNG"] = Png,
        ["PNG with right checksums"] = () => Png() with { Wrap = (part, _) => PngBytes.Repair(part) },
        ["PNG rows"] = () => Png() with
        {
            Corpus = [[.. Enumerable.Range(0, PictureRows * PictureRowLength).Select(i => (byte)(i % PictureRowLength == 0 ? i / PictureRowLength % 5 : i * 7))]],
            Wrap = (part, _) => PngBytes.File(PngBytes.Header(PictureColumns, PictureRows, 8, 6), PngBytes.Data(part), PngBytes.End),
        },
        ["safetensors model"] = Models,
        ["safetensors model in a stream"] = () => Streams(path => File.OpenRead(path)),
        ["safetensors model in a pipe"] = () => Streams(path => new GZipStream(new MemoryStream(IdxBytes.Gzip(File.ReadAllBytes(path))), CompressionMode.Decompress)),
        ["safetensors header"] = () => Models() with { Corpus = [.. FuzzCorpus.Models.Select(SafetensorsParts.Header)], IsText = true, Wrap = (part, which) => SafetensorsParts.WithHeader(FuzzCorpus.Models[which], part) },
        ["model in its metadata"] = () => Models() with { Corpus = [.. FuzzCorpus.Models.Select(SafetensorsParts.Document)], IsText = true, Wrap = (part, which) => SafetensorsParts.WithDocument(FuzzCorpus.Models[which], part) },
        ["safetensors weights"] = Weights,
        ["weights header"] = () => Weights() with { Corpus = [.. FuzzCorpus.Weights.Select(SafetensorsParts.Header)], IsText = true, Wrap = (part, which) => SafetensorsParts.WithHeader(FuzzCorpus.Weights[which], part) },
        ["checkpoint"] = Checkpoints,
        ["checkpoint header"] = () => Checkpoints() with { Corpus = [.. FuzzCorpus.Checkpoints.Select(SafetensorsParts.Header)], IsText = true, Wrap = (part, which) => SafetensorsParts.WithChecksum(SafetensorsParts.WithHeader(FuzzCorpus.Checkpoints[which], part)) },
        ["ONNX"] = () => new FuzzFormat { Name = "ONNX", Corpus = FuzzCorpus.Onnx, Read = path => RequireUsable(OnnxFile.Load(path)), IsRefusal = IsRefusedOnOneLine },
        ["network2"] = () => new FuzzFormat { Name = "network2", Corpus = FuzzCorpus.Network2, IsText = true, Read = path => RequireUsable(Network2Json.Load(path)) },
        ["run.json"] = () => new FuzzFormat { Name = "run.json", FileName = "run.json", Corpus = FuzzCorpus.RunOptions, IsText = true, Read = path => RunFolder.Open(Path.GetDirectoryName(path)!).LoadOptions() },
        ["metrics.jsonl"] = () => new FuzzFormat { Name = "metrics.jsonl", Corpus = FuzzCorpus.Metrics, IsText = true, Read = path => MetricsLog.Read(path), BytesForByte = 1000 },
        ["events.jsonl"] = () => new FuzzFormat { Name = "events.jsonl", FileName = "events.jsonl", Corpus = FuzzCorpus.Events, IsText = true, Read = ReadEvents, BytesForByte = 1000 },
    };

    private static void ReadEvents(string path)
    {
        // Each reader gives the same events, or refuses the same file.
        var follower = new EventFollower(Path.GetDirectoryName(path)!);
        int followed = 0;
        try
        {
            while (follower.Read(2) is { Count: > 0 } some)
            {
                followed += some.Count;
            }
        }
        catch (InvalidDataException)
        {
            Assert.Throws<InvalidDataException>(() => EventLog.Read(path));
            throw;
        }

        Assert.Equal(followed, EventLog.Read(path).Count);
        EventLog.ReadEpochs(path);
    }

    private static FuzzFormat Idx(int rank) => new()
    {
        Name = $"IDX of {rank} dimensions",
        Corpus = [],
        FixedBytes = 4 << 20,
        BytesForByte = 4,
        Read = path =>
        {
            IdxContent content = IdxReader.Read(path, rank);
            Assert.Equal(rank, content.Dimensions.Length);
            Assert.Equal(content.Bytes.Length, content.Dimensions.Aggregate(1L, (product, size) => product * size));
        },
    };

    private static FuzzFormat Table() => new()
    {
        Name = "CSV",
        FileName = "x.csv",
        Corpus = FuzzCorpus.Tables,
        IsText = true,
        IsThreaded = true,
        FixedBytes = 16 << 20,
        BytesForByte = 10_000,
        IsRefusal = IsRefusedTable,
        Read = path => RequireFinite(DataSource.Open(new DataRequest { Source = path, Test = SplitSize.None, Validation = SplitSize.None }).Train),
    };

    private static FuzzFormat KnownTable() => Table() with
    {
        Name = "CSV of known columns",
        Corpus = FuzzCorpus.Tables[..1],
        Read = path => RequireFinite(DataSource.Open(new DataRequest { Source = path, Test = SplitSize.None, Validation = SplitSize.None }, FuzzCorpus.Columns).Train),
    };

    private static FuzzFormat Png() => new()
    {
        Name = "PNG",
        FileName = "x.png",
        Corpus = FuzzCorpus.Pictures,
        // A pixel of one bit takes a byte, and deflate may have packed 1032 to 1.
        BytesForByte = 9000,
        IsRefusal = (error, path) => error is InvalidDataException && error.Message.StartsWith(path + ": ", StringComparison.Ordinal),
        Read = path =>
        {
            GreyImage image = PngReader.Read(path);
            Assert.Equal(image.Shape.Rows * image.Shape.Columns, image.Pixels.Length);
        },
    };

    private static FuzzFormat Models() => new() { Name = "safetensors model", Corpus = FuzzCorpus.Models, Read = path => RequireUsable(Model.Load(path)) };

    private static FuzzFormat Streams(Func<string, Stream> open) => Models() with
    {
        Name = "safetensors model in a stream",
        IsRefusal = (error, _) => error is InvalidDataException && error.Message.StartsWith("the stream: ", StringComparison.Ordinal),
        Read = path =>
        {
            using Stream stream = open(path);
            RequireUsable(Model.Load(stream));
        },
    };

    private static FuzzFormat Weights() => new()
    {
        Name = "safetensors weights",
        Corpus = FuzzCorpus.Weights,
        Read = path =>
        {
            using (SafetensorsReader reader = SafetensorsReader.Open(path))
            {
                WeightsFile.FindWeights(reader);
            }

            WeightsFile.Load(path, SampleRuns.Architecture, Precision.Single);
        },
    };

    private static FuzzFormat Checkpoints() => new()
    {
        Name = "checkpoint",
        Corpus = FuzzCorpus.Checkpoints,
        Wrap = (part, _) => SafetensorsParts.WithChecksum(part),
        Read = path => Checkpoint.Load(path, SampleRuns.Architecture, Precision.Single),
    };

    /// <summary>What was loaded predicts, by numbers and by columns.</summary>
    private static void RequireUsable(Model model)
    {
        Assert.Equal(model.Architecture.Outputs, model.Predict(new double[model.Architecture.Inputs]).Outputs.Count);
        if (model.Columns is { } columns)
        {
            model.Predict(columns.Names.ToDictionary(name => name, _ => (string?)null));
        }
    }

    private static void RequireFinite(Dataset data)
    {
        double[] row = new double[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, row);
            Assert.DoesNotContain(row, value => !double.IsFinite(value));
        }
    }

    /// <summary>What a table is asked may be the fault of the question: then it is a wrong argument.</summary>
    private static bool IsRefusedTable(Exception error, string path) =>
        error is InvalidDataException or ArgumentException && error.Message.Contains(path, StringComparison.Ordinal);

    private static bool IsRefusedOnOneLine(Exception error, string path) =>
        error is InvalidDataException && error.Message.StartsWith(path, StringComparison.Ordinal) && !error.Message.Contains('\n', StringComparison.Ordinal);
}
