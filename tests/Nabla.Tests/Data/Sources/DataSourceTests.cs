using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Tests.Data.Idx;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Sources;

public sealed class DataSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("moons", 2)]
    [InlineData("circles", 2)]
    [InlineData("xor", 2)]
    [InlineData("spirals", 3)]
    [InlineData("blobs", 3)]
    public void The_small_sets_have_2000_points_divided_at_random(string name, int classes)
    {
        DataSplit split = DataSource.Open(name, 3);
        // A fifth of 2000 to test, a tenth of the other 1600 to validate.
        Assert.Equal((1440, 160, 400), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
        Assert.Equal((classes, 2), (split.Train.Classes.Count, split.Train.InputCount));
    }

    [Fact]
    public void A_count_behind_the_colon_sets_the_size()
    {
        DataSplit split = DataSource.Open(new DataRequest { Source = "digits:50", Threads = 1, Test = SplitSize.None, Validation = SplitSize.OfCount(7) });
        Assert.Equal((43, 7), (split.Train.Count, split.Validation!.Count));
        Assert.Null(split.Test);
        Assert.Equal(784, split.Train.InputCount);
    }

    [Theory]
    [InlineData("digits:")]
    [InlineData("digits:0")]
    [InlineData("digits:9")]
    [InlineData("digits:-5")]
    [InlineData("digits:1e3")]
    [InlineData("digits:2000001")]
    [InlineData("moons:99999999999999999999")]
    public void A_count_out_of_range_is_refused(string source) =>
        Assert.Contains("from 10 to 2000000", Assert.Throws<ArgumentException>(() => DataSource.Open(source)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("digit", "Did you mean digits?")]
    [InlineData("mnits", "Did you mean mnist?")]
    [InlineData("MNIST", "Did you mean mnist?")]
    [InlineData("fashon-mnist", "Did you mean fashion-mnist?")]
    [InlineData("spiral:500", "Did you mean spirals?")]
    [InlineData("nowhere/to/be/found", "neither a known data set nor a folder")]
    [InlineData("", "neither a known data set nor a folder")]
    public void An_unknown_name_is_refused_with_a_suggestion_and_what_there_is(string source, string message)
    {
        string found = Assert.Throws<ArgumentException>(() => DataSource.Open(source)).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.Contains("Expected one of digits, moons", found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_like_no_other_gets_no_suggestion() =>
        Assert.DoesNotContain("Did you mean", Assert.Throws<ArgumentException>(() => DataSource.Open("abc")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_set_with_its_own_size_takes_no_count() =>
        Assert.Contains("--limit", Assert.Throws<ArgumentException>(() => DataSource.Open("mnist:100")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_set_lists_where_it_was_looked_for_and_how_to_get_it()
    {
        string message = Assert.Throws<FileNotFoundException>(() => Open("mnist", folders: [folder.Root, folder["other"]])).Message;
        Assert.Contains(folder["mnist"], message, StringComparison.Ordinal);
        Assert.Contains(folder["other/mnist"], message, StringComparison.Ordinal);
        Assert.EndsWith("nabla data get mnist", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_folder_that_has_the_set_is_taken()
    {
        IdxBytes.WriteFolder(folder, "a/mnist", 30, 10);
        IdxBytes.WriteFolder(folder, "b/mnist", 40, 10);
        Assert.Equal(27, Open("mnist", folders: [folder["none"], folder["a"], folder["b"]]).Train.Count);
        Assert.Equal(folder["b/mnist"], DataSource.List([folder["b"], folder["a"]]).Single(set => set.Name == "mnist").Location);
        Assert.Null(DataSource.List([folder.Root]).Single(set => set.Name == "fashion-mnist").Location);
    }

    [Fact]
    public void A_named_set_without_its_test_files_is_refused_and_a_folder_gives_up_a_fifth()
    {
        IdxBytes.WriteFolder(folder, "mnist", 100, 0);
        string message = Assert.Throws<FileNotFoundException>(() => Open("mnist", folders: [folder.Root])).Message;
        Assert.Contains("t10k-images-idx3-ubyte", message, StringComparison.Ordinal);
        DataSplit split = Open(folder["mnist"]);
        Assert.Equal((72, 8, 20), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
    }

    [Fact]
    public void Idx_data_gives_its_validation_set_from_the_end_in_file_order()
    {
        IdxBytes.WriteFolder(folder, "mine", 100, 10);
        DataSplit split = Open(folder["mine"], validation: SplitSize.OfCount(25));
        Assert.Equal((75, 25, 10), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
        Assert.Equal(Enumerable.Range(75, 25).Select(i => i % 10), Enumerable.Range(0, 25).Select(split.Validation.Label));
        Assert.Equal(Enumerable.Range(0, 75).Select(i => i % 10), Enumerable.Range(0, 75).Select(split.Train.Label));
    }

    [Fact]
    public void The_limit_takes_the_first_training_samples_and_leaves_the_other_parts()
    {
        IdxBytes.WriteFolder(folder, "mine", 100, 10);
        DataSplit split = Open(folder["mine"], limit: 12);
        Assert.Equal((12, 10, 10), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
        Assert.Equal(1, split.Train.Label(11));
    }

    [Theory]
    [InlineData(0, "at least 1")]
    [InlineData(-3, "at least 1")]
    [InlineData(91, "there are only 90")]
    public void A_limit_that_cannot_be_is_refused(int limit, string message)
    {
        IdxBytes.WriteFolder(folder, "mine", 100, 10);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Open(folder["mine"], limit: limit)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_that_contradict_the_data_are_refused()
    {
        IdxBytes.WriteFolder(folder, "mine", 100, 10);
        Assert.Contains("brings its own test set of 10", Assert.Throws<ArgumentException>(() => Open(folder["mine"], test: SplitSize.OfShare(0.2))).Message, StringComparison.Ordinal);
        Assert.Contains("leave nothing to train on", Assert.Throws<ArgumentException>(() => Open(folder["mine"], validation: SplitSize.OfCount(100))).Message, StringComparison.Ordinal);
        Assert.Contains("for test leave nothing", Assert.Throws<ArgumentException>(() => Open("moons:20", test: SplitSize.OfCount(20))).Message, StringComparison.Ordinal);
        Assert.Contains("for validation leave nothing", Assert.Throws<ArgumentException>(() => Open("moons:20", test: SplitSize.OfCount(10), validation: SplitSize.OfCount(10))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_called_like_a_public_set_has_its_classes()
    {
        IdxBytes.WriteFolder(folder, "fashion-mnist", 100, 10);
        IdxBytes.WriteFolder(folder, "mine", 100, 10);
        Assert.Equal("Ankle boot", Open(folder["fashion-mnist"]).Train.Classes[9]);
        Assert.Equal("9", Open(folder["mine"]).Train.Classes[9]);
    }

    [Fact]
    public void The_first_source_that_serves_a_request_opens_it()
    {
        var sources = new DataSources([new Fixed("none", serves: false), new Fixed("first"), new Fixed("second"), .. DataSources.BuiltIn.All]);
        Assert.Equal("first", DataSource.Open(new DataRequest { Source = "moons" }, sources).Train.Name);
        Assert.Contains("Expected one of moons.", Assert.Throws<ArgumentException>(() => DataSource.Open(new DataRequest { Source = "x" }, new DataSources([new Fixed("moons", serves: false)]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_the_form_of_every_source() =>
        Assert.Equal(
            "digits[:COUNT], moons, spirals, circles, blobs, xor, mnist, fashion-mnist, a folder with IDX files, a folder of images (one subfolder of PNGs a class), a table: .csv, .tsv, also .gz",
            string.Join(", ", DataSource.Forms));

    [Fact]
    public void A_folder_without_idx_files_says_what_was_expected() =>
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<FileNotFoundException>(() => Open(folder.Root)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_seed_decides_what_is_drawn_and_how_it_is_divided()
    {
        static string Checksums(ulong seed)
        {
            DataSplit split = DataSource.Open("moons:100", seed);
            return DataChecksum.Of(split.Train) + DataChecksum.Of(split.Validation!) + DataChecksum.Of(split.Test!);
        }

        Assert.Equal(Checksums(4), Checksums(4));
        Assert.NotEqual(Checksums(4), Checksums(5));
    }

    [Theory]
    [InlineData("mnist", null, 54_000, 6_000)]
    [InlineData("mnist", 10_000, 50_000, 10_000)]
    [InlineData("fashion-mnist", null, 54_000, 6_000)]
    public void The_real_sets_are_divided_as_promised(string name, int? validation, int train, int validated)
    {
        string? data = Environment.GetEnvironmentVariable("NABLA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data) || !Directory.Exists(Path.Combine(data, name)), "NABLA_DATA is not set to a folder with this data set.");
        DataSplit split = Open(name, validation: validation is { } count ? SplitSize.OfCount(count) : null, folders: [data]);
        Assert.Equal((train, validated, 10_000), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
        Assert.Equal((10, 784, new ImageShape(28, 28)), (split.Train.Classes.Count, split.Train.InputCount, split.Train.Image));

        // The first labels of both sets are well known.
        int[] first = name == "mnist" ? [5, 0, 4, 1, 9, 2, 1, 3, 1, 4] : [9, 0, 0, 3, 0, 2, 7, 2, 5, 5];
        int[] firstTest = name == "mnist" ? [7, 2, 1, 0, 4, 1, 4, 9, 5, 9] : [9, 2, 1, 1, 6, 1, 4, 6, 5, 7];
        Assert.Equal(first, Enumerable.Range(0, 10).Select(split.Train.Label));
        Assert.Equal(firstTest, Enumerable.Range(0, 10).Select(split.Test.Label));
        if (name == "mnist")
        {
            // The last three labels of the file.
            Assert.Equal([5, 6, 8], Enumerable.Range(validated - 3, 3).Select(split.Validation.Label));
        }
    }

    /// <summary>A source that serves every request, or none, with one sample.</summary>
    private sealed class Fixed(string name, bool serves = true) : IDataSource
    {
        public string? Name => name;

        public string Form => name;

        public bool Serves(DataRequest request) => serves;

        public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress) =>
            new(Dataset.FromRows(name, new double[] { 1 }, 1, [0], ["a"]), null, null);
    }

    private static DataSplit Open(string source, SplitSize? validation = null, SplitSize? test = null, int? limit = null, IReadOnlyList<string>? folders = null) =>
        DataSource.Open(new DataRequest { Source = source, Validation = validation, Test = test, Limit = limit, SearchFolders = folders, Threads = 1 });
}
