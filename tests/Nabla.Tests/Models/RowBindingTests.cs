using System.Text;
using Nabla.Data.Tables.Encoders;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

/// <summary>Rows of a program, without text in between: what they mean is what the cells of the table mean.</summary>
public sealed class RowBindingTests : IDisposable
{
    private const string Table = "n,b,d,c,k,y\n1.5,yes,2024-01-01 12:00,red,1,a\n,no,2024-01-02,blue,2,b\n3.5,?,,red,1,a\n4.5,no,2024-01-04,,2,b\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<Sample, string?[]> Rows => new()
    {
        { new Sample(2.5, true, new DateTime(2024, 1, 2, 12, 30, 0, DateTimeKind.Utc), "red", 1), ["2.5", "yes", "2024-01-02T12:30", "red", "1"] },
        { new Sample(-1e300, false, new DateTime(1969, 12, 31), "blue", 2), ["-1e300", "no", "1969-12-31", "blue", "2"] },
        { new Sample(null, null, null, null, null), [null, null, null, null, null] },
        { new Sample(double.NaN, null, null, "", 7), ["", null, null, "", "7"] },
        { new Sample(0, true, DateTime.MaxValue, "another ∇", 1), ["0", "true", "9999-12-31T23:59:59.9999999", "another ∇", "1"] },
        { new Sample(0, true, null, new string('x', 5000), 1), ["0", "true", null, new string('x', 5000), "1"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_has_the_inputs_of_the_cells_that_say_the_same(Sample row, string?[] cells)
    {
        Model model = Open(Table, categorical: "k");
        RowBinding<Sample> binding = Bind(model);
        float[] inputs = new float[model.Architecture.Inputs], expected = new float[model.Architecture.Inputs];
        binding.Encode(row, inputs);
        Dictionary<string, string?> texts = new() { ["n"] = cells[0], ["b"] = cells[1], ["d"] = cells[2], ["c"] = cells[3], ["k"] = cells[4] };
        new TableEncoder(model.Columns!).Encode(texts, expected);
        Assert.Equal(expected, inputs);
        Assert.Equal(model.Predict(texts).Outputs, binding.Predict(row).Outputs);
    }

    [Fact]
    public void Instants_are_the_same_in_every_type_that_says_them()
    {
        Model model = Open(Table, categorical: "k");
        Cell[] cells = [new DateOnly(2024, 1, 3), new DateTime(2024, 1, 3), new DateTimeOffset(2024, 1, 3, 2, 0, 0, TimeSpan.FromHours(2)), "2024-01-03"];
        float[][] inputs = [.. cells.Select(cell => Encode(model, cell))];
        Assert.All(inputs, each => Assert.Equal(inputs[0], each));

        static float[] Encode(Model model, Cell date)
        {
            float[] inputs = new float[model.Architecture.Inputs];
            model.Bind<Cell>(row => row.Column("n", _ => 1).Column("b", _ => true).Column("d", cell => cell).Column("c", _ => "red").Column("k", _ => "1")).Encode(date, inputs);
            return inputs;
        }
    }

    /// <summary>The category of 1,5 in a table with a decimal comma is what the number 1.5 says.</summary>
    [Fact]
    public void A_number_finds_its_category_in_the_table_s_own_spelling()
    {
        Model model = Open("k;m;y\n1,5;1;a\n2,5;2;b\n1,5;3;a\n2,5;4;b\n", categorical: "k", decimalComma: true);
        RowBinding<double> binding = model.Bind<double>(row => row.Column("k", number => number).Column("m", _ => 1));
        float[] inputs = new float[model.Architecture.Inputs];
        binding.Encode(2.5, inputs);
        Assert.Equal([0, 1], inputs[..2]);
    }

    [Theory]
    [InlineData("n", "'n' is 'Infinity': expected a number")]
    [InlineData("b", "'b' is '2': expected yes or no")]
    [InlineData("d", "'d' is 'true': expected a date")]
    public void A_cell_of_another_kind_is_refused_by_its_column(string column, string message)
    {
        Model model = Open(Table, categorical: "k");
        RowBinding<int> binding = model.Bind<int>(row => row
            .Column("n", _ => column == "n" ? double.PositiveInfinity : 1)
            .Column("b", _ => column == "b" ? 2 : Cell.Missing)
            .Column("d", _ => column == "d" ? true : Cell.Missing)
            .Column("c", _ => "red")
            .Column("k", _ => 1));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => binding.Predict(0)).Message, StringComparison.Ordinal);
        Assert.False(binding.TryEncode(0, new float[model.Architecture.Inputs], out string? problem));
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_not_bound_are_all_named()
    {
        Model model = Open(Table, categorical: "k");
        string message = Assert.Throws<ArgumentException>(() => model.Bind<Sample>(row => row.Column("n", x => x.Number).Column("c", x => x.Name))).Message;
        Assert.Contains("'b', 'd', 'k' not bound to Sample", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_the_table_does_not_have_or_that_are_bound_twice_are_refused()
    {
        Model model = Open(Table, categorical: "k");
        Assert.Contains("'colour' bound to Sample", Assert.Throws<ArgumentException>(() => model.Bind<Sample>(row => Columns(row).Column("colour", x => x.Name))).Message, StringComparison.Ordinal);
        Assert.Contains("'n' is bound twice", Assert.Throws<ArgumentException>(() => model.Bind<Sample>(row => Columns(row).Column("n", x => x.Number))).Message, StringComparison.Ordinal);

        // The target is a column of the table: a record may have it.
        model.Bind<Sample>(row => Columns(row).Column("y", x => x.Name));
        Assert.Throws<InvalidOperationException>(() => SampleModels.Draw(1).Bind<Sample>(row => Columns(row)));
    }

    [Fact]
    public void A_row_is_encoded_without_allocations()
    {
        RowBinding<Sample> binding = Bind(Open(Table, categorical: "k"));
        var row = new Sample(2.5, true, new DateTime(2024, 1, 2, 12, 30, 0, DateTimeKind.Utc), "red", 1);
        float[] inputs = new float[binding.Model.Architecture.Inputs];
        binding.Encode(row, inputs);
        Assert.Equal(0, Allocation.Of(() => binding.Encode(row, inputs)));
    }

    private static RowBinding<Sample> Bind(Model model) => model.Bind<Sample>(row => Columns(row));

    private static RowColumns<Sample> Columns(RowColumns<Sample> row) =>
        row.Column("k", x => x.Code).Column("n", x => x.Number).Column("b", x => x.Truth).Column("d", x => x.Date).Column("c", x => x.Name);

    private Model Open(string text, string categorical, bool decimalComma = false)
    {
        Dataset train = DataSource.Open(new DataRequest
        {
            Source = folder.Write("t.csv", Encoding.UTF8.GetBytes(text)),
            Test = SplitSize.None,
            Validation = SplitSize.None,
            Table = new TableOptions { DecimalComma = decimalComma, Kinds = new Dictionary<string, ColumnKind> { [categorical] = ColumnKind.Categorical } },
        }).Train;
        NetworkOptions network = NetworkOptions.FeedForward(train.InputCount, [3], 2, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        return new Model(network, ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Single, 1), train.Classes, columns: train.Columns);
    }

    /// <summary>A row as a program has it.</summary>
    public sealed record Sample(double? Number, bool? Truth, DateTime? Date, string? Name, int? Code);
}
