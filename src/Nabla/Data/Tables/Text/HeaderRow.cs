using System.Globalization;

namespace Nabla.Data.Tables.Text;

/// <summary>The first row of a table, and how columns are named.</summary>
internal static class HeaderRow
{
    /// <summary>Whether the row holds names: none of its cells is a number or a date, and one is there at all.</summary>
    public static bool IsOne(DelimitedReader reader, byte point)
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

    /// <summary>The names in the row. A column without a name is called after its place, and a name that comes again gets a number.</summary>
    public static string[] Names(DelimitedReader reader)
    {
        string[] names = new string[reader.FieldCount];
        var taken = new HashSet<string>();
        // Where the last search for a free number has ended: a row of one name alone would otherwise take the square of its length.
        var last = new Dictionary<string, int>();
        for (int i = 0; i < names.Length; i++)
        {
            string name;
            try
            {
                name = CellText.Decode(CellText.Trim(reader.Field(i)));
            }
            catch (InvalidDataException error)
            {
                throw reader.Wrong($"field {i + 1} has {error.Message}");
            }

            name = name.Length > 0 ? name : NameOf(i);
            string unique = name;
            int again = last.GetValueOrDefault(name);
            while (!taken.Add(unique))
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name}.{++again}");
            }

            last[name] = again;

            names[i] = unique;
        }

        return names;
    }

    /// <summary>The names of columns in a table without any.</summary>
    public static string[] Default(int columns) => [.. Enumerable.Range(0, columns).Select(NameOf)];

    /// <summary>The column that is meant by a name or a 0-based index.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
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

        const int Shown = 12;
        string list = string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $", … ({names.Count} in all)" : "");
        throw new ArgumentException($"{file} has no column '{column}'. Expected one of {list}, or an index from 0 to {names.Count - 1}.");
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"column_{index}");
}
