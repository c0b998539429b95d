using System.Globalization;
using System.IO.Compression;
using System.Text;
using Nabla.Data;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Schema;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Sources;

public sealed class TableSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Kinds_of_columns_are_told_by_their_cells()
    {
        TableSchema schema = Open("n,b,d,c,y\n1,yes,2024-01-01,red,a\n2.5,no,2024-01-02,blue,b\n,no,2024-01-03,red,a\n4,?,2024-01-04,blue,b\n").Train.Columns!;
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Boolean, ColumnKind.Date, ColumnKind.Categorical], schema.Inputs.Select(column => column.Kind));
        Assert.Equal([true, true, false, false], schema.Inputs.Select(column => column.HasMissingIndicator));
        Assert.Equal(
            ["n", "n missing", "b", "b missing", "d", "d.year.sin", "d.year.cos", "d.week.sin", "d.week.cos", "c=blue", "c=red"],
            schema.InputNames);
        Assert.Equal(["a", "b"], schema.Classes);
    }

    /// <summary>The well-known example 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and deviation 2; calculated by hand.</summary>
    [Fact]
    public void Numbers_are_standardised_with_the_deviation_of_the_population()
    {
        Dataset data = Open("x,y\n2,1\n4,2\n4,1\n4,2\n5,1\n5,2\n7,1\n9,2\n").Train;
        InputColumn column = Assert.Single(data.Columns!.Inputs);
        Assert.Equal(5, column.Center);
        Assert.Equal(2, column.Scale);
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], Inputs(data, 0));
    }

    [Theory]
    [InlineData(ColumnScaling.MinMax, new[] { 0.0, 0.25, 0.5, 1 })]
    [InlineData(ColumnScaling.None, new[] { 1.0, 2, 3, 5 })]
    // Median 2.5, quartiles 1.75 and 3.5 (type 7), 2·Φ⁻¹(3/4) = 1.34897950.
    [InlineData(ColumnScaling.Robust, new[] { -1.1562681, -0.3854227, 0.3854227, 1.9271136 })]
    public void Other_scalings_are_taken_on_request(ColumnScaling scaling, double[] expected)
    {
        Dataset data = Open("x,y\n1,a\n2,b\n3,a\n5,b\n", new TableOptions { Scaling = scaling }).Train;
        Assert.All(Inputs(data, 0).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void A_missing_number_counts_as_the_median_and_a_missing_name_as_the_most_frequent()
    {
        Dataset data = Open("x,c,y\n1,u,0\n2,u,1\n9,v,0\n,v,1\n10,u,0\nNA,,1\n").Train;
        InputColumn number = data.Columns!.Inputs[0], name = data.Columns.Inputs[1];
        Assert.Equal(5.5, number.Imputed);
        Assert.Equal("u", name.Categories[(int)name.Imputed]);
        Assert.Equal([0.0, 0, 0, 1, 0, 1], Inputs(data, 1));
        Assert.Equal(Inputs(data, 0)[3], Inputs(data, 0)[5]);
        Assert.Equal([0.0, 0, 1, 1, 0, 0], Inputs(data, 3));
    }

    [Fact]
    public void A_value_of_all_training_rows_says_nothing_whatever_comes_later()
    {
        TableSchema schema = Open("k,x,y\n0.1,1,a\n0.1,2,b\n0.1,3,a\n0.1,4,b\n").Train.Columns!;
        float[] inputs = new float[2];
        new TableEncoder(schema).Encode(new Dictionary<string, string?> { ["k"] = "77", ["x"] = "2.5" }, inputs);
        Assert.Equal([0f, 0f], inputs);
    }

    [Fact]
    public void Rare_and_unseen_names_are_the_other_name_and_without_rare_ones_unseen_ones_are_none()
    {
        TableSchema schema = Open("c,e,y\nu,p,0\nu,q,1\nv,p,0\nv,q,1\nw,p,0\n").Train.Columns!;
        Assert.Equal(["c=u", "c=v", "c=other", "e=p", "e=q"], schema.InputNames);
        float[] inputs = new float[5];
        new TableEncoder(schema).Encode(new Dictionary<string, string?> { ["c"] = "never seen", ["e"] = "never seen" }, inputs);
        Assert.Equal([0f, 0, 1, 0, 0], inputs);
    }

    [Fact]
    public void A_column_whose_texts_are_all_different_is_left_out()
    {
        TableSchema schema = Open("id,x,y\nk1,1,a\nk2,2,b\nk3,3,a\nk4,4,b\n").Train.Columns!;
        Assert.Equal("id", Assert.Single(schema.Ignored).Name);
        Assert.Equal("x", Assert.Single(schema.Inputs).Name);
    }

    /// <summary>A leak would change the centre, a category or the imputed value.</summary>
    [Fact]
    public void What_stands_in_validation_and_test_rows_changes_nothing_that_is_learned_of_the_columns()
    {
        var request = new DataRequest { Source = "", Seed = 3 };
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 0.5},{(i % 3 == 0 ? "u" : "v")},{(i % 7 == 0 ? "" : "1." + (i % 5))},row{i},{(i % 2 == 0 ? "a" : "b")}"))];
        DataSplit before = Open(rows, request);
        HashSet<int> train = [.. Enumerable.Range(0, before.Train.Count).Select(i => (int)Math.Round((Raw(before.Train, i) / 0.5)))];
        Assert.Equal(60 - before.Test!.Count - before.Validation!.Count, train.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!train.Contains(i))
            {
                rows[i] = $"1e6,w,,other,{(i % 2 == 0 ? "a" : "b")}";
            }
        }

        DataSplit after = Open(rows, request);
        Assert.Equal(Facts(before.Train.Columns!), Facts(after.Train.Columns!));
        Assert.Equal(Inputs(before.Train, 0), Inputs(after.Train, 0));

        static string Facts(TableSchema schema) => string.Join('\n', schema.Inputs.Select(column => $"{column with { Categories = [] }} {string.Join('|', column.Categories)}"));
        double Raw(Dataset data, int sample) => (Inputs(data, 0)[sample] * data.Columns!.Inputs[0].Scale) + data.Columns.Inputs[0].Center;
    }

    [Theory]
    [InlineData("a,b,a,b", true)]
    [InlineData("0,1,1,0", true)]
    [InlineData("1.5,2.5,1.5,2.5", true)]
    [InlineData("1.5,2.5,3.5,4.5", false)]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12", false)]
    [InlineData("1,2,3,1,2,3,1,2,3,1,2,3,1,2,3", true)]
    [InlineData("yes,no,yes", true)]
    public void The_target_tells_classes_from_real_values(string targets, bool classes)
    {
        DataSplit data = Open("x,y\n" + string.Concat(targets.Split(',').Select((target, i) => $"{i},{target}\n")));
        Assert.Equal(classes, !data.Train.IsRegression);
    }

    [Fact]
    public void Classes_are_sorted_as_numbers_where_they_are_numbers()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{12 - (i % 12)}\n"));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], Open("x,y\n" + rows).Train.Classes);
        Assert.Equal(["2", "10", "b", "é"], Open("x,y\n1,é\n2,b\n3,10\n4,2\n5,b\n").Train.Classes);
    }

    [Fact]
    public void Real_targets_are_standardised_and_know_their_unit()
    {
        DataSplit data = Open("x,y,z\n1,10,1\n2,20,2\n3,30,1\n4,40,2\n", new TableOptions { Targets = ["z", "1"], Task = TableTask.Regress });
        Assert.Equal(["z", "y"], data.Train.Columns!.Targets.Select(target => target.Name));
        Assert.Equal(25, data.Train.Columns.Targets[1].Center);
        Assert.Equal(Math.Sqrt(125), data.Train.TargetUnit(1), 1e-12);
        Assert.Equal([-1, -15 / Math.Sqrt(125)], data.Train.Target(0).ToArray());
        Assert.Equal("x", Assert.Single(data.Train.Columns.Inputs).Name);
    }

    [Fact]
    public void Columns_are_left_out_and_given_kinds_by_name_or_index()
    {
        TableSchema schema = Open("zip,k,x,y\n1,5,1,a\n2,6,2,b\n1,7,3,a\n2,8,4,b\n", new TableOptions
        {
            Ignore = ["1"],
            Kinds = new Dictionary<string, ColumnKind> { ["zip"] = ColumnKind.Categorical },
        }).Train.Columns!;
        Assert.Equal(["zip=1", "zip=2", "x"], schema.InputNames);
        Assert.Equal(new IgnoredColumn("k", "as asked for"), Assert.Single(schema.Ignored));
    }

    [Fact]
    public void A_table_without_a_header_is_told_by_its_numbers()
    {
        TableSchema schema = Open("5.1,3.5,setosa\n4.9,3,setosa\n7,3.2,versicolor\n6,3,versicolor\n").Train.Columns!;
        Assert.Equal(["column_0", "column_1", "column_2"], schema.Names);
        Assert.Equal(["setosa", "versicolor"], schema.Classes);
    }

    [Fact]
    public void A_text_far_down_a_column_of_numbers_makes_names_of_all()
    {
        string rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"{i % 3}.50,{(i == 40 ? "low" : (i % 2).ToString(CultureInfo.InvariantCulture))},{i % 2}\n"));
        TableSchema schema = Open("x,c,y\n" + rows).Train.Columns!;
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Categorical], schema.Inputs.Select(column => column.Kind));
        Assert.Equal(["c=0", "c=1", "c=other"], schema.InputNames.Skip(1));
    }

    [Fact]
    public void A_decimal_comma_is_read_on_request_and_remembered()
    {
        TableSchema schema = Open("x;y\n1,5;a\n2,5;b\n3,5;a\n4,5;b\n", new TableOptions { DecimalComma = true }).Train.Columns!;
        Assert.Equal(3, Assert.Single(schema.Inputs).Center);
        Assert.True(schema.DecimalComma);
    }

    [Fact]
    public void Another_file_is_the_test_part_with_its_columns_in_any_order()
    {
        string train = folder.Write("train.csv", "a,b,y\n1,10,u\n2,20,v\n3,30,u\n4,40,v\n"u8.ToArray());
        string test = folder.Write("test.csv", "more,y,b,a\n?,v,40,1\n"u8.ToArray());
        DataSplit data = DataSource.Open(new DataRequest { Source = train, TestFile = test, Validation = SplitSize.None });
        Assert.Equal(4, data.Train.Count);
        Assert.Null(data.Validation);
        Assert.Equal(1, data.Test!.Count);
        Assert.Equal(1, data.Test.Label(0));
        Assert.Equal(Inputs(data.Train, 0)[0], Inputs(data.Test, 0)[0]);
        Assert.Equal(Inputs(data.Train, 1)[3], Inputs(data.Test, 1)[0]);
    }

    [Fact]
    public void The_file_of_the_training_gives_the_same_parts_again_and_another_file_is_taken_whole()
    {
        string[] rows = [.. Enumerable.Range(0, 50).Select(i => $"{i},{i % 2}")];
        DataSplit trained = Open(rows, new DataRequest { Source = "", Seed = 5 });
        string path = folder["t.csv"];
        DataSplit again = DataSource.Open(new DataRequest { Source = path, Seed = 5 }, trained.Train.Columns!);
        Assert.Equal(DataChecksum.Of(trained.Test!), DataChecksum.Of(again.Test!));
        Assert.Equal(DataChecksum.Of(trained.Validation!), DataChecksum.Of(again.Validation!));
        File.AppendAllText(path, "50,0\n");
        DataSplit other = DataSource.Open(new DataRequest { Source = path, Seed = 5 }, trained.Train.Columns!);
        Assert.Equal(51, other.Train.Count);
        Assert.Null(other.Test);
    }

    [Fact]
    public void A_gzipped_table_reads_as_the_plain_one_and_a_cut_one_is_refused()
    {
        byte[] text = Encoding.UTF8.GetBytes("x,y\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 37 % 1009},{i % 2}\n")));
        string plain = folder.Write("t.csv", text);
        byte[] packed = Packed(text);
        string gz = folder.Write("t.csv.gz", packed);
        Assert.Equal(DataChecksum.Of(DataSource.Open(plain).Train), DataChecksum.Of(DataSource.Open(gz).Train));
        string two = folder.Write("two.csv.gz", [.. packed, .. Packed("5000,1\n"u8)]);
        Assert.Equal(5001, DataSource.Open(new DataRequest { Source = two, Test = SplitSize.None, Validation = SplitSize.None }).Train.Count);
        string cut = folder.Write("cut.csv.gz", packed[..^9]);
        Assert.Contains(cut, Assert.Throws<InvalidDataException>(() => DataSource.Open(cut)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_listens_hears_which_share_of_the_file_is_read(bool gzip)
    {
        byte[] text = Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{(i * 7919L) % 104729},{i % 2}\n")));
        string path = folder.Write(gzip ? "t.csv.gz" : "t.csv", gzip ? Packed(text) : text);
        var request = new DataRequest { Source = path };
        TableSchema columns = Heard(listener => DataSource.Open(request, listener)).Train.Columns!;
        Heard(listener => DataSource.Open(request, columns, listener));

        static DataSplit Heard(Func<IProgress<double>, DataSplit> open)
        {
            var shares = new List<double>();
            DataSplit split = open(new Listener(shares.Add));
            Assert.InRange(shares.Count, 5, 1000);
            Assert.Equal(shares.Order(), shares);
            Assert.InRange(shares[0], 0, 0.9);
            Assert.Equal(1, shares[^1]);
            return split;
        }
    }

    [Fact]
    public void A_gzip_file_that_unpacks_without_end_is_refused_before_it_fills_the_memory()
    {
        byte[] part = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 1 << 18)));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int i = 0; i < 100; i++)
            {
                gzip.Write(part);
            }
        }

        Assert.True(packed.Length * 250 < 1 << 26, $"{packed.Length} bytes");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataSource.Open(folder.Write("bomb.csv.gz", packed.ToArray())));
        Assert.Contains("more than 250 times", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty, or a pipe")]
    [InlineData("x,y\n", "a header but no rows")]
    [InlineData("x,y\n1,2\n3\n", ":3: 1 field, but the first row has 2")]
    [InlineData("x,y\n1,\n", ":2: the target 'y' is missing")]
    [InlineData("x,y\n1,a\n1e999,b\n", ":3: column 'x' is 1e999: expected a finite number")]
    [InlineData("x,y\nu,a\n\u00e9,b\n", "")]
    public void A_table_that_cannot_be_learned_from_is_refused_with_its_place(string text, string message)
    {
        string path = folder.Write("t.csv", Encoding.Latin1.GetBytes(text));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataSource.Open(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n1\n2\n", "no column besides the target")]
    [InlineData("x,y\n1,a\n2,a\n", "the same value in every row")]
    public void A_table_without_a_question_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Open(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_that_does_not_exist_is_refused_with_those_that_do()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Open("x,y\n1,a\n2,b\n", new TableOptions { Targets = ["z"] }));
        Assert.Contains("no column 'z'. Expected one of x, y, or an index from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The search for a free number used to start again for each name,
    /// which took minutes for a row of a hundred thousand names.
    /// </summary>
    [Fact]
    public void A_header_of_one_name_alone_is_numbered()
    {
        const int Columns = 50_000;
        TableSchema schema = Open(string.Join(',', Enumerable.Repeat("a", Columns)) + "\n" + string.Concat(Enumerable.Range(0, 3).Select(row => string.Join(',', Enumerable.Repeat($"{row}", Columns)) + "\n"))).Train.Columns!;
        Assert.Equal(["a", "a.1", "a.2"], schema.Names.Take(3));
        Assert.Equal($"a.{Columns - 1}", schema.Names[^1]);
    }

    private static byte[] Packed(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }

    private static double[] Inputs(Dataset data, int column)
    {
        double[] row = new double[data.InputCount];
        return [.. Enumerable.Range(0, data.Count).Select(sample =>
        {
            data.CopyInputs(sample, row);
            return row[column];
        })];
    }

    private DataSplit Open(string[] rows, DataRequest request) =>
        DataSource.Open(request with { Source = folder.Write("t.csv", Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n")), Table = new TableOptions { HasHeader = false, Task = TableTask.Classify } });

    private DataSplit Open(string text, TableOptions? options = null) =>
        DataSource.Open(new DataRequest { Source = folder.Write("t.csv", Encoding.UTF8.GetBytes(text)), Test = SplitSize.None, Validation = SplitSize.None, Table = options });
}
