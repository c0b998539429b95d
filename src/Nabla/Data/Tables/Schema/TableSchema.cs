namespace Nabla.Data.Tables.Schema;

/// <summary>A column that is predicted.</summary>
public sealed record TargetColumn
{
    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The mean of a real target over the training rows.</summary>
    public double Center { get; init; }

    /// <summary>The standard deviation of a real target over the training rows: y = centre + scale·output. Above 0.</summary>
    public double Scale { get; init; } = 1;
}

/// <summary>A column that is no input.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Reason">Why.</param>
public sealed record IgnoredColumn(string Name, string Reason);

/// <summary>What is known of a table's columns, learned from the training rows alone: it turns a row of raw cells into the inputs of a network.</summary>
public sealed record TableSchema
{
    /// <summary>The most inputs that the columns of a table may give.</summary>
    internal const int MostInputs = 1_000_000;

    /// <summary>The names of all columns in the order of the file.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The columns that give inputs, in the order of the file.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init; }

    /// <summary>The columns that are predicted.</summary>
    public required IReadOnlyList<TargetColumn> Targets { get; init; }

    /// <summary>The names of the classes; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The columns that are neither.</summary>
    public IReadOnlyList<IgnoredColumn> Ignored { get; init; } = [];

    /// <summary>Whether numbers are written with a comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>SHA-256 of the training file's text (unpacked), so that it is known again.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Number of inputs.</summary>
    public int Width => Inputs.Sum(column => column.Width);

    /// <summary>The names of the inputs, in order.</summary>
    public IEnumerable<string> InputNames => Inputs.SelectMany(column => column.InputNames);

    /// <summary>Requires that the schema makes sense, as one from a file may not.</summary>
    /// <exception cref="ArgumentException">It does not; the message says why.</exception>
    public void Validate()
    {
        Require(Names.All(name => name is not null) && Names.Distinct().Count() == Names.Count, "the names of the columns are not all different");
        Require(Inputs.Count > 0 && Targets.Count > 0, "there are no input columns or no targets");
        var known = Names.ToHashSet();
        foreach (InputColumn column in Inputs)
        {
            Require(column is not null && known.Remove(column.Name), $"the input column {column?.Name} is not among the columns, or twice");
            column!.Validate();
        }

        foreach (TargetColumn target in Targets)
        {
            Require(target is not null && known.Remove(target.Name), $"the target {target?.Name} is not among the columns, or twice");
            Require(double.IsFinite(target!.Center) && double.IsFinite(target.Scale) && target.Scale > 0, $"the target {target.Name} has no finite scaling");
        }

        Require(Inputs.Sum(column => (long)column.Width) <= MostInputs, $"the columns give more than {MostInputs} inputs");
        Require(Classes.Count == 0 || Targets.Count == 1, "classes need one target");
        Require(Classes.All(name => name is not null) && Classes.Distinct().Count() == Classes.Count, "the classes are not all different");
        Require(!Ignored.Contains(null!), "an ignored column is null");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"columns: {what}.");
        }
    }
}
