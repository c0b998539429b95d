using Nabla.Data.Tables.Schema;

namespace Nabla.Tests.Models;

/// <summary>Models of tables to save and load, with random weights.</summary>
internal static class SampleTables
{
    public static readonly InputColumn Size = new() { Name = "size", Kind = ColumnKind.Numeric, Center = 81.5, Scale = 20.25, Imputed = 79, HasMissingIndicator = true };
    public static readonly InputColumn Open = new() { Name = "open", Kind = ColumnKind.Boolean, Imputed = 1 };
    public static readonly InputColumn Fixed = new() { Name = "fixed", Kind = ColumnKind.Numeric, Center = 5, Scale = 0, Imputed = 5 };
    public static readonly InputColumn Colour = new() { Name = "colour", Kind = ColumnKind.Categorical, Categories = ["blue", "röt ∇"], HasOther = true, Imputed = 1, HasMissingIndicator = true };
    public static readonly InputColumn Born = new() { Name = "born", Kind = ColumnKind.Date, Center = 1.5e9, Scale = 1e8, Imputed = 1.6e9, HasTime = true };

    /// <summary>Three classes told by numbers and yes and no.</summary>
    public static Model Numbers() => Classifier([Size, Open, Fixed]);

    /// <summary>Two real targets, told by every kind of column.</summary>
    public static Model Mixed() => Regression([Size, Colour, Born, Open, Fixed], new TargetColumn { Name = "price", Center = 310_000, Scale = 91_000 }, new TargetColumn { Name = "area", Center = -0.5, Scale = 0.25 });

    public static Model Classifier(params InputColumn[] inputs)
    {
        string[] classes = ["a", "b", "c"];
        TableSchema schema = Schema(inputs, [new TargetColumn { Name = "kind" }]) with { Classes = classes };
        return Of(NetworkOptions.FeedForward(schema.Width, [4], 3, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood), schema, classes);
    }

    public static Model Regression(InputColumn[] inputs, params TargetColumn[] targets)
    {
        TableSchema schema = Schema(inputs, targets);
        return Of(NetworkOptions.FeedForward(schema.Width, [4], targets.Length, Activation.Gelu, Activation.Linear, Cost.Quadratic), schema, []);
    }

    private static Model Of(NetworkOptions network, TableSchema schema, string[] classes) =>
        new(network, ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Single, 1), classes, columns: schema);

    private static TableSchema Schema(InputColumn[] inputs, TargetColumn[] targets) => new()
    {
        Names = [.. inputs.Select(column => column.Name), "id", .. targets.Select(target => target.Name)],
        Inputs = inputs,
        Targets = targets,
        Ignored = [new IgnoredColumn("id", "as asked for")],
        DecimalComma = true,
        Fingerprint = "9f86d0",
    };
}
