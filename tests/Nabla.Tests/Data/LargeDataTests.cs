using System.Globalization;
using System.Text;
using Nabla.Data;
using Nabla.Data.Idx;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Fitting;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Models;
using Nabla.Network;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;
using Nabla.Tests.Data.Idx;
using Nabla.Tests.Fuzzing;
using Nabla.Tests.Support;
using Nabla.Training.Batches;
using Xunit;

namespace Nabla.Tests.Data;

/// <summary>Compares data that stays in files, beyond the memory budget, with the same data in memory.</summary>
public sealed class LargeDataTests : IDisposable
{
    private const int Rows = 3_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// A budget of 120 bytes holds the 20 images of the test set, but not the 30 of the training set.
    /// </summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(120, false)]
    [InlineData(179, true)]
    [InlineData(299, true)]
    public void Images_in_files_train_to_the_same_weights(long budget, bool gzip)
    {
        WriteImages(gzip);
        RequireSame(new DataRequest { Source = folder.Root }, budget);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_are_mapped_where_the_budget_has_no_room_for_them(bool gzip)
    {
        WriteImages(gzip);
        string path = folder["train-images-idx3-ubyte" + (gzip ? ".gz" : "")];
        Assert.IsType<MappedByteInputs>(IdxReader.OpenImages(path, new MemoryBudget(179)).Pixels);
        Assert.IsType<ByteInputs>(IdxReader.OpenImages(path, new MemoryBudget(180)).Pixels);
    }

    [Fact]
    public void Damaged_images_are_refused_alike_from_files_and_from_memory()
    {
        byte[] plain = IdxBytes.Images(30, 2, 3), packed = IdxBytes.Gzip(plain);
        for (int index = 0; index < 1_500; index++)
        {
            byte[] mutant = index % 3 == 0 ? Mutator.Of(plain, 5, index) : index % 3 == 1 ? Mutator.Of(packed, 5, index) : IdxBytes.Gzip(Mutator.Of(plain, 5, index));
            string path = folder.Write("images", mutant);
            Assert.Equal(Read(path, long.MaxValue), Read(path, 0));
        }

        static string Read(string path, long budget)
        {
            try
            {
                (IInputStorage pixels, ImageShape shape) = IdxReader.OpenImages(path, new MemoryBudget(budget));
                return $"{shape}: {string.Join(' ', Enumerable.Range(0, pixels.Count).Select(sample => Convert.ToHexString(pixels.Pixels(sample))))}";
            }
            catch (InvalidDataException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public void A_file_of_images_that_is_shortened_meanwhile_is_an_error_and_not_the_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program that truncates the file exists on Linux only.");
        WriteImages(gzip: false);
        DataSplit data = DataSource.Open(new DataRequest { Source = folder.Root, MemoryBudget = 0 });

        // Not with FileStream: on Unix it respects our reader's lock, which other programs ignore.
        string path = folder["train-images-idx3-ubyte"];
        using (var shorten = System.Diagnostics.Process.Start("truncate", ["-s", "100", path]))
        {
            shorten.WaitForExit();
            Assert.Equal(0, shorten.ExitCode);
        }

        Assert.Contains("100 bytes now and had 196", Assert.Throws<InvalidDataException>(() => Train(data)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Blocks of raw cells have 64 KiB. The budgets end before the first block, after some blocks, and, with 4 MB,
    /// between the cells and the inputs.
    /// </summary>
    [Theory]
    [InlineData(0, ColumnScaling.Standard, "class")]
    [InlineData(70_000, ColumnScaling.Robust, "class")]
    [InlineData(200_000, ColumnScaling.MinMax, "real")]
    [InlineData(0, ColumnScaling.Robust, "real,big")]
    [InlineData(300_000, ColumnScaling.Robust, "class")]
    [InlineData(500_000, ColumnScaling.Standard, "class")]
    public void Tables_in_files_train_to_the_same_weights(long budget, ColumnScaling scaling, string targets)
    {
        string table = WriteTable("table.csv", 1);
        RequireSame(
            new DataRequest { Source = table, Table = new TableOptions { Targets = targets.Split(','), Scaling = scaling, WeightsColumn = "weight", Ignore = ["id"] } },
            budget);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(800_000)]
    public void Further_tables_in_files_are_the_same(long budget)
    {
        var request = new DataRequest
        {
            Source = WriteTable("table.csv", 1),
            ValidationFile = WriteTable("validation.csv", 2),
            TestFile = WriteTable("test.csv", 3),
            Table = new TableOptions { Targets = ["class"], Ignore = ["id"] },
        };
        RequireSame(request, budget);
        TableSchema schema = DataSource.Open(request).Train.Columns!;
        DataSplit inMemory = DataSource.Open(request with { TestFile = null, ValidationFile = null }, schema);
        DataSplit inFile = DataSource.Open(request with { TestFile = null, ValidationFile = null, MemoryBudget = budget }, schema);
        RequireSame(inMemory, inFile);
    }

    [Fact]
    public void Cells_and_inputs_go_into_files_where_the_budget_has_no_room_for_them()
    {
        string path = WriteTable("table.csv", 1);
        var budget = new MemoryBudget(100_000);
        using RawTable table = RawTableReader.Read(path, new TableOptions(), budget), held = RawTableReader.Read(path, new TableOptions(), new MemoryBudget(long.MaxValue));
        Assert.True(budget.TryReserve(100_000));
        Assert.Equal(Rows, table.Count);
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(held.Row(row).ToArray().Select(BitConverter.DoubleToInt64Bits), table.Row(row).ToArray().Select(BitConverter.DoubleToInt64Bits));
        }

        InputOrigin[] origins = [new InputOrigin(new InputColumn { Name = "n0", Kind = ColumnKind.Numeric }, 1, null)];
        Assert.IsType<MappedSingleInputs>(TableInputs.Encode(held, origins, 1, new MemoryBudget((4 * Rows) - 1)));
        Assert.IsType<SingleInputs>(TableInputs.Encode(held, origins, 1, new MemoryBudget(4 * Rows)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3 * 4 * 1024, true)]
    [InlineData(1 << 20, false)]
    public void Rows_that_come_one_by_one_are_all_there(long budget, bool isMapped)
    {
        const int Width = 3, Count = 5_000;
        using var rows = new InputRows("rows", Width, new MemoryBudget(budget));
        for (int row = 0; row < Count; row++)
        {
            rows.Add([row, row + 0.25f, -row]);
        }

        IInputStorage inputs = rows.Complete();
        Assert.Equal(isMapped, inputs is MappedSingleInputs);
        Assert.Equal((Count, Width), (inputs.Count, inputs.Width));
        float[] read = new float[Width];
        double[] two = new double[2];
        for (int row = 0; row < Count; row++)
        {
            inputs.CopyTo(row, 0, read.AsSpan());
            inputs.CopyTo(row, 1, two.AsSpan());
            Assert.Equal([row, row + 0.25f, -row], read);
            Assert.Equal([row + 0.25, -row], two);
        }
    }

    [Fact]
    public void Samples_are_loaded_from_files_without_taking_memory()
    {
        WriteImages(gzip: false);
        Dataset images = DataSource.Open(new DataRequest { Source = folder.Root, MemoryBudget = 0 }).Train;
        Dataset rows = DataSource.Open(new DataRequest { Source = WriteTable("table.csv", 1), MemoryBudget = 0, Table = new TableOptions { Ignore = ["id"] } }).Train;
        foreach (Dataset data in new[] { images, rows })
        {
            var loader = new BatchLoader(data, TargetCoding.OneHot);
            var inputs = new BatchInputs<float>(new Matrix<float>(10, data.InputCount));
            var some = BatchInputs<float>.AllocateAligned(10, 3, asBytes: false);
            int[] samples = [5, 3, 20, 0, 1, 2, 4, 11, 12, 13];
            loader.LoadInputs(samples, 1, inputs);
            Assert.Equal(0, Allocation.Of(() =>
            {
                for (int epoch = 0; epoch < 100; epoch++)
                {
                    loader.LoadInputs(samples, epoch, inputs);
                    loader.LoadInputRange(samples, 1, some);
                    loader.PrefetchSamples(samples, 1, 4);
                }
            }));
        }
    }

    private static void RequireSame(DataRequest request, long budget) =>
        RequireSame(DataSource.Open(request with { MemoryBudget = long.MaxValue }), DataSource.Open(request with { MemoryBudget = budget }));

    private static void RequireSame(DataSplit inMemory, DataSplit inFile)
    {
        Assert.Equal(DataChecksum.Of(inMemory.Train), DataChecksum.Of(inFile.Train));
        Assert.Equal(inMemory.Validation is { } validation ? DataChecksum.Of(validation) : null, inFile.Validation is { } same ? DataChecksum.Of(same) : null);
        Assert.Equal(inMemory.Test is { } test ? DataChecksum.Of(test) : null, inFile.Test is { } other ? DataChecksum.Of(other) : null);
        Assert.Equal(inMemory.Train.Columns?.InputNames, inFile.Train.Columns?.InputNames);
        Assert.Equal(inMemory.Train.Columns?.Inputs.Select(column => (column.Center, column.Scale, column.Imputed)), inFile.Train.Columns?.Inputs.Select(column => (column.Center, column.Scale, column.Imputed)));
        Assert.Equal(Train(inMemory), Train(inFile));
    }

    private static string Train(DataSplit data)
    {
        NetworkOptions network = data.Train.IsRegression
            ? NetworkOptions.FeedForward(data.Train.InputCount, [5], data.Train.TargetCount, Activation.Tanh, Activation.Linear, Cost.Quadratic)
            : NetworkOptions.FeedForward(data.Train.InputCount, [5], data.Train.TargetCount, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        return WeightsHash.Of(Trainer.Train(network, data, new TrainingOptions { Epochs = 2, BatchSize = 20, LearningRate = 0.1, Threads = 2 }).Parameters);
    }

    private void WriteImages(bool gzip)
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        if (gzip)
        {
            File.Delete(folder["train-images-idx3-ubyte"]);
            folder.Write("train-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(30, 2, 3)));
        }
    }

    /// <summary>
    /// Columns of every kind, with missing cells. One starts with
    /// numbers and has a name near its end, so the file is read twice.
    /// </summary>
    private string WriteTable(string name, ulong seed)
    {
        var random = new CounterRandom(seed, RandomPurpose.Split);
        var text = new StringBuilder("id,n0,big,flag,name,rare,when,late,weight,real,class\n");
        for (int row = 0; row < Rows; row++)
        {
            double[] u = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
            text.Append(CultureInfo.InvariantCulture, $"key{row},{(u[0] < 0.1 ? "" : $"{u[1]:0.0000}")},{Math.Exp(8 * u[2]):0.00},{(u[3] < 0.3 ? "yes" : u[3] < 0.95 ? "no" : "?")},")
                .Append(CultureInfo.InvariantCulture, $"{(u[4] < 0.05 ? "NA" : $"name{(int)(u[4] * 5)}")},rare{(int)(u[5] * 900)},2024-{1 + (int)(u[6] * 12):00}-{1 + (int)(u[7] * 28):00}T{row % 24:00}:00:00,")
                .Append(CultureInfo.InvariantCulture, $"{(row == Rows - 10 ? "none" : $"{row % 3}")},{1 + (row % 4)},{u[1] + u[2]:0.000},{(u[1] + u[2] > 1 ? "high" : "low")}\n");
        }

        return folder.Write(name, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
