using System.Text.Json;
using Nabla.Network.Activations;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Json;

/// <summary>The architecture of a network as JSON. A layer without a name is a dense one.</summary>
internal static class NetworkJson
{
    public static NetworkOptions Read(StrictJson json, NetworkChoices choices)
    {
        NetworkOptions network = new() { Inputs = json["inputs"].Int32(), Layers = [.. json["layers"].Items().Select(layer => ReadLayer(layer, choices))] };
        network = network with { Cost = json.Find("cost")?.Choice(choices.Costs) ?? network.Cost };
        double constant = json.Find("softmax_constant")?.Double() ?? 1;
        return constant == 1 || network.Layers.Count == 0 || network.OutputActivation != Activation.Softmax
            ? network
            : network with { Layers = [.. network.Layers.SkipLast(1), json.Checked(() => network.Layers[^1].WithActivation(Softmax.Choice.Create(constant)))] };
    }

    public static void Write(Utf8JsonWriter json, string name, NetworkOptions network)
    {
        json.WriteStartObject(name);
        json.WriteNumber("inputs", network.Inputs);
        json.WriteStartArray("layers");
        foreach (Layer layer in network.Layers)
        {
            json.WriteStartObject();
            WriteLayer(json, layer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("cost", network.Cost.ToString());
        json.WriteNumber("softmax_constant", network.OutputActivation is Softmax softmax ? softmax.Constant : 1);
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, Layer layer)
    {
        bool isDense = layer.Row == Dense.Choice;
        if (!isDense)
        {
            json.WriteString("layer", layer.Name);
        }

        ChoiceJson.WriteParameters(json, layer);
        if (layer.Activation is PerUnit mixed)
        {
            json.WriteString("activation", mixed.Units[0].ToString());
            json.WriteTexts("unit_activations", mixed.Units.Select(unit => unit.ToString()));
        }
        else if (isDense || layer.Activation != Activation.Linear)
        {
            json.WriteString("activation", layer.Activation.ToString());
        }
    }

    private static Layer ReadLayer(StrictJson json, NetworkChoices choices)
    {
        Layer layer = ChoiceJson.Create(json, json.Find("layer") is { } kind ? kind.Checked(() => choices.Layers[kind.Text()]) : Dense.Choice);
        Activation? activation = json.Optional("unit_activations") is { } units
            ? units.Checked(() => new PerUnit([.. units.Items().Select(unit => unit.Choice(choices.Activations))]))
            : json.Find("activation")?.Choice(choices.Activations);
        return activation is null || activation == Activation.Linear ? layer : json.Checked(() => layer.WithActivation(activation));
    }
}
