namespace Nabla.Data.Tables.Schema;

/// <summary>A column that is predicted.</summary>
public sealed record TargetColumn
{
    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The mean of a real target over the training rows.</summary>
    public double Center { get; init; }

    /// <summary>
    /// The standard deviation of a real target over the training rows: y = centre + scale·output. Above 0.
    /// </summary>
    public double Scale { get; init; } = 1;
}

/// <summary>A column that is not an input.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Reason">The reason, as it continues the name: <c>is missing in every training row</c>.</param>
public sealed record IgnoredColumn(string Name, string Reason);

/// <summary>
/// The columns of a table, learned from the training rows alone:
/// how a row of raw cells becomes the inputs of a network.
/// </summary>
public sealed record TableSchema
{
    /// <summary>The largest number of inputs of a table.</summary>
    internal const int MaxInputs = 1_000_000;

    /// <summary>The names of all columns, in file order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The columns that are inputs, in file order.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init; }

    /// <summary>The columns that are predicted.</summary>
    public required IReadOnlyList<TargetColumn> Targets { get; init; }

    /// <summary>The names of the classes; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The columns that are neither input nor target.</summary>
    public IReadOnlyList<IgnoredColumn> Ignored { get; init; } = [];

    /// <summary>Whether numbers have a decimal comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>SHA-256 of the training file's text (unpacked), by which the file is recognised.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Number of inputs.</summary>
    public int Width => Inputs.Sum(column => column.Width);

    /// <summary>The names of the inputs, in order.</summary>
    public IEnumerable<string> InputNames => Inputs.SelectMany(column => column.InputNames);

    /// <summary>Whether another schema makes the same inputs and targets of the same cells.</summary>
    internal bool EncodesLike(TableSchema other) =>
        Inputs.Count == other.Inputs.Count
        && Inputs.Zip(other.Inputs).All(pair => pair.First.EncodesLike(pair.Second))
        && Targets.SequenceEqual(other.Targets)
        && Classes.SequenceEqual(other.Classes);

    /// <summary>Checks the schema, which may come from a damaged file.</summary>
    /// <exception cref="ArgumentException">The schema contradicts itself; the message says how.</exception>
    public void Validate()
    {
        Require(Names.All(name => name is not null) && Names.Distinct().Count() == Names.Count, "the names of the columns are not distinct");
        Require(Inputs.Count > 0 && Targets.Count > 0, "there are no input columns or no targets");
        var known = Names.ToHashSet();
        foreach (InputColumn column in Inputs)
        {
            Require(column is not null && known.Remove(column.Name), $"the input column {column?.Name} is not among the columns, or is used twice");
            column!.Validate();
        }

        foreach (TargetColumn target in Targets)
        {
            Require(target is not null && known.Remove(target.Name), $"the target {target?.Name} is not among the columns, or is used twice");
            Require(double.IsFinite(target!.Center) && double.IsFinite(target.Scale) && target.Scale > 0, $"the target {target.Name} has a scaling that is not finite and above 0");
        }

        Require(Inputs.Sum(column => (long)column.Width) <= MaxInputs, $"the columns have more than {MaxInputs} inputs");
        Require(Classes.Count == 0 || Targets.Count == 1, "classes need exactly one target");
        Require(Classes.All(name => name is not null) && Classes.Distinct().Count() == Classes.Count, "the classes are not distinct");
        Require(!Ignored.Contains(null!), "an ignored column is null");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException($"columns: {problem}.");
        }
    }
}
