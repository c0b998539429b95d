using System.Text;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Network2;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Safetensors;
using Nabla.Runs;
using Nabla.Tests.Data.Idx;
using Nabla.Tests.Models;
using Nabla.Tests.Runs;
using Nabla.Tests.Support;

namespace Nabla.Tests.Fuzzing;

/// <summary>Small good files of each format.</summary>
internal static class FuzzCorpus
{
    private static readonly byte[] MixedTable = Encoding.UTF8.GetBytes("id,x,\"c, d\",when,ok,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i =>
        $"{i},{i * 0.7:0.0},\"q{i % 3} \"\"z\"\"\",2024-01-{i + 1:00},{(i % 2 == 0 ? "yes" : "no")},{(i % 3 == 0 ? "é" : "f")}\r\n")));

    public static byte[][] IdxImages { get; } = [IdxBytes.Images(20, 28, 28), IdxBytes.Images(1, 1, 1), IdxBytes.Images(5, 8, 9)];

    public static byte[][] IdxLabels { get; } = [IdxBytes.Labels([.. Enumerable.Range(0, 500).Select(i => (byte)(i % 10))]), IdxBytes.Labels(7)];

    public static byte[][] Tables { get; } =
    [
        MixedTable,
        Encoding.UTF8.GetBytes("1;2,5;3\n4;?;6\n7;8;1e9\n"),
        Encoding.UTF8.GetBytes("size\trooms\tsold\tprice\n50\t2\t2023-05-01 10:30\t1.5\n60\t\t2023-06-01 11:30\t2.25\n70\t3\tNA\t-1e-3\n\n80\t4\t2024-02-29 00:00\t7\n"),
    ];

    /// <summary>What was learned of the columns of the first table.</summary>
    public static TableSchema Columns { get; } = Written("t.csv", path =>
    {
        File.WriteAllBytes(path, MixedTable);
        return DataSource.Open(new DataRequest { Source = path, Test = SplitSize.None, Validation = SplitSize.None }).Train.Columns!;
    });

    public static byte[][] Pictures { get; } = [.. Golden.Read("png/pictures.json").EnumerateArray().Select(picture => picture.GetProperty("png").GetBytesFromBase64())];

    public static byte[][] Models { get; } = [.. Samples().Select(model => Bytes(model.Save))];

    public static byte[][] Weights { get; } =
    [
        Bytes(new Model(SampleRuns.Architecture, CheckpointTests.State(Precision.Double).Parameters, []).Save),
        Bytes(path => SafetensorsWriter.Write(path, [], [.. ParameterTensors.Of(CheckpointTests.State(Precision.Single).Parameters)])),
    ];

    public static byte[][] Checkpoints { get; } =
    [
        Bytes(path => Checkpoint.Save(CheckpointTests.State(Precision.Single), path)),
        Bytes(path => Checkpoint.Save(WithBest(CheckpointTests.State(Precision.Single)), path)),
    ];

    public static byte[][] Onnx { get; } =
    [
        .. Samples().Select(model => Bytes(path => OnnxFile.Save(model, path))),
        .. Directory.GetFiles(Golden.Folder("onnx"), "*.onnx").Where(path => !Path.GetFileName(path).StartsWith("refused", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    public static byte[][] Network2 { get; } =
    [
        Book(NetworkOptions.FeedForward(3, [2], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic)),
        Book(NetworkOptions.FeedForward(2, [], 1, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy)),
    ];

    public static byte[][] RunOptions { get; } = [.. new[] { SampleRuns.Options, RunJsonSamples.Everything, RunJsonSamples.Nothing }.Select(Bytes)];

    public static byte[][] Metrics { get; } =
    [
        Encoding.UTF8.GetBytes("{\"event\":\"epoch\",\"epoch\":1,\"train_cost\":0.25,\"validation_accuracy\":0.9}\n{\"event\":\"epoch\",\"epoch\":2,\"train_cost\":null,\"validation_accuracy\":1}\n"),
        Encoding.UTF8.GetBytes("{\"event\":\"epoch\",\"epoch\":7,\"penalty\":1e-9,\"validation_rmse\":3,\"seconds\":0.1}\n{\"event\":\"epoch\",\"epo"),
    ];

    public static byte[][] Events { get; } =
    [
        Encoding.UTF8.GetBytes("{\"v\":1,\"event\":\"start\",\"train\":40}\n{\"v\":1,\"event\":\"batch\",\"epoch\":1,\"batch\":1}\n{\"v\":1,\"event\":\"epoch\",\"epoch\":1,\"train_cost\":0.25}\n"),
        Encoding.UTF8.GetBytes("{\"v\":1,\"event\":\"epoch\",\"epoch\":2,\"train_cost\":null}\n{\"v\":1,\"event\":\"resumed\",\"epoch\":1,\"batch\":3}\n{\"v\":1,\"event\":\"epoch\",\"epoch\":2}\n{\"v\":1,\"ev"),
    ];

    private static Model[] Samples() => [SampleModels.Draw(12), SampleModels.Draw(3), SampleModels.Draw(4), SampleTables.Numbers(), SampleTables.Mixed()];

    private static byte[] Book(NetworkOptions network) => Bytes(path => Network2Json.Save(
        new Model(network, ParameterInitializer.Draw(network, Initializer.Large, Precision.Double, 1), [.. Enumerable.Range(0, network.Outputs).Select(i => $"{i}")]), path));

    private static TrainingState WithBest(TrainingState state) => new()
    {
        Parameters = state.Parameters,
        Best = state.Parameters.Clone(),
        Moments = [state.Parameters.Clone(), state.Parameters.Clone()],
        BestEpoch = state.BestEpoch,
        Epoch = state.Epoch,
        Step = state.Step,
        Metrics = state.Metrics,
    };

    private static byte[] Bytes(RunOptions options)
    {
        using var folder = new TemporaryFolder();
        RunFolder run = RunFolder.Create(folder["r"]);
        run.SaveOptions(options);
        return File.ReadAllBytes(run.OptionsPath);
    }

    private static byte[] Bytes(Action<string> write) => Written("x", path =>
    {
        write(path);
        return File.ReadAllBytes(path);
    });

    private static T Written<T>(string name, Func<string, T> read)
    {
        using var folder = new TemporaryFolder();
        return read(folder[name]);
    }
}
