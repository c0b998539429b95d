using Nabla.Choices;
using Nabla.Training.Presets;

namespace Nabla;

/// <summary>A named set of options. The task and the size of the data choose some of them.</summary>
/// <remarks>A preset is one file: a record and its row. See CONTRIBUTING.md.</remarks>
public abstract record Preset : IChoice<Preset>
{
    /// <summary>The best settings known for the task and the size of the data. The default.</summary>
    public static Preset Modern { get; } = new ModernPreset();

    /// <summary>The network of the book's third chapter.</summary>
    public static Preset Book { get; } = new BookPreset();

    /// <summary>Nothing beyond the basics.</summary>
    public static Preset Plain { get; } = new PlainPreset();

    /// <summary>The row of the registry that makes this preset.</summary>
    public abstract Choice<Preset> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public IReadOnlyList<double> Values => [];

    /// <summary>The name on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>The options for this data.</summary>
    /// <param name="train">The training part.</param>
    public ModelOptions For(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        ModelOptions options = Choose(train);
        return train.IsRegression ? options.WithOutput(Activation.Linear) : options;
    }

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>The options for this data, as for classes: the caller gives regression its output and its cost.</summary>
    private protected abstract ModelOptions Choose(Dataset train);
}
