using System.Collections;
using System.Globalization;

namespace Nabla.Choices;

/// <summary>The choices of one kind, by name. Immutable: <see cref="With"/> gives a new registry with one more row.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public sealed class Registry<T> : IReadOnlyList<Choice<T>> where T : class, IChoice<T>
{
    private readonly Choice<T>[] rows;

    /// <summary>A registry of these rows.</summary>
    /// <param name="kind">What the values are, for messages: <c>activation</c>.</param>
    /// <param name="rows">The rows, each with a name of its own.</param>
    /// <exception cref="ArgumentException">Two rows have one name.</exception>
    public Registry(string kind, params IEnumerable<Choice<T>> rows)
    {
        Kind = kind;
        this.rows = [.. rows];
        if (this.rows.GroupBy(row => row.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The {kind} '{twice.Key}' is registered twice.", nameof(rows));
        }
    }

    /// <summary>What the values are: <c>activation</c>.</summary>
    public string Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>The names, in the order of the rows.</summary>
    public IEnumerable<string> Names => rows.Select(row => row.Name);

    /// <summary>A row by its place.</summary>
    public Choice<T> this[int index] => rows[index];

    /// <summary>The row of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public Choice<T> this[string name] => Find(name)
        ?? throw new ArgumentException($"The {Kind} '{name}' is not known here: expected one of {string.Join(", ", Names)}. A choice of your own must be registered first.");

    /// <summary>The row of a name, or null.</summary>
    public Choice<T>? Find(string name) => Array.Find(rows, row => row.Name == name);

    /// <summary>A registry with one more row.</summary>
    /// <exception cref="ArgumentException">There is a row of this name already.</exception>
    public Registry<T> With(Choice<T> row) => new(Kind, [.. rows, row]);

    /// <summary>The value of a text: a name, and the parameters behind a colon where they differ from the defaults, as in <c>leaky-relu:0.2</c>.</summary>
    /// <exception cref="ArgumentException">The name is not known, or a parameter is not a number in its range.</exception>
    public T Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        Choice<T> row = this[colon < 0 ? text : text[..colon]];
        return row.Create(colon < 0 ? [] : [.. text[(colon + 1)..].Split(',').Select(part => Number(row, part))]);
    }

    /// <summary>The text of a value, which <see cref="Parse"/> reads.</summary>
    public static string Text(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int given = value.Values.Count;
        while (given > 0 && value.Values[given - 1].Equals(value.Row.Parameters[given - 1].Default))
        {
            given--;
        }

        return given == 0 ? value.Row.Name : $"{value.Row.Name}:{string.Join(',', value.Values.Take(given).Select(NumberParameter.Text))}";
    }

    /// <inheritdoc/>
    public IEnumerator<Choice<T>> GetEnumerator() => ((IEnumerable<Choice<T>>)rows).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static double Number(Choice<T> row, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"{row.Name}: '{text}' is not a number. Parameters stand behind a colon, separated by commas: {row.Name}:{string.Join(',', row.Parameters.Select(parameter => parameter.OptionName))}.");
}
