using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Options;
using Nabla.Models;
using Nabla.Network;
using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>What <c>nabla inspect</c> says of a model.</summary>
internal sealed class ModelDescription(string path, Model model)
{
    /// <summary>Most class names that are shown; more are counted.</summary>
    private const int MostNames = 20;

    private readonly NetworkOptions network = model.Architecture;

    public void Print()
    {
        Tables.PrintFacts(
            ("model", path),
            ("inputs", model.Image is { } image ? $"{network.Inputs} ({image} pixels)" : network.Inputs.ToString(CultureInfo.InvariantCulture)),
            ("parameters", $"{Figures.Count(model.Parameters.Count)} ({OptionNames.Of(model.Parameters.Precision)} precision)"),
            ("cost", OptionNames.Of(network.Cost)),
            ("softmax constant", network.SoftmaxConstant == 1 ? null : Figures.Real(network.SoftmaxConstant)),
            ("classes", model.Classes.Count == 0 ? "none (real values)" : ClassNames()),
            ("targets", model.Classes.Count == 0 ? null : OptionNames.Of(model.Targets)),
            ("weights_sha256", model.WeightsSha256));
        Screen.Line();
        Table table = Tables.Create("layer", "#weights", "activation", "#parameters", "#mean", "#std", "#min", "#max", "#norm", "#bias norm");
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            LayerStatistics weights = LayerStatistics.OfWeights(model.Parameters, layer);
            Tables.AddRow(
                table,
                layer.ToString(CultureInfo.InvariantCulture),
                $"{network.Layers[layer].Units}×{network.InputsOf(layer)}",
                Activation(layer),
                Figures.Count(Count(layer)),
                Figures.Real(weights.Mean),
                Figures.Real(weights.Deviation),
                Figures.Real(weights.Minimum),
                Figures.Real(weights.Maximum),
                Figures.Real(weights.Norm),
                Figures.Real(LayerStatistics.OfBiases(model.Parameters, layer).Norm));
        }

        Tables.Print(table);
        Screen.Line();
        if (model.Columns is { } columns)
        {
            ColumnTable.Print(columns);
            Screen.Line();
        }

        Screen.Line("How it was trained");
        TrainingFacts.Print(model.Facts);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("model", path);
        writer.WriteNumber("inputs", network.Inputs);
        if (model.Image is { } image)
        {
            writer.WriteStartArray("image");
            writer.WriteNumberValue(image.Rows);
            writer.WriteNumberValue(image.Columns);
            writer.WriteEndArray();
        }

        if (model.Columns is { } columns)
        {
            ColumnTable.WriteJson(writer, columns);
        }

        writer.WriteNumber("parameters", model.Parameters.Count);
        writer.WriteString("precision", OptionNames.Of(model.Parameters.Precision));
        writer.WriteString("cost", OptionNames.Of(network.Cost));
        writer.WriteNumber("softmax_constant", network.SoftmaxConstant);
        writer.WriteString("targets", OptionNames.Of(model.Targets));
        writer.WriteStartArray("classes");
        foreach (string name in model.Classes)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("layers");
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            WriteLayer(writer, layer);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("trained");
        TrainingFacts.WriteJson(writer, model.Facts);
        writer.WriteEndObject();
        writer.WriteString("weights_sha256", model.WeightsSha256);
    }

    private static void WriteStatistics(Utf8JsonWriter writer, string name, LayerStatistics statistics)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("mean", statistics.Mean);
        writer.WriteNumber("std", statistics.Deviation);
        writer.WriteNumber("min", statistics.Minimum);
        writer.WriteNumber("max", statistics.Maximum);
        writer.WriteNumber("norm", statistics.Norm);
        writer.WriteEndObject();
    }

    private void WriteLayer(Utf8JsonWriter writer, int layer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("layer", layer);
        writer.WriteNumber("units", network.Layers[layer].Units);
        writer.WriteNumber("inputs", network.InputsOf(layer));
        writer.WriteString("activation", Activation(layer));
        writer.WriteNumber("parameters", Count(layer));
        WriteStatistics(writer, "weight", LayerStatistics.OfWeights(model.Parameters, layer));
        WriteStatistics(writer, "bias", LayerStatistics.OfBiases(model.Parameters, layer));
        writer.WriteEndObject();
    }

    private string ClassNames() =>
        $"{model.Classes.Count}: {string.Join(", ", model.Classes.Take(MostNames))}{(model.Classes.Count > MostNames ? ", …" : "")}";

    private int Count(int layer) => (network.InputsOf(layer) + 1) * network.Layers[layer].Units;

    private string Activation(int layer) => network.Layers[layer].UnitActivations is { } units
        ? string.Join('+', units.Distinct().Select(OptionNames.Of))
        : OptionNames.Of(network.Layers[layer].Activation);
}
