using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Nabla.Data;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Sources;

/// <summary>Rows of databases: SQLite, and a table in memory for the types that SQLite does not have.</summary>
public sealed class ReaderSourceTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public ReaderSourceTests()
    {
        connection.Open();
    }

    public void Dispose() => connection.Dispose();

    [Fact]
    public void A_query_gives_the_data_of_the_same_rows_in_a_file()
    {
        FillHouses(200);
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("rooms,area,city,built,price\n");
        using (DbDataReader rows = Query("SELECT * FROM houses ORDER BY rowid"))
        {
            while (rows.Read())
            {
                text.AppendJoin(',', Enumerable.Range(0, 5).Select(i => rows.IsDBNull(i) ? "" : Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture))).Append('\n');
            }
        }

        DataSplit file = DataSource.Open(new DataRequest { Source = folder.Write("houses.csv", Encoding.UTF8.GetBytes(text.ToString())), Seed = 9 });
        using DbDataReader reader = Query("SELECT * FROM houses ORDER BY rowid");
        DataSplit data = DataSource.FromReader(reader, "price", new RowsOptions { Name = "houses", Seed = 9 });
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Numeric, ColumnKind.Categorical, ColumnKind.Date], data.Train.Columns!.Inputs.Select(column => column.Kind));
        Assert.Equal(Checksums(file), Checksums(data));
        Assert.False(reader.IsClosed);

        static string[] Checksums(DataSplit data) => [.. new[] { data.Train, data.Validation!, data.Test! }.Select(part => DataChecksum.Of(WithoutFingerprint(part)))];
    }

    [Fact]
    public void The_target_is_the_last_column_where_none_is_named_and_options_may_name_several()
    {
        FillHouses(50);
        Assert.Equal("price", Assert.Single(Open(null, null).Columns!.Targets).Name);
        Assert.Equal(["price", "area"], Open(null, new TableOptions { Targets = ["price", "area"], Ignore = ["city"] }).Columns!.Targets.Select(target => target.Name));
        Assert.Equal(["rooms"], Open("rooms", null).Columns!.Targets.Select(target => target.Name));
        Assert.Throws<ArgumentException>(() => Open("price", new TableOptions { Targets = ["area"] }));
        Assert.Contains("no column 'cost'", Assert.Throws<ArgumentException>(() => Open("cost", null)).Message, StringComparison.Ordinal);

        Dataset Open(string? target, TableOptions? table)
        {
            using DbDataReader reader = Query("SELECT rooms, coalesce(area, 50) AS area, city, price FROM houses");
            return DataSource.FromReader(reader, target, new RowsOptions { Table = table }).Train;
        }
    }

    [Fact]
    public void Every_usual_type_is_read_as_what_it_means()
    {
        using var table = new DataTable();
        object[] first = [1.5m, 2f, 3L, (short)4, (byte)5, true, 'a', new DateTime(2024, 1, 1), new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), new DateOnly(2024, 1, 1), Guid.Empty, "x", 6UL, 0.5];
        object[] second = [2.5m, 3f, 4L, (short)5, (byte)6, false, 'b', new DateTime(2024, 1, 2), new DateTimeOffset(2024, 1, 2, 2, 0, 0, TimeSpan.FromHours(2)), new DateOnly(2024, 1, 2), Guid.AllBitsSet, "y", 7UL, 1.5];
        for (int i = 0; i < first.Length; i++)
        {
            table.Columns.Add($"c{i}", first[i].GetType());
        }

        for (int i = 0; i < 20; i++)
        {
            table.Rows.Add(i % 2 == 0 ? first : second);
        }

        table.Rows.Add([.. Enumerable.Repeat<object>(DBNull.Value, first.Length - 1), 0.5]);
        using DbDataReader reader = table.CreateDataReader();
        Dataset data = DataSource.FromReader(reader, options: new RowsOptions { Test = 0, Validation = 0 }).Train;
        ColumnKind n = ColumnKind.Numeric, c = ColumnKind.Categorical, d = ColumnKind.Date;
        Assert.Equal([n, n, n, n, n, ColumnKind.Boolean, c, d, d, d, c, c, n], data.Columns!.Inputs.Select(column => column.Kind));
        Assert.Equal([Guid.Empty.ToString(), Guid.AllBitsSet.ToString()], data.Columns.Inputs[10].Categories);

        // Midnight of the first of January, whichever type says it.
        Assert.Equal(data.Columns.Inputs[7] with { Name = "c9" }, data.Columns.Inputs[9]);
        Assert.Equal(data.Columns.Inputs[7] with { Name = "c8" }, data.Columns.Inputs[8]);
    }

    [Fact]
    public void A_column_of_bytes_is_refused_by_its_name_unless_it_is_ignored()
    {
        Execute("CREATE TABLE photos (size REAL, photo BLOB, y REAL)");
        for (int i = 0; i < 10; i++)
        {
            Execute($"INSERT INTO photos VALUES ({i}, x'00ff', {i} * 2.5)");
        }

        string message = Assert.Throws<InvalidDataException>(() => Open(null)).Message;
        Assert.StartsWith("Column 'photo' holds Byte[] values: expected numbers, texts", message, StringComparison.Ordinal);
        Assert.Equal("size", Assert.Single(Open(new TableOptions { Ignore = ["photo"] }).Columns!.Inputs).Name);

        Dataset Open(TableOptions? table)
        {
            using DbDataReader reader = Query("SELECT * FROM photos");
            return DataSource.FromReader(reader, "y", new RowsOptions { Table = table }).Train;
        }
    }

    [Theory]
    [InlineData("SELECT price, price FROM houses", "Two columns of the reader are called 'price'")]
    [InlineData("SELECT price AS \"\" FROM houses", "Column 0 of the reader has no name")]
    [InlineData("CREATE TABLE other (x)", "The reader has no columns")]
    public void Columns_that_cannot_be_told_apart_are_refused(string query, string message)
    {
        FillHouses(3);
        using DbDataReader reader = Query(query);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => DataSource.FromReader(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rows_of_a_query_are_predicted_as_the_same_cells_by_name()
    {
        FillHouses(30);
        using DbDataReader training = Query("SELECT * FROM houses");
        Dataset train = DataSource.FromReader(training, "price").Train;
        NetworkOptions network = NetworkOptions.FeedForward(train.InputCount, [3], 1, Activation.Tanh, Activation.Linear, Cost.Quadratic);
        var model = new Model(network, ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Single, 1), [], columns: train.Columns);
        using DbDataReader reader = Query("SELECT city, built, area, rooms, 1 AS other FROM houses");
        RowBinding<DbDataReader> binding = model.Bind(reader);
        int count = 0;
        while (reader.Read())
        {
            count++;
            Dictionary<string, string?> cells = Enumerable.Range(0, 5).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
            Assert.Equal(model.Predict(cells).Outputs, binding.Predict(reader).Outputs);
        }

        Assert.Equal(30, count);
        using DbDataReader less = Query("SELECT city, rooms FROM houses");
        Assert.Contains("no column 'area', 'built', only 'city', 'rooms'", Assert.Throws<ArgumentException>(() => model.Bind(less)).Message, StringComparison.Ordinal);
    }

    /// <summary>The same data with columns that no file is known of, as a checksum covers the text of the file.</summary>
    private static Dataset WithoutFingerprint(Dataset data)
    {
        double[] inputs = new double[data.Count * data.InputCount], targets = new double[data.Count];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInputs(i, inputs.AsSpan(i * data.InputCount, data.InputCount));
            targets[i] = data.Target(i)[0];
        }

        return Dataset.FromRows("bare", inputs, data.InputCount, targets, 1);
    }

    private void FillHouses(int count)
    {
        Execute("CREATE TABLE houses (rooms INTEGER, area REAL, city TEXT, built TEXT, price REAL)");
        var random = new Random(3);
        for (int i = 0; i < count; i++)
        {
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO houses VALUES ($rooms, $area, $city, $built, $price)";
            insert.Parameters.AddWithValue("$rooms", random.Next(1, 8));
            insert.Parameters.AddWithValue("$area", i % 9 == 4 ? DBNull.Value : random.NextDouble() * 100);
            insert.Parameters.AddWithValue("$city", $"city {random.Next(3)}");
            insert.Parameters.AddWithValue("$built", new DateOnly(1950, 1, 1).AddDays(random.Next(20_000)));
            insert.Parameters.AddWithValue("$price", random.NextDouble() * 1e6);
            insert.ExecuteNonQuery();
        }
    }

    private void Execute(string statement)
    {
        using SqliteCommand command = Command(statement);
        command.ExecuteNonQuery();
    }

    /// <summary>The reader closes with its command, which lives until the connection ends.</summary>
    private SqliteDataReader Query(string query) => Command(query).ExecuteReader();

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of this file.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
