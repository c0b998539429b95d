using System.Text.Json;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;

namespace Nabla.Models.Formats.Json;

/// <summary>The architecture of a network as JSON.</summary>
internal static class NetworkJson
{
    public static NetworkOptions Read(StrictJson json)
    {
        NetworkOptions network = new() { Inputs = json["inputs"].Int32(), Layers = [.. json["layers"].Items().Select(ReadLayer)] };
        return network with
        {
            Cost = json.Find("cost")?.Setting<Cost>() ?? network.Cost,
            SoftmaxConstant = json.Find("softmax_constant")?.Double() ?? network.SoftmaxConstant,
        };
    }

    public static void Write(Utf8JsonWriter json, string name, NetworkOptions network)
    {
        json.WriteStartObject(name);
        json.WriteNumber("inputs", network.Inputs);
        json.WriteStartArray("layers");
        foreach (LayerOptions layer in network.Layers)
        {
            json.WriteStartObject();
            json.WriteNumber("units", layer.Units);
            json.WriteSetting("activation", layer.Activation);
            if (layer.UnitActivations is { } activations)
            {
                json.WriteTexts("unit_activations", activations.Select(SettingNames.Of));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteSetting("cost", network.Cost);
        json.WriteNumber("softmax_constant", network.SoftmaxConstant);
        json.WriteEndObject();
    }

    private static LayerOptions ReadLayer(StrictJson json) => new(
        json["units"].Int32(),
        json["activation"].Setting<Activation>(),
        json.Optional("unit_activations") is { } activations ? ReadActivations(activations) : null);

    private static List<Activation> ReadActivations(StrictJson json)
    {
        var activations = new List<Activation>();
        foreach (StrictJson item in json.Items())
        {
            activations.Add(item.Setting<Activation>());
        }

        return activations;
    }
}
