namespace Nabla;

/// <summary>How to read a table, and what to learn from it.</summary>
public sealed record TableOptions
{
    /// <summary>
    /// The target columns, by name or 0-based index; empty for the last
    /// column. Several columns make a regression with as many outputs.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Columns that are left out, by name or 0-based index.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// The column with the weight of each row in training, by name or
    /// 0-based index; null if all rows count the same. It is not an input.
    /// </summary>
    public string? WeightsColumn { get; init; }

    /// <summary>The kinds of columns whose cells should not decide, by name or 0-based index.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>How numbers are scaled. Default: standard.</summary>
    public ColumnScaling Scaling { get; init; } = ColumnScaling.Standard;

    /// <summary>
    /// Whether the first row holds the names of the columns. Null decides
    /// by its cells: it does if none of them is a number or a date.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>Whether numbers have a decimal comma, such as 1,5.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>
    /// Whether to predict classes or real values. Auto predicts classes for a target of names, of two distinct numbers,
    /// or of at most 20 distinct whole numbers with five rows each on average; otherwise real values.
    /// </summary>
    public TableTask Task { get; init; }

    /// <summary>
    /// Whether real targets are standardised for training. Predictions and errors stay in the target's own unit. Must
    /// be off if the outputs are not linear.
    /// </summary>
    public bool ScaleTargets { get; init; } = true;
}
