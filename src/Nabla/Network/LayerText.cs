using System.Globalization;
using Nabla.Choices;

namespace Nabla.Network;

/// <summary>Lists of layers as text: <c>dense 512, batch-norm, relu, dropout 0.2, dense 10 softmax</c>.</summary>
internal static class LayerText
{
    /// <summary>The text of a layer: its name, the values of its parameters where they differ from the defaults, and its activation.</summary>
    public static string Of(Layer layer)
    {
        IReadOnlyList<NumberParameter> parameters = layer.Row.Parameters;
        int given = parameters.Count;
        while (given > 0 && layer.Values[given - 1].Equals(parameters[given - 1].Default))
        {
            given--;
        }

        IEnumerable<string> words = [layer.Name, .. layer.Values.Take(given).Select(NumberParameter.Text)];
        return string.Join(' ', layer.Activation == Activation.Linear ? words : [.. words, layer.Activation.ToString()]);
    }

    /// <summary>Reads a list of layers.</summary>
    /// <param name="text">Layers, separated by commas. A comma between two numbers belongs to the parameters of an activation.</param>
    /// <param name="layers">The layers that are known.</param>
    /// <param name="activations">The activations that are known; one that stands alone is a layer by itself.</param>
    /// <param name="standAlone">Makes a layer of an activation that stands alone.</param>
    /// <param name="outputs">Units of the last layer, where the text leaves them out; or null.</param>
    /// <exception cref="ArgumentException">The text is not such a list; the message says where and what was expected.</exception>
    public static IReadOnlyList<Layer> Parse(string text, Registry<Layer> layers, Registry<Activation> activations, Func<Activation, Layer> standAlone, int? outputs)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var list = new List<Layer>();
        for (int i = 0; i < parts.Length; i++)
        {
            string[] words = parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                throw new ArgumentException($"layer {i} is empty: expected layers separated by commas, such as 'dense 64 relu, dense 10 softmax'.");
            }

            list.Add(layers.Find(words[0]) is { } row
                ? Parse(row, words, activations, i >= parts.Length - 2 ? outputs : null)
                : StandAlone(words, layers, activations, standAlone));
        }

        return list;
    }

    private static Layer Parse(Choice<Layer> row, string[] words, Registry<Activation> activations, int? outputs)
    {
        var values = new List<double>();
        int next = 1;
        while (next < words.Length && double.TryParse(words[next], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            values.Add(value);
            next++;
        }

        if (values.Count == 0 && row.Parameters is [{ IsRequired: true, Name: "units" }, ..] && outputs is { } units)
        {
            values.Add(units);
        }

        Layer layer = row.Create(values);
        if (next < words.Length)
        {
            layer = layer.WithActivation(activations.Parse(words[next++]));
        }

        return next == words.Length
            ? layer
            : throw new ArgumentException($"'{string.Join(' ', words)}': '{words[next]}' is too much. Expected {row.Name}{string.Concat(row.Parameters.Select(parameter => $" {parameter.OptionName}"))} and perhaps an activation.");
    }

    private static Layer StandAlone(string[] words, Registry<Layer> layers, Registry<Activation> activations, Func<Activation, Layer> standAlone)
    {
        string name = words[0].Split(':')[0];
        if (activations.Find(name) is null)
        {
            throw new ArgumentException($"'{string.Join(' ', words)}': '{name}' is neither a layer ({string.Join(", ", layers.Names)}) nor an activation ({string.Join(", ", activations.Names)}).");
        }

        return words.Length == 1
            ? standAlone(activations.Parse(words[0]))
            : throw new ArgumentException($"'{string.Join(' ', words)}': an activation that stands alone has nothing behind it. Its parameters are written {name}:0.1.");
    }
}
