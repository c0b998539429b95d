namespace Nabla;

/// <summary>The kinds of columns.</summary>
public enum ColumnKind
{
    /// <summary>Numbers: one scaled input.</summary>
    Numeric,

    /// <summary>Names: one input for each name, one-hot.</summary>
    Categorical,

    /// <summary>Yes or no: one input, 0 or 1.</summary>
    Boolean,

    /// <summary>
    /// Dates, perhaps with a time: a scaled input for the time, and the phases of year, week and day.
    /// </summary>
    Date,
}

/// <summary>The scalings of numbers: (x − centre)/scale.</summary>
public enum ColumnScaling
{
    /// <summary>Mean and standard deviation.</summary>
    Standard,

    /// <summary>
    /// Median and interquartile range divided by 1.349, the range of
    /// the standard normal distribution. Outliers have no effect.
    /// </summary>
    Robust,

    /// <summary>The smallest value becomes 0, the largest 1.</summary>
    MinMax,

    /// <summary>No scaling.</summary>
    None,
}

/// <summary>The tasks of a table.</summary>
public enum TableTask
{
    /// <summary>Decided by the target: see <see cref="TableOptions.Task"/>.</summary>
    Auto,

    /// <summary>Predict a class.</summary>
    Classify,

    /// <summary>Predict real values.</summary>
    Regress,
}
