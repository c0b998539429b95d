namespace Nabla.Models;

/// <summary>Checks that a model can be measured on data.</summary>
internal static class DataFit
{
    private const string Remedy = "Open the data with the model's own columns or classes: DataSource.Open(request, model.Columns).";

    /// <exception cref="ArgumentException">Inputs, columns or targets differ; the message says which.</exception>
    public static void Require(Model model, Dataset data)
    {
        if (data.InputCount != model.Architecture.Inputs)
        {
            throw new ArgumentException($"A sample of {data.Name} has {data.InputCount} inputs, but the model takes {model.Architecture.Inputs}.", nameof(data));
        }

        if (data.IsRegression != model.IsRegression)
        {
            throw new ArgumentException(
                $"{data.Name} has {(data.IsRegression ? "real targets" : "classes")}, but the model predicts {(model.IsRegression ? "real values" : "classes")}.",
                nameof(data));
        }

        if (model.Columns is { } columns && data.Columns is { } others && !columns.EncodesLike(others))
        {
            throw new ArgumentException($"The columns of {data.Name} were learned from other rows than those of the model, so the same cell has other inputs. {Remedy}", nameof(data));
        }

        if (!data.Classes.SequenceEqual(model.Classes))
        {
            throw new ArgumentException($"The classes of {data.Name} are not those of the model: {Start(data.Classes)} and {Start(model.Classes)}. {Remedy}", nameof(data));
        }
    }

    private static string Start(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(3))}{(names.Count > 3 ? $", … ({names.Count})" : "")}";
}
