using System.Globalization;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Fitting;

/// <summary>The targets of a table: a class for each row, or real values.</summary>
/// <param name="Columns">The target columns, as indices of <see cref="RawTable.Columns"/>.</param>
/// <param name="Classes">The names of the classes, in natural order; empty for regression.</param>
/// <param name="Labels">The class of each row, or null for regression.</param>
internal sealed record TableTargets(int[] Columns, string[] Classes, int[]? Labels)
{
    /// <summary>
    /// The most classes. With more distinct values, the target is probably an identifier, or a number for regression.
    /// </summary>
    public const int MaxClasses = 10_000;

    private const int MaxNumericClasses = 20;
    private const int MinRowsPerNumericClass = 5;

    /// <summary>Decides the task by the target's cells.</summary>
    /// <exception cref="ArgumentException">The target does not fit the requested task.</exception>
    public static TableTargets Of(RawTable table, TableOptions options)
    {
        int[] columns = options.Targets.Count == 0
            ? [Array.FindIndex(table.Columns, column => column.IsTarget)]
            : [.. options.Targets.Select(target => table.IndexOf(table.Names[HeaderRow.Find(table.Names, target, table.Name)])).Distinct()];
        if (columns.Length == table.Columns.Length)
        {
            throw new ArgumentException($"{table.Name} has no column besides the target, so there is nothing to predict it from. Is '{Separator.Show((byte)',')}' the separator?");
        }

        if (columns.Length > 1 && options.Task == TableTask.Classify)
        {
            throw new ArgumentException($"{table.Name}: {columns.Length} targets need regression, but a class is a single column. Name one target.");
        }

        RawColumn target = table.Columns[columns[0]];
        if (columns.Length > 1 || options.Task == TableTask.Regress)
        {
            return new TableTargets(columns, [], null);
        }

        if (target.Kind == ColumnKind.Numeric)
        {
            SortedSet<double> values = Distinct(table, columns[0]);
            bool classes = options.Task == TableTask.Classify
                || values.Count == 2
                || (values.Count <= MaxNumericClasses && (long)values.Count * MinRowsPerNumericClass <= table.Count && values.All(value => value == Math.Floor(value)));
            return classes ? OfNumbers(table, columns, values) : new TableTargets(columns, [], null);
        }

        return OfNames(table, columns, target);
    }

    private static SortedSet<double> Distinct(RawTable table, int column)
    {
        var values = new SortedSet<double>();
        for (int row = 0; row < table.Count && values.Count <= MaxClasses; row++)
        {
            // 0 and −0 are one class.
            values.Add(table.Row(row)[column] + 0.0);
        }

        return values;
    }

    private static TableTargets OfNumbers(RawTable table, int[] columns, SortedSet<double> values)
    {
        RequireClasses(table, table.Columns[columns[0]].Name, values.Count);
        double[] sorted = [.. values];
        int[] labels = new int[table.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = Array.BinarySearch(sorted, table.Row(row)[columns[0]] + 0.0);
        }

        return new TableTargets(columns, [.. sorted.Select(Name)], labels);
    }

    private static TableTargets OfNames(RawTable table, int[] columns, RawColumn target)
    {
        RequireClasses(table, target.Name, target.Texts.Count);
        string[] classes = [.. target.Texts.Order(NaturalOrder.Instance)];
        var numbers = new Dictionary<string, int>();
        for (int i = 0; i < classes.Length; i++)
        {
            numbers.Add(classes[i], i);
        }

        int[] numberOfCode = [.. target.Texts.Select(text => numbers[text])];
        int[] labels = new int[table.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            int code = (int)table.Row(row)[columns[0]];
            labels[row] = code >= 0 ? numberOfCode[code] : throw new ArgumentException($"{table.Name}: the target '{target.Name}' has a text of more than {RawColumn.LongestName} bytes in row {row + 1}: expected the name of a class.");
        }

        return new TableTargets(columns, classes, labels);
    }

    /// <summary>The name of a numeric class: the same for 1 and 1.0.</summary>
    private static string Name(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static void RequireClasses(RawTable table, string target, int count)
    {
        if (count is < 2 or > MaxClasses)
        {
            throw new ArgumentException(count < 2
                ? $"{table.Name}: the target '{target}' has the same value in every row, so there is nothing to learn. Name another target."
                : $"{table.Name}: the target '{target}' has more than {MaxClasses} distinct values, too many for classes. Name another target, or use regression for numbers.");
        }
    }
}
