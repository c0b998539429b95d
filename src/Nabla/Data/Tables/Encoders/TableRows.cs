using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Encoders;

/// <summary>Rows of a table whose columns are known, one at a time, as they arrive.</summary>
/// <remarks>
/// Columns are matched by their names, in any order. A table without a header must have exactly the input columns, or all columns that the training file had, in its order.
/// </remarks>
public sealed class TableRows : IDisposable
{
    private readonly Stream stream;
    private readonly DelimitedReader reader;
    private readonly TableEncoder encoder;
    private readonly int[] inputFields;
    private readonly int[] targetFields;
    private string[] names = [];
    private int[] otherFields = [];
    private bool started;
    private bool isFirstRowData;

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The text; disposed with this.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="schema">What was learned of the columns.</param>
    public TableRows(Stream stream, string name, TableSchema schema)
        : this(stream, name, schema, null)
    {
    }

    internal TableRows(Stream stream, string name, TableSchema schema, IncrementalHash? hash)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        this.stream = stream;
        encoder = new TableEncoder(schema);
        reader = new DelimitedReader(stream, name, decimalComma: schema.DecimalComma, hash: hash);
        inputFields = new int[schema.Inputs.Count];
        targetFields = new int[schema.Targets.Count];
    }

    /// <summary>The line on which the row that was read last starts.</summary>
    public long Line => reader.Line;

    /// <summary>Number of inputs.</summary>
    public int Width => encoder.Width;

    /// <summary>Whether another row is here already, so that reading on would most likely not wait.</summary>
    public bool HasWaitingRow => reader.HasWaitingRow;

    /// <summary>The names of the columns that are no inputs, in the order of the file. Reads the first row.</summary>
    /// <exception cref="InvalidDataException">The columns do not fit; the message names those that are absent.</exception>
    public IReadOnlyList<string> OtherColumns
    {
        get
        {
            Start();
            return [.. otherFields.Select(place => names[place])];
        }
    }

    /// <summary>Whether all target columns are there. Reads the first row.</summary>
    internal bool HasTargets
    {
        get
        {
            Start();
            return !targetFields.Contains(-1);
        }
    }

    /// <summary>Reads a file, <c>.csv</c> or <c>.tsv</c>, also gzipped.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TableRows Open(string path, TableSchema schema) => new(TableFile.OpenRead(path, out _), path, schema);

    /// <summary>Reads the next row.</summary>
    /// <param name="inputs">[<see cref="Width"/>].</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The row does not fit the columns; the message says where.</exception>
    public bool TryRead(Span<float> inputs)
    {
        Start();
        if (!isFirstRowData && !reader.Read())
        {
            return false;
        }

        isFirstRowData = false;
        if (reader.FieldCount != names.Length)
        {
            throw reader.Wrong($"{reader.FieldCount} field{(reader.FieldCount == 1 ? "" : "s")}, expected {names.Length} as in the first row.");
        }

        for (int i = 0; i < inputFields.Length; i++)
        {
            ReadOnlySpan<byte> cell = reader.Field(inputFields[i]);
            if (!encoder.TryEncode(i, cell, inputs))
            {
                InputColumn column = encoder.Schema.Inputs[i];
                throw reader.Wrong($"column '{column.Name}' is '{CellText.Show(cell)}': expected {RawColumn.Expected(column.Kind)}, or nothing where it is missing.");
            }
        }

        return true;
    }

    /// <summary>A cell of the row that was read last, of one of the <see cref="OtherColumns"/>.</summary>
    public string Other(int column) => Encoding.UTF8.GetString(reader.Field(otherFields[column]));

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>The class of the row that was read last.</summary>
    /// <param name="classes">The index of each class's name.</param>
    internal int Label(Dictionary<string, int> classes)
    {
        ReadOnlySpan<byte> cell = CellText.Trim(reader.Field(targetFields[0]));
        string name = Encoding.UTF8.GetString(cell);
        if (classes.TryGetValue(name, out int label)
            || (NumberText.TryParse(cell, (byte)(encoder.Schema.DecimalComma ? ',' : '.'), out double number) && classes.TryGetValue((number + 0.0).ToString(CultureInfo.InvariantCulture), out label)))
        {
            return label;
        }

        throw reader.Wrong(CellText.IsMissing(cell)
            ? $"the target '{encoder.Schema.Targets[0].Name}' is missing: expected a class."
            : $"the target '{encoder.Schema.Targets[0].Name}' is '{CellText.Show(cell)}', a class that the training data does not have.");
    }

    /// <summary>The real targets of the row that was read last, scaled as in the training; [targets].</summary>
    internal void Targets(Span<double> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            ReadOnlySpan<byte> cell = reader.Field(targetFields[i]);
            if (!encoder.TryTarget(i, cell, out targets[i]))
            {
                throw reader.Wrong($"the target '{encoder.Schema.Targets[i].Name}' is '{CellText.Show(cell)}': expected a number.");
            }
        }
    }

    /// <summary>Reads the first row, and finds the columns in it.</summary>
    private void Start()
    {
        if (started)
        {
            return;
        }

        started = true;
        if (!reader.Read())
        {
            return;
        }

        TableSchema schema = encoder.Schema;
        string[] first = HeaderRow.Names(reader);
        bool hasHeader = first.Any(schema.Names.Contains);
        string[] inputs = [.. schema.Inputs.Select(column => column.Name)];
        if (!hasHeader && first.Length != inputs.Length && first.Length != schema.Names.Count)
        {
            throw reader.Wrong(
                $"{first.Length} column{(first.Length == 1 ? "" : "s")} and no known name, but the model takes {Show(inputs)}. Expected a header with these names, or exactly these {inputs.Length} columns.");
        }

        // A header of other names stands before rows that are told by their place.
        bool isStrange = !hasHeader && schema.Inputs.Any(column => column.Kind is ColumnKind.Numeric or ColumnKind.Date) && HeaderRow.IsOne(reader, (byte)(schema.DecimalComma ? ',' : '.'));
        isFirstRowData = !hasHeader && !isStrange;
        names = hasHeader ? first : first.Length == schema.Names.Count ? [.. schema.Names] : inputs;
        var fields = names.Index().ToDictionary(name => name.Item, name => name.Index);
        string[] absent = [.. inputs.Where(name => !fields.ContainsKey(name))];
        if (absent.Length > 0)
        {
            throw reader.Wrong($"{(absent.Length == 1 ? "the column" : "the columns")} {Show(absent)} {(absent.Length == 1 ? "is" : "are")} missing; the model takes {Show(inputs)}, in any order.");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            inputFields[i] = fields[inputs[i]];
        }

        for (int i = 0; i < targetFields.Length; i++)
        {
            targetFields[i] = fields.GetValueOrDefault(schema.Targets[i].Name, -1);
        }

        otherFields = [.. Enumerable.Range(0, names.Length).Except(inputFields)];
    }

    private static string Show(string[] columns)
    {
        const int Shown = 12;
        return string.Join(", ", columns.Take(Shown).Select(column => $"'{column}'")) + (columns.Length > Shown ? $", … ({columns.Length} in all)" : "");
    }
}
