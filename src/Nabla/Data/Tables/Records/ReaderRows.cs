using System.Data.Common;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Records;

/// <summary>The rows of a database reader, with its columns bound by name.</summary>
internal static class ReaderRows
{
    /// <summary>Binds columns of a reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="columns">The names of the columns, or null for all.</param>
    /// <exception cref="ArgumentException">The reader has no columns, lacks one, or has columns without names or of the same name.</exception>
    public static RowColumns<DbDataReader> Bind(DbDataReader reader, IReadOnlyCollection<string>? columns = null)
    {
        OrderedDictionary<string, int> ordinals = Ordinals(reader);
        string[] absent = [.. (columns ?? []).Where(name => !ordinals.ContainsKey(name))];
        if (absent.Length > 0)
        {
            throw new ArgumentException($"The reader has no column {NameList.Quoted(absent)}, only {NameList.Quoted(ordinals.Keys)}. Select each, or name it with AS.");
        }

        var bound = new RowColumns<DbDataReader>();
        foreach (string name in columns ?? ordinals.Keys)
        {
            int ordinal = ordinals[name];
            bound.Column(name, row => Read(row, ordinal));
        }

        return bound;
    }

    /// <summary>The rows that the reader has not read yet. Each is the reader itself, and valid until the next.</summary>
    public static IEnumerable<DbDataReader> Remaining(DbDataReader reader)
    {
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private static OrderedDictionary<string, int> Ordinals(DbDataReader reader)
    {
        var ordinals = new OrderedDictionary<string, int>();
        for (int i = 0; i < reader.FieldCount; i++)
        {
            string name = reader.GetName(i);
            if (name.Length == 0 || !ordinals.TryAdd(name, i))
            {
                throw new ArgumentException(name.Length == 0
                    ? $"Column {i} of the reader has no name. Name it in the query with AS."
                    : $"Two columns of the reader are called '{name}'. Name one of them differently in the query with AS.");
            }
        }

        return ordinals.Count > 0 ? ordinals : throw new ArgumentException("The reader has no columns: expected the reader of a query.");
    }

    private static Cell Read(DbDataReader row, int ordinal) => row.GetValue(ordinal) switch
    {
        null or DBNull => Cell.Missing,
        string text => text,
        double number => number,
        float number => number,
        decimal number => number,
        long number => number,
        int number => number,
        short number => number,
        sbyte number => number,
        byte number => number,
        ushort number => number,
        uint number => number,
        ulong number => number,
        bool truth => truth,
        char letter => letter,
        DateTime instant => instant,
        DateTimeOffset instant => instant,
        DateOnly day => day,
        Guid id => id.ToString(),
        object other => throw new InvalidDataException(
            $"Column '{row.GetName(ordinal)}' holds {other.GetType().Name} values: expected numbers, texts, true or false, or dates. Leave it out of the query, convert it there (CAST), or ignore it."),
    };
}
