using System.Globalization;
using System.Text;
using Nabla.Data;
using Nabla.Data.Tables.Records;
using Nabla.Data.Tables.Schema;
using Nabla.Models;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Sources;

/// <summary>Rows of a program against the same rows in a file, which the reader of tables judges.</summary>
public sealed class RecordSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The budgets keep cells and inputs in memory, put the inputs into a file, and both.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(30_000L)]
    [InlineData(0L)]
    public void The_same_rows_in_a_file_give_the_same_columns_splits_inputs_and_weights(long? budget)
    {
        House[] houses = Houses(400);
        DataSplit records = DataSource.FromRecords(houses, Bind, new RowsOptions { Seed = 5, MemoryBudget = budget, Test = 0.25, Validation = 40 });
        RequireSame(OpenFile(houses, new TableOptions(), 5, 0.25, 40), records);
        Assert.Equal([300 - 40, 40, 100], [records.Train.Count, records.Validation!.Count, records.Test!.Count]);
        Assert.Equal(
            [ColumnKind.Numeric, ColumnKind.Numeric, ColumnKind.Numeric, ColumnKind.Categorical, ColumnKind.Boolean, ColumnKind.Date, ColumnKind.Date, ColumnKind.Categorical],
            records.Train.Columns!.Inputs.Select(column => column.Kind));
        Assert.Equal([true, false, false, true, true, true, false, false], records.Train.Columns.Inputs.Select(column => column.HasMissingIndicator || column.Name == "city"));
    }

    [Fact]
    public void Options_of_the_columns_count_as_for_a_file()
    {
        House[] houses = Houses(200);
        var options = new TableOptions
        {
            Ignore = ["seen"],
            WeightsColumn = "fee",
            Kinds = new Dictionary<string, ColumnKind> { ["rooms"] = ColumnKind.Categorical },
            Scaling = ColumnScaling.Robust,
            Task = TableTask.Regress,
        };
        DataSplit records = DataSource.FromRecords(houses, Bind, new RowsOptions { Table = options });
        RequireSame(OpenFile(houses, options with { Targets = ["price"] }), records);
        Assert.True(records.Train.IsWeighted);
        Assert.Equal(3, records.Train.Columns!.Inputs.Single(column => column.Name == "rooms").Categories.Count);
    }

    [Fact]
    public void Several_targets_keep_the_order_in_which_they_are_bound()
    {
        House[] houses = Houses(100);
        DataSplit records = DataSource.FromRecords(houses, row => row.Target("price", x => x.Price).Column("rooms", x => x.Rooms).Target("area", x => x.Rooms * 20));
        Assert.Equal(["price", "area"], records.Train.Columns!.Targets.Select(target => target.Name));
        Assert.Equal("rooms", Assert.Single(records.Train.Columns.Inputs).Name);
        Assert.Equal(2, records.Train.TargetCount);
    }

    [Fact]
    public void Texts_booleans_enumerations_and_few_whole_numbers_are_classes()
    {
        House[] houses = Houses(100);
        Assert.Equal(["false", "true"], Classes(x => x.Rooms > 2));
        Assert.Equal(["New", "Old"], Classes(x => x.State.ToString()));
        Assert.Equal(["2", "3", "4"], Classes(x => x.Rooms));
        Assert.Equal(["a", "b"], Classes(x => x.Rooms > 2 ? 'a' : 'b'));
        Assert.Equal(["bad", "good"], DataSource.FromRecords(houses, row => row.Column("a", x => x.Price).Column("b", x => x.Rooms > 2 ? "good" : "bad")).Train.Classes);

        IReadOnlyList<string> Classes(Func<House, Cell> target) =>
            DataSource.FromRecords(houses, row => row.Target("y", target).Column("price", x => x.Price)).Train.Classes;
    }

    /// <summary>
    /// Columns of every mixture of cells: numbers as numbers and in texts of several spellings, yes and no as both, dates
    /// as both, names, and every spelling of nothing.
    /// </summary>
    [Theory]
    [InlineData(null, false, 250)]
    [InlineData(null, true, 250)]
    [InlineData(0L, false, 30)]
    public void Any_rows_are_learned_from_or_refused_as_in_a_file(long? budget, bool decimalComma, int tables)
    {
        int learned = 0;
        for (int seed = 0; seed < tables; seed++)
        {
            var random = new Random(seed);
            Func<Random, Cell>[] columns = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Mixture(random, decimalComma))];
            Cell[][] rows = [.. Enumerable.Range(0, random.Next(3, 60)).Select(_ => columns.Select(column => column(random)).ToArray())];
            var options = new TableOptions { HasHeader = true, DecimalComma = decimalComma };
            string path = folder.Write("random.csv", Encoding.UTF8.GetBytes(Text(rows, decimalComma)));
            DataSplit? file = null, records = null;
            Exception? expected = Record.Exception(() => file = DataSource.Open(new DataRequest { Source = path, Seed = (ulong)seed, Table = options }));
            Exception? actual = Record.Exception(() => records = DataSource.FromRecords(rows, Bound(columns.Length), new RowsOptions { Seed = (ulong)seed, Table = options, MemoryBudget = budget }));
            Assert.Equal(expected?.GetType(), actual?.GetType());
            if (file is not null)
            {
                learned++;
                RequireSameData(file, records!);
            }
        }

        Assert.InRange(learned, tables / 4, tables);
    }

    [Fact]
    public void A_name_after_numbers_in_texts_makes_names_of_their_own_spellings()
    {
        Cell[] cells = ["01", 1, "1.50", 1.5, "1.5", "01", "1.50", 1, "low", "low", true, true];
        DataSplit data = DataSource.FromRecords(
            cells.Concat(cells),
            row => row.Column("c", cell => cell).Target("y", cell => cell.ToString() == "low"),
            new RowsOptions { Test = SplitSize.None, Validation = SplitSize.None });
        Assert.Equal(["01", "1", "1.5", "1.50", "low", "true"], data.Train.Columns!.Inputs[0].Categories);
    }

    [Fact]
    public void Rows_are_read_once_and_in_order()
    {
        int read = 0;
        DataSplit data = DataSource.FromRecords(Once(), row => row.Column("x", i => i).Target("y", i => i * 0.5), new RowsOptions { Test = 0, Validation = 0, Table = new TableOptions { Scaling = ColumnScaling.None, ScaleTargets = false } });
        Assert.Equal(1000, read);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i * 0.5), Enumerable.Range(0, 1000).Select(i => data.Train.Target(i)[0]));

        IEnumerable<int> Once()
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.Equal(i, read++);
                yield return i;
            }
        }
    }

    [Fact]
    public void The_options_name_the_data_choose_the_rows_and_end_the_training_part()
    {
        var options = new RowsOptions { Name = "numbers", Seed = 1, Limit = 50 };
        DataSplit one = Open(options), same = Open(options), other = Open(options with { Seed = 2 });
        Assert.Equal("numbers", one.Train.Name);
        Assert.Equal([50, 40, 100], [one.Train.Count, one.Validation!.Count, one.Test!.Count]);
        Assert.Equal(DataChecksum.Of(one.Test), DataChecksum.Of(same.Test!));
        Assert.NotEqual(DataChecksum.Of(one.Test), DataChecksum.Of(other.Test!));

        static DataSplit Open(RowsOptions options) => DataSource.FromRecords(Enumerable.Range(0, 500), row => row.Column("x", i => i).Target("y", i => i % 7 * 0.25), options);
    }

    [Fact]
    public void A_model_of_records_predicts_with_the_same_binding()
    {
        House[] houses = Houses(100);
        DataSplit data = DataSource.FromRecords(houses, Bind);
        NetworkOptions network = NetworkOptions.FeedForward(data.Train.InputCount, [4], 1, Activation.Tanh, Activation.Linear, Cost.Quadratic);
        Model model = Model.From(Trainer.Train(network, data, new TrainingOptions { Epochs = 2, LearningRate = 0.01 }), data.Train);
        RowBinding<House> binding = model.Bind<House>(Bind);
        float[] inputs = new float[data.Train.InputCount], expected = new float[data.Train.InputCount];
        DataSplit all = DataSource.FromRecords(houses, Bind, new RowsOptions { Test = 0, Validation = 0 });
        Assert.Equal(houses.Length, all.Train.Count);
        data.Train.CopyInputs(0, expected);

        // The parts keep the order of the rows, so the first training row is the first that fits.
        Assert.Contains(houses, house =>
        {
            binding.Encode(house, inputs);
            return inputs.SequenceEqual(expected);
        });
        Assert.Single(binding.Predict(houses[0] with { Price = double.NaN }).Outputs);
    }

    [Theory]
    [InlineData("empty", "rows: there are no rows")]
    [InlineData("missing", "rows: row 3: the target 'y' is missing")]
    [InlineData("infinite", "rows: row 3: column 'x' is Infinity: expected a finite number")]
    [InlineData("date", "rows: row 3: column 'x' is the date 2024-03-01 00:00:00: expected a number")]
    [InlineData("name", "rows: row 3: column 'd' is 'spring', but rows before it hold dates")]
    [InlineData("target", "rows: row 3: column 'y' is the date 2024-03-01 00:00:00: expected a number or a name")]
    [InlineData("given", "rows: row 3: column 'g' is 'north': expected a number")]
    [InlineData("surrogate", "rows: row 3: column 'x' has a text with half of a surrogate pair")]
    public void A_cell_that_does_not_fit_is_refused_with_row_and_column(string fault, string message)
    {
        var date = new DateTime(2024, 3, 1);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataSource.FromRecords(
            Enumerable.Range(0, fault == "empty" ? 0 : 10).Select(i => i == 2 ? fault : ""),
            row => row
                .Column("x", at => at == "infinite" ? double.PositiveInfinity : at == "date" ? date : at == "surrogate" ? "a\uD800" : 1)
                .Column("d", at => at == "name" ? "spring" : date)
                .Column("g", at => at == "given" ? "north" : 1)
                .Target("y", at => at == "missing" ? Cell.Missing : at == "target" ? date : 1.5),
            new RowsOptions { Table = new TableOptions { Kinds = new Dictionary<string, ColumnKind> { ["g"] = ColumnKind.Numeric } } }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_are_missing_or_given_twice_and_columns_that_do_not_exist_are_refused()
    {
        int[] rows = [1, 2, 3, 4];
        Refused("no column besides the target", row => row.Target("y", i => i));
        Refused("no column is bound", _ => { });
        Refused("'x' is bound twice", row => row.Column("x", i => i).Target("x", i => i));
        Refused("the targets are given twice, as y and as x", row => row.Column("x", i => i).Target("y", i => i), new TableOptions { Targets = ["x"] });
        Refused("no column 'z'. Expected one of x, y", row => row.Column("x", i => i).Target("y", i => i), new TableOptions { Ignore = ["z"] });

        void Refused(string message, Action<RowColumns<int>> bind, TableOptions? table = null) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => DataSource.FromRecords(rows, bind, new RowsOptions { Table = table })).Message,
            StringComparison.Ordinal);
    }

    private static void Bind(RowColumns<House> row) => row
        .Column("area", x => x.Area)
        .Column("rooms", x => x.Rooms)
        .Column("fee", x => x.Fee)
        .Column("city", x => x.City)
        .Column("garden", x => x.HasGarden)
        .Column("built", x => x.Built)
        .Column("seen", x => x.Seen)
        .Column("state", x => x.State.ToString())
        .Target("price", x => x.Price);

    private static House[] Houses(int count)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => new House(
                random.Next(8) == 0 ? null : random.NextDouble() * 200,
                random.Next(2, 5),
                (decimal)random.Next(1, 100_000) / 7,
                random.Next(5) is var city && city == 0 ? null : $"city, \"{city}\"",
                random.Next(3) switch { 0 => null, 1 => true, _ => false },
                random.Next(6) == 0 ? null : new DateOnly(1900, 1, 1).AddDays(random.Next(45_000)),
                new DateTime(2024, 1, 1).AddSeconds(random.Next(30_000_000)),
                random.Next(2) == 0 ? State.Old : State.New,
                random.NextDouble() * 1e6)),
        ];
    }

    private DataSplit OpenFile(House[] houses, TableOptions options, ulong seed = 0, SplitSize? test = null, SplitSize? validation = null)
    {
        var text = new StringBuilder("area,rooms,fee,city,garden,built,seen,state,price\n");
        foreach (House x in houses)
        {
            text.Append(CultureInfo.InvariantCulture, $"{x.Area},{x.Rooms},{x.Fee},{(x.City is null ? "" : $"\"{x.City.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")},");
            text.Append(CultureInfo.InvariantCulture, $"{(x.HasGarden is { } garden ? garden ? "yes" : "no" : "")},{x.Built:yyyy-MM-dd},{x.Seen:yyyy-MM-ddTHH:mm:ss},{x.State},{x.Price}\n");
        }

        string path = folder.Write("rows.csv", Encoding.UTF8.GetBytes(text.ToString()));
        return DataSource.Open(new DataRequest { Source = path, Table = options, Seed = seed, Test = test, Validation = validation });
    }

    private static void RequireSame(DataSplit file, DataSplit records)
    {
        RequireSameData(file, records);
        Assert.Equal(Weights(file), Weights(records));

        static string Weights(DataSplit data)
        {
            NetworkOptions network = NetworkOptions.FeedForward(data.Train.InputCount, [6], data.Train.TargetCount, Activation.Tanh, Activation.Linear, Cost.Quadratic);
            return WeightsHash.Of(Trainer.Train(network, data, new TrainingOptions { Epochs = 3, LearningRate = 0.01 }).Parameters);
        }
    }

    private static void RequireSameData(DataSplit file, DataSplit records)
    {
        Assert.Equal(Facts(file.Train.Columns!), Facts(records.Train.Columns!));
        Assert.Equal(Samples(file.Train), Samples(records.Train));
        Assert.Equal(Samples(file.Validation), Samples(records.Validation));
        Assert.Equal(Samples(file.Test), Samples(records.Test));
    }

    private static string Facts(TableSchema schema) => string.Join('\n',
    [
        string.Join('|', schema.Names),
        .. schema.Inputs.Select(column => $"{column with { Categories = [] }} {string.Join('|', column.Categories)}"),
        .. schema.Targets.Select(target => $"{target}"),
        string.Join('|', schema.Classes),
        .. schema.Ignored.Select(column => $"{column}"),
        $"{schema.DecimalComma}",
    ]);

    /// <summary>The bits of inputs, targets and weights.</summary>
    private static IEnumerable<string> Samples(Dataset? data)
    {
        double[] inputs = new double[data?.InputCount ?? 0];
        for (int sample = 0; sample < data?.Count; sample++)
        {
            data.CopyInputs(sample, inputs);
            string target = data.IsRegression ? string.Join(' ', data.Target(sample).ToArray()) : $"{data.Label(sample)}";
            yield return $"{string.Join(' ', inputs)} : {target} : {data.Weight(sample)}";
        }
    }

    private static Func<Random, Cell> Mixture(Random random, bool decimalComma)
    {
        string point = decimalComma ? "," : ".";
        Func<Random, Cell>[] kinds =
        [
            r => r.NextDouble() * 10,
            r => r.Next(-3, 4),
            r => $"{r.Next(3)}{point}{r.Next(3)}0",
            r => $"0{r.Next(12)} ",
            r => r.Next(2) == 0,
            r => r.Next(2) == 0 ? "Yes" : "no",
            r => new[] { "red", "green", "blue \"x\"", "1e5x", "∇" }[r.Next(5)],
            r => $"2024-0{r.Next(1, 10)}-11",
            r => new[] { Cell.Missing, "", "NA", "?", double.NaN, "null" }[r.Next(6)],
        ];

        // Dates in their own type have no name, so nothing but dates may stand beside them.
        Func<Random, Cell>[] dates = [r => new DateTime(2020, 1, 1).AddMinutes(r.Next(1_000_000)), kinds[7], kinds[8]];
        Func<Random, Cell>[] chosen = random.Next(5) == 0 ? dates : [.. random.GetItems(kinds, random.Next(1, 4))];
        int usual = random.Next(chosen.Length);
        return r => chosen[r.Next(4) == 0 ? r.Next(chosen.Length) : usual](r);
    }

    private static Action<RowColumns<Cell[]>> Bound(int columns) => row =>
    {
        for (int i = 0; i < columns - 1; i++)
        {
            int column = i;
            row.Column($"c{column}", cells => cells[column]);
        }

        // As in a file: the last column is the target, and its dates are names.
        row.Target($"c{columns - 1}", cells => IsDate(cells[^1]) ? cells[^1].ToString() : cells[^1]);
    };

    private static bool IsDate(Cell cell) => cell.Content == CellContent.Instant;

    private static string Text(Cell[][] rows, bool decimalComma)
    {
        var text = new StringBuilder(string.Join(';', rows[0].Select((_, i) => $"c{i}")));
        foreach (Cell[] row in rows)
        {
            text.Append('\n').AppendJoin(';', row.Select(cell => Field(cell, decimalComma)));
        }

        return text.Append('\n').ToString();
    }

    private static string Field(Cell cell, bool decimalComma)
    {
        string text = cell.ToString();
        text = cell.Content == CellContent.Number && decimalComma ? text.Replace('.', ',') : text;
        return $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private enum State
    {
        Old,
        New,
    }

    private sealed record House(double? Area, int Rooms, decimal Fee, string? City, bool? HasGarden, DateOnly? Built, DateTime Seen, State State, double Price);
}
