namespace Nabla.Choices;

/// <summary>One row of a registry: everything that the rest of the program needs to know about one choice.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public sealed class Choice<T> where T : class, IChoice<T>
{
    private readonly Func<IReadOnlyList<double>, T> create;

    /// <summary>A row.</summary>
    /// <param name="name">The name in files and on the command line, in kebab case.</param>
    /// <param name="summary">One line: the formula and its source.</param>
    /// <param name="create">Makes the value from the values of the parameters.</param>
    /// <param name="parameters">The parameters.</param>
    public Choice(string name, string summary, Func<IReadOnlyList<double>, T> create, params IReadOnlyList<NumberParameter> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        Summary = summary;
        this.create = create;
        Parameters = parameters;
    }

    /// <summary>The name in files and on the command line.</summary>
    public string Name { get; }

    /// <summary>One line: the formula and its source.</summary>
    public string Summary { get; }

    /// <summary>The parameters, in the order in which texts give them.</summary>
    public IReadOnlyList<NumberParameter> Parameters { get; }

    /// <summary>The value with these parameters.</summary>
    /// <param name="values">The first parameters; those that are not given have their defaults.</param>
    /// <exception cref="ArgumentException">There are too many values, one that must be given is missing, or one is out of range.</exception>
    public T Create(params IReadOnlyList<double> values)
    {
        if (values.Count > Parameters.Count)
        {
            throw new ArgumentException($"{Name} has {Parameters.Count} parameters{(Parameters.Count == 0 ? "" : $" ({string.Join(", ", Parameters.Select(p => p.OptionName))})")}, but {values.Count} values are given.");
        }

        double[] all = [.. Parameters.Select((parameter, i) => i < values.Count ? values[i] : parameter.Default)];
        Check(all);
        return create(all);
    }

    /// <summary>Requires that values lie in the ranges of the parameters.</summary>
    /// <exception cref="ArgumentException">One does not.</exception>
    internal void Check(IReadOnlyList<double> values)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (double.IsNaN(values[i]) && Parameters[i].IsRequired)
            {
                throw new ArgumentException($"{Name} needs a value: {Parameters[i].OptionName}, {Parameters[i].Range}.");
            }

            Parameters[i].Check(Name, values[i]);
        }
    }
}
