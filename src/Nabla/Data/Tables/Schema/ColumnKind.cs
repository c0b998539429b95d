namespace Nabla.Data.Tables.Schema;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers: one input, scaled.</summary>
    Numeric,

    /// <summary>Names: an input for each, one-hot.</summary>
    Categorical,

    /// <summary>Yes or no: one input, 0 or 1.</summary>
    Boolean,

    /// <summary>Days or instants: time, scaled, and the phases of year, week and day.</summary>
    Date,
}

/// <summary>How numbers become inputs: (x − centre)/scale.</summary>
public enum ColumnScaling
{
    /// <summary>Mean and standard deviation.</summary>
    Standard,

    /// <summary>Median and interquartile range over 1.349, that of a normal distribution: outliers do not move it.</summary>
    Robust,

    /// <summary>The smallest value becomes 0, the largest 1.</summary>
    MinMax,

    /// <summary>The numbers as they are.</summary>
    None,
}

/// <summary>What is learned from a table.</summary>
public enum TableTask
{
    /// <summary>Told by the target: see <see cref="TableOptions.Task"/>.</summary>
    Auto,

    /// <summary>A class.</summary>
    Classify,

    /// <summary>Real values.</summary>
    Regress,
}
