using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Encoders;

/// <summary>Reads rows of a table with known columns, one at a time, as they arrive. For one thread at a time.</summary>
/// <remarks>
/// Columns are matched by name, in any order. A table without a header must have either exactly the input columns or
/// all columns of the training file, in its order.
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
    private bool hasStarted;
    private bool isFirstRowData;

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The text; disposed with this object.</param>
    /// <param name="name">The name of the text, for messages.</param>
    /// <param name="schema">The columns as learned from the training rows.</param>
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

    /// <summary>The line on which the current row starts.</summary>
    public long Line => reader.Line;

    /// <summary>Number of inputs.</summary>
    public int Width => encoder.Width;

    /// <summary>Whether another row has already arrived, so that reading it would most likely not block.</summary>
    public bool HasWaitingRow => reader.HasWaitingRow;

    /// <summary>The names of the columns that are not inputs, in file order. Reads the first row.</summary>
    /// <exception cref="InvalidDataException">Columns are absent; the message names them.</exception>
    public IReadOnlyList<string> OtherColumns
    {
        get
        {
            ReadFirstRow();
            return [.. otherFields.Select(other => names[other])];
        }
    }

    /// <summary>Whether all target columns are present. Reads the first row.</summary>
    internal bool HasTargets
    {
        get
        {
            ReadFirstRow();
            return !targetFields.Contains(-1);
        }
    }

    /// <summary>Opens a file, <c>.csv</c> or <c>.tsv</c>, also gzipped.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TableRows Open(string path, TableSchema schema) => new(TableFile.OpenRead(path, out _), path, schema);

    /// <summary>Reads the next row.</summary>
    /// <param name="inputs">[<see cref="Width"/>].</param>
    /// <returns>Whether there was a row.</returns>
    /// <exception cref="InvalidDataException">The row does not fit the columns; the message says where.</exception>
    public bool TryRead(Span<float> inputs)
    {
        ReadFirstRow();
        if (!isFirstRowData && !reader.Read())
        {
            return false;
        }

        isFirstRowData = false;
        if (reader.FieldCount != names.Length)
        {
            throw reader.Error($"{reader.FieldCount} field{(reader.FieldCount == 1 ? "" : "s")}, expected {names.Length} as in the first row.");
        }

        for (int i = 0; i < inputFields.Length; i++)
        {
            ReadOnlySpan<byte> cell = reader.Field(inputFields[i]);
            if (!encoder.TryEncode(i, cell, inputs))
            {
                InputColumn column = encoder.Schema.Inputs[i];
                throw reader.Error($"column '{column.Name}' is '{CellText.Show(cell)}': expected {RawColumn.Expected(column.Kind)}, or an empty cell for a missing value.");
            }
        }

        return true;
    }

    /// <summary>The cell of the current row in one of the <see cref="OtherColumns"/>.</summary>
    public string Other(int column) => Encoding.UTF8.GetString(reader.Field(otherFields[column]));

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>The class of the current row.</summary>
    /// <param name="classes">The index of each class, by name.</param>
    internal int Label(Dictionary<string, int> classes)
    {
        ReadOnlySpan<byte> cell = CellText.Trim(reader.Field(targetFields[0]));
        string name = Encoding.UTF8.GetString(cell);
        if (classes.TryGetValue(name, out int label)
            || (NumberText.TryParse(cell, (byte)(encoder.Schema.DecimalComma ? ',' : '.'), out double number) && classes.TryGetValue((number + 0.0).ToString(CultureInfo.InvariantCulture), out label)))
        {
            return label;
        }

        throw reader.Error(CellText.IsMissing(cell)
            ? $"the target '{encoder.Schema.Targets[0].Name}' is missing: expected a class."
            : $"the target '{encoder.Schema.Targets[0].Name}' is '{CellText.Show(cell)}', which is not a class of the training data.");
    }

    /// <summary>Writes the real targets of the current row, scaled as in training; [targets].</summary>
    internal void Targets(Span<double> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            ReadOnlySpan<byte> cell = reader.Field(targetFields[i]);
            if (!encoder.TryTarget(i, cell, out targets[i]))
            {
                throw reader.Error($"the target '{encoder.Schema.Targets[i].Name}' is '{CellText.Show(cell)}': expected a number.");
            }
        }
    }

    /// <summary>Reads the first row and finds the columns in it.</summary>
    private void ReadFirstRow()
    {
        if (hasStarted)
        {
            return;
        }

        hasStarted = true;
        if (!reader.Read())
        {
            return;
        }

        TableSchema schema = encoder.Schema;
        string[] first = HeaderRow.ReadNames(reader);
        bool hasHeader = first.Any(schema.Names.Contains);
        string[] inputs = [.. schema.Inputs.Select(column => column.Name)];
        if (!hasHeader && first.Length != inputs.Length && first.Length != schema.Names.Count)
        {
            throw reader.Error(
                $"{first.Length} column{(first.Length == 1 ? "" : "s")} and no known name, but the model takes {NameList.Quoted(inputs)}. Expected a header with these names, or exactly these {inputs.Length} columns.");
        }

        // A header with unknown names before rows that are matched by position.
        bool hasUnknownHeader = !hasHeader && schema.Inputs.Any(column => column.Kind is ColumnKind.Numeric or ColumnKind.Date) && HeaderRow.IsHeader(reader, (byte)(schema.DecimalComma ? ',' : '.'));
        isFirstRowData = !hasHeader && !hasUnknownHeader;
        names = hasHeader ? first : first.Length == schema.Names.Count ? [.. schema.Names] : inputs;
        var fields = names.Index().ToDictionary(name => name.Item, name => name.Index);
        string[] absent = [.. inputs.Where(name => !fields.ContainsKey(name))];
        if (absent.Length > 0)
        {
            throw reader.Error($"{(absent.Length == 1 ? "the column" : "the columns")} {NameList.Quoted(absent)} {(absent.Length == 1 ? "is" : "are")} missing; the model takes {NameList.Quoted(inputs)}, in any order.");
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
}
