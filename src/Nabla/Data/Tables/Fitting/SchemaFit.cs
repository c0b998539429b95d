using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Fitting;

/// <summary>Learns how the cells of a table become inputs, from its training rows alone.</summary>
internal sealed class SchemaFit
{
    /// <summary>The most names of a column with an input of their own.</summary>
    private const int MaxCategories = 64;

    /// <summary>A name in fewer than one of this many rows is rare.</summary>
    private const int RowsPerRareName = 1000;

    /// <summary>The interquartile range of the standard normal distribution, 2·Φ⁻¹(3/4).</summary>
    private const double NormalQuartileRange = 1.3489795003921634;

    private readonly RawTable table;
    private readonly int[] rows;
    private readonly TableOptions options;
    private readonly Moments[] moments;
    private readonly List<InputOrigin> inputs = [];
    private readonly List<IgnoredColumn> ignored = [];

    private SchemaFit(RawTable table, int[] rows, TableOptions options)
    {
        this.table = table;
        this.rows = rows;
        this.options = options;
        moments = Moments.Of(table, rows);
    }

    /// <summary>Learns the columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="targets">The target columns.</param>
    /// <param name="options">How to scale numbers.</param>
    /// <returns>The schema, and the columns that its inputs come from.</returns>
    /// <exception cref="InvalidDataException">
    /// No column can be an input, or numbers are too large to be scaled.
    /// </exception>
    public static (TableSchema Schema, IReadOnlyList<InputOrigin> Inputs) Learn(RawTable table, int[] rows, TableTargets targets, TableOptions options)
    {
        var fit = new SchemaFit(table, rows, options);
        int weights = TableWeights.ColumnOf(table, options);
        if (weights >= 0)
        {
            fit.ignored.Add(new IgnoredColumn(table.Columns[weights].Name, "holds the weights of the rows"));
        }

        for (int column = 0; column < table.Columns.Length; column++)
        {
            if (!targets.Columns.Contains(column) && column != weights)
            {
                fit.Add(column);
            }
        }

        if (fit.inputs.Count == 0)
        {
            throw new InvalidDataException($"{table.Name}: no column can be an input: {string.Join("; ", fit.ignored.Select(column => $"'{column.Name}' {column.Reason}"))}.");
        }

        var kept = table.Columns.Select(column => column.Name).ToHashSet();
        var schema = new TableSchema
        {
            Names = table.Names,
            Inputs = [.. fit.inputs.Select(origin => origin.Input)],
            Targets = [.. targets.Columns.Select(column => fit.Target(column, targets.Labels is null && options.ScaleTargets))],
            Classes = targets.Classes,
            Ignored = [.. table.Names.Where(name => !kept.Contains(name)).Select(name => new IgnoredColumn(name, "as asked for")), .. fit.ignored],
            DecimalComma = options.DecimalComma,
            Fingerprint = table.Fingerprint,
        };
        return (schema, fit.inputs);
    }

    private void Add(int column)
    {
        RawColumn raw = table.Columns[column];
        if (raw.Kind is not { } kind)
        {
            ignored.Add(new IgnoredColumn(raw.Name, "has only missing cells"));
            return;
        }

        int missing = rows.Length - moments[column].Count;
        if (missing == rows.Length)
        {
            ignored.Add(new IgnoredColumn(raw.Name, "is missing in every training row"));
            return;
        }

        var named = new InputColumn { Name = raw.Name, Kind = kind, HasMissingIndicator = missing > 0 };
        switch (kind)
        {
            case ColumnKind.Categorical:
                AddCategorical(column, raw, named);
                break;
            case ColumnKind.Boolean:
                Keep(column, named with { Imputed = moments[column].Mean > 0.5 ? 1 : 0 }, null);
                break;
            default:
                Keep(column, Scaled(column, named, missing > 0), null);
                break;
        }
    }

    private void Keep(int column, InputColumn input, int[]? codes) => inputs.Add(new InputOrigin(input, column, codes));

    private InputColumn Scaled(int column, InputColumn named, bool hasMissing)
    {
        ColumnScaling scaling = named.Kind == ColumnKind.Date ? ColumnScaling.Standard : options.Scaling;
        double[] sorted = hasMissing || scaling == ColumnScaling.Robust ? Sorted(column) : [];
        Moments values = moments[column];
        (double center, double scale) = scaling switch
        {
            ColumnScaling.Standard => (values.Mean, values.Deviation),
            ColumnScaling.Robust when Quantile(sorted, 0.75) > Quantile(sorted, 0.25) => (Quantile(sorted, 0.5), (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / NormalQuartileRange),
            // At least half of the values are equal: the interquartile range is 0.
            ColumnScaling.Robust => (Quantile(sorted, 0.5), values.Deviation),
            ColumnScaling.MinMax => (values.Minimum, values.Maximum - values.Minimum),
            _ => (0, 1),
        };
        if (!double.IsFinite(center) || !double.IsFinite(scale) || (scale == 0 && values.Maximum > values.Minimum))
        {
            throw new InvalidDataException($"{table.Name}: column '{named.Name}' goes from {values.Minimum} to {values.Maximum}, which cannot be scaled. Use another unit, or ignore the column.");
        }

        return named with
        {
            Center = center,
            Scale = scale,
            Imputed = hasMissing ? Quantile(sorted, 0.5) : 0,
            HasTime = named.Kind == ColumnKind.Date && Array.Exists(rows, row => table.Row(row)[column] % 86400 != 0 && !double.IsNaN(table.Row(row)[column])),
        };
    }

    private void AddCategorical(int column, RawColumn raw, InputColumn named)
    {
        int[] counts = new int[raw.Texts.Count];
        int others = 0;
        foreach (int row in rows)
        {
            double code = table.Row(row)[column];
            if (code >= 0)
            {
                counts[(int)code]++;
            }
            else if (code < 0)
            {
                others++;
            }
        }

        int rare = Math.Max(2, rows.Length / RowsPerRareName);
        int[] frequent =
        [
            .. Enumerable.Range(0, counts.Length).Where(code => counts[code] >= rare)
                .OrderByDescending(code => counts[code]).ThenBy(code => raw.Texts[code], NaturalOrder.Instance).Take(MaxCategories),
        ];
        if (frequent.Length == 0)
        {
            ignored.Add(new IgnoredColumn(raw.Name, "has no text that is frequent enough to learn from"));
            return;
        }

        int mostFrequent = frequent[0];
        frequent = [.. frequent.OrderBy(code => raw.Texts[code], NaturalOrder.Instance)];
        int[] codes = new int[counts.Length];
        Array.Fill(codes, -1);
        for (int i = 0; i < frequent.Length; i++)
        {
            codes[frequent[i]] = i;
        }

        bool hasOther = others > 0 || Enumerable.Range(0, counts.Length).Any(code => codes[code] < 0 && counts[code] > 0);
        Keep(column, named with { Categories = [.. frequent.Select(code => raw.Texts[code])], HasOther = hasOther, Imputed = codes[mostFrequent] }, codes);
    }

    private TargetColumn Target(int column, bool scale)
    {
        var target = new TargetColumn { Name = table.Columns[column].Name };
        if (!scale)
        {
            return target;
        }

        Moments values = moments[column];
        return double.IsFinite(values.Mean) && double.IsFinite(values.Deviation)
            ? target with { Center = values.Mean, Scale = values.Deviation > 0 ? values.Deviation : 1 }
            : throw new InvalidDataException($"{table.Name}: the target '{target.Name}' goes from {values.Minimum} to {values.Maximum}, which cannot be scaled. Use another unit.");
    }

    private double[] Sorted(int column)
    {
        double[] values = new double[moments[column].Count];
        int count = 0;
        foreach (int row in rows)
        {
            double value = table.Row(row)[column];
            if (!double.IsNaN(value))
            {
                values[count++] = value;
            }
        }

        Array.Sort(values);
        return values;
    }

    /// <summary>
    /// The quantile, linear between order statistics, as in most programs (type 7 of Hyndman and Fan).
    /// </summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
