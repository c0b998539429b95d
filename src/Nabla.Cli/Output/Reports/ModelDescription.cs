using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Options;
using Nabla.Network;
using Nabla.Network.Activations;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The output of <c>nabla inspect</c> for a model.</summary>
internal sealed class ModelDescription(string path, Model model)
{
    /// <summary>Maximum number of class names that are shown.</summary>
    private const int MostNames = 20;

    private readonly NetworkOptions network = model.Architecture;

    public void Print()
    {
        Tables.PrintFacts(
            ("model", path),
            ("inputs", model.Image is { } image ? $"{network.Inputs} ({image} pixels)" : network.Inputs.ToString(CultureInfo.InvariantCulture)),
            ("parameters", $"{Figures.Count(model.Parameters.Count)} ({OptionNames.Of(model.Parameters.Precision)} precision)"),
            ("network", string.Join(", ", network.Layers)),
            ("cost", network.Cost.ToString()),
            ("classes", model.Classes.Count == 0 ? "none (real values)" : ClassNames()),
            ("targets", model.Classes.Count == 0 ? null : OptionNames.Of(model.Targets)),
            ("weights_sha256", model.WeightsSha256));
        Screen.Line();
        Table table = Tables.Create("tensor", "#shape", "layer", "#values", "#mean", "#std", "#min", "#max", "#norm");
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            TensorStatistics statistics = TensorStatistics.Of(model.Parameters, tensor);
            Tables.AddRow(
                table,
                tensor.Name,
                string.Join('×', tensor.Shape),
                network.Layers[tensor.Layer].ToString(),
                Figures.Count(tensor.Count),
                Figures.Real(statistics.Mean),
                Figures.Real(statistics.Deviation),
                Figures.Real(statistics.Minimum),
                Figures.Real(statistics.Maximum),
                Figures.Real(statistics.Norm));
        }

        Tables.Print(table);
        Screen.Line();
        if (model.Columns is { } columns)
        {
            ColumnTable.Print(columns);
            Screen.Line();
        }

        Screen.Line("Training");
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
        writer.WriteString("network", string.Join(", ", network.Layers));
        writer.WriteString("cost", network.Cost.ToString());
        writer.WriteNumber("softmax_constant", network.OutputActivation is Softmax softmax ? softmax.Constant : 1);
        writer.WriteString("targets", OptionNames.Of(model.Targets));
        writer.WriteStartArray("classes");
        foreach (string name in model.Classes)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("layers");
        foreach (IGrouping<int, ParameterTensor> layer in model.Parameters.Tensors.GroupBy(tensor => tensor.Layer))
        {
            WriteLayer(writer, [.. layer]);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("trained");
        TrainingFacts.WriteJson(writer, model.Facts);
        writer.WriteEndObject();
        writer.WriteString("weights_sha256", model.WeightsSha256);
    }

    private static void WriteStatistics(Utf8JsonWriter writer, string name, TensorStatistics statistics)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("mean", statistics.Mean);
        writer.WriteNumber("std", statistics.Deviation);
        writer.WriteNumber("min", statistics.Minimum);
        writer.WriteNumber("max", statistics.Maximum);
        writer.WriteNumber("norm", statistics.Norm);
        writer.WriteEndObject();
    }

    private void WriteLayer(Utf8JsonWriter writer, IReadOnlyList<ParameterTensor> tensors)
    {
        int layer = tensors[0].Layer;
        writer.WriteStartObject();
        writer.WriteNumber("layer", tensors[0].Number);
        writer.WriteString("kind", network.Layers[layer].Name);
        writer.WriteNumber("units", network.UnitsOf(layer));
        writer.WriteNumber("inputs", network.InputsOf(layer));
        writer.WriteString("activation", Activation(network.Layers[layer]));
        writer.WriteNumber("parameters", tensors.Where(tensor => tensor.IsTrained).Sum(tensor => tensor.Count));
        foreach (ParameterTensor tensor in tensors)
        {
            WriteStatistics(writer, tensor.Declaration.Name, TensorStatistics.Of(model.Parameters, tensor));
        }

        writer.WriteEndObject();
    }

    private string ClassNames() =>
        $"{model.Classes.Count}: {Figures.Names(model.Classes, MostNames)}";

    private static string Activation(Layer layer) => layer.Activation is PerUnit mixed
        ? string.Join('+', mixed.Units.Distinct())
        : layer.Activation.ToString();
}
