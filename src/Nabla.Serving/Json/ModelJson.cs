namespace Nabla.Serving.Json;

/// <summary>Reads the rows of one model from JSON and writes its predictions as JSON.</summary>
internal sealed class ModelJson(Model model)
{
    public Model Model => model;

    /// <summary>Writes predictions.</summary>
    public PredictionAnswer Answer { get; } = new(model);

    /// <summary>Reads rows of a table; null where the model takes numbers.</summary>
    public JsonColumns? Columns { get; } = model.Columns is null ? null : new JsonColumns(model);
}
