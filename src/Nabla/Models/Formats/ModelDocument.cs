using System.Text.Json.Serialization;
using Nabla.Data;
using Nabla.Data.Tables;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Training;

namespace Nabla.Models.Formats;

/// <summary>All of a model but its parameters, as it stands in the metadata of a model file.</summary>
internal sealed record ModelDocument
{
    public required NetworkOptions Network { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    public ImageShape? Image { get; init; }

    public TargetCoding Targets { get; init; }

    public TableSchema? Columns { get; init; }

    public ModelFacts Facts { get; init; } = new();
}

/// <summary>The JSON of model files, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(KebabName<Activation>), typeof(KebabName<Cost>), typeof(KebabName<TargetCoding>), typeof(KebabName<ColumnKind>),
        typeof(KebabName<StopReason>), typeof(LowerName<OptimizerKind>),
    ])]
[JsonSerializable(typeof(ModelDocument))]
internal sealed partial class ModelJson : JsonSerializerContext;
