namespace Nabla.Data.Tables.Schema;

/// <summary>How a table is read and what is learned from it.</summary>
public sealed record TableOptions
{
    /// <summary>The target columns, by name or 0-based index; empty for the last column. Several make a regression with as many outputs.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Columns that are left out, by name or 0-based index.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The column that says how much each row counts in the training, by name or 0-based index; null where all count the same. It is no input.</summary>
    public string? WeightsColumn { get; init; }

    /// <summary>Kinds of columns, by name or 0-based index, where the cells shall not tell.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>How numbers become inputs. Default standard.</summary>
    public ColumnScaling Scaling { get; init; } = ColumnScaling.Standard;

    /// <summary>Whether the first row holds the names of the columns; null to tell by its cells: it does if none of them is a number or a date.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Whether numbers are written with a comma, such as 1,5.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>
    /// Classes or real values. Auto takes classes for a target of text or yes and no, of two different numbers, or of at most 20 different whole numbers
    /// with five rows each on average; otherwise real values.
    /// </summary>
    public TableTask Task { get; init; }

    /// <summary>Whether real targets are standardised for the training (predictions and errors are given in the target's own unit). Switched off where the outputs are not linear.</summary>
    public bool ScaleTargets { get; init; } = true;
}
