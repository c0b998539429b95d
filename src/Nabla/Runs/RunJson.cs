using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Data;
using Nabla.Data.Tables;
using Nabla.Models.Formats;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Training;

namespace Nabla.Runs;

/// <summary>The JSON of run folders, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    Converters =
    [
        typeof(SplitSizeText), typeof(NoParameters),
        typeof(KebabName<Activation>), typeof(KebabName<Cost>), typeof(KebabName<TargetCoding>), typeof(KebabName<Initializer>),
        typeof(KebabName<EarlyStoppingRule>), typeof(KebabName<EarlyStoppingMetric>), typeof(KebabName<KeepRule>),
        typeof(KebabName<ColumnKind>), typeof(KebabName<ColumnScaling>), typeof(KebabName<TableTask>),
        typeof(KebabName<ScheduleKind>), typeof(KebabName<Precision>), typeof(KebabName<StopReason>), typeof(LowerName<OptimizerKind>),
    ])]
[JsonSerializable(typeof(RunOptions))]
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(CheckpointFacts))]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>A split as the command line writes it: <c>0.1</c> or <c>10000</c>.</summary>
internal sealed class SplitSizeText : JsonConverter<SplitSize>
{
    /// <inheritdoc/>
    public override SplitSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A split must be a text such as \"0.1\" or \"10000\".");
        try
        {
            return SplitSize.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SplitSize value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}

/// <summary>Parameters never stand in JSON: a file that claims some could claim all memory with them.</summary>
internal sealed class NoParameters : JsonConverter<Parameters>
{
    /// <inheritdoc/>
    public override Parameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("initial_parameters: parameters do not stand in JSON, but in safetensors files.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Parameters value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNullValue();
    }
}
