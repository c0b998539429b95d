using System.Globalization;

namespace Nabla.Data.Tables.Text;

/// <summary>The header of a table, and the names of its columns.</summary>
internal static class HeaderRow
{
    /// <summary>Whether the current row is a header: no cell is a number or a date, and not all are missing.</summary>
    public static bool IsHeader(DelimitedReader reader, byte point)
    {
        bool any = false;
        for (int i = 0; i < reader.FieldCount; i++)
        {
            ReadOnlySpan<byte> cell = CellText.Trim(reader.Field(i));
            if (NumberText.TryParse(cell, point, out _) || CellText.TryDate(cell, out _))
            {
                return false;
            }

            any |= !CellText.IsMissing(cell);
        }

        return any;
    }

    /// <summary>
    /// The column names in the current row. A column without a name
    /// is named by its index, and a repeated name gets a number.
    /// </summary>
    public static string[] ReadNames(DelimitedReader reader)
    {
        string[] names = new string[reader.FieldCount];
        var taken = new HashSet<string>();
        // The last number tried for each name: without it, a row that repeats one name would take quadratic time.
        var lastNumbers = new Dictionary<string, int>();
        for (int i = 0; i < names.Length; i++)
        {
            string name;
            try
            {
                name = CellText.Decode(CellText.Trim(reader.Field(i)));
            }
            catch (InvalidDataException error)
            {
                throw reader.Error($"field {i + 1} has {error.Message}");
            }

            name = name.Length > 0 ? name : NameOf(i);
            string unique = name;
            int number = lastNumbers.GetValueOrDefault(name);
            while (!taken.Add(unique))
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name}.{++number}");
            }

            lastNumbers[name] = number;

            names[i] = unique;
        }

        return names;
    }

    /// <summary>The column names of a table without a header.</summary>
    public static string[] DefaultNames(int columns) => [.. Enumerable.Range(0, columns).Select(NameOf)];

    /// <summary>The index of the column with a name or a 0-based index.</summary>
    /// <exception cref="ArgumentException">There is no such column; the message lists the columns.</exception>
    public static int Find(IReadOnlyList<string> names, string column, string file)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == column)
            {
                return i;
            }
        }

        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < names.Count)
        {
            return index;
        }

        throw new ArgumentException($"{file} has no column '{column}'. Expected one of {NameList.Text(names)}, or an index from 0 to {names.Count - 1}.");
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"column_{index}");
}
