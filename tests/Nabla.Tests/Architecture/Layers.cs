using Nabla.Tests.Architecture.Symbols;

namespace Nabla.Tests.Architecture;

/// <summary>Who may use whom. A layer is a folder of the library, or one of the assemblies above the library.</summary>
internal static class Layers
{
    private const string Library = "Nabla";

    /// <summary>Each layer and the layers that it may use.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Numerics"] = [],
        ["Choices"] = [],
        ["Network"] = ["Numerics", "Choices"],
        ["Data"] = ["Numerics", "Choices"],
        ["Training"] = ["Numerics", "Choices", "Network", "Data"],
        ["Models"] = ["Numerics", "Choices", "Network", "Data", "Training"],
        ["Runs"] = ["Numerics", "Choices", "Network", "Data", "Training", "Models"],
        ["Diagnosis"] = ["Numerics", "Choices", "Network", "Data", "Training", "Models", "Runs"],
        ["Nabla.Drawing"] = ["Data"],
        ["Nabla.Theory"] = ["Numerics", "Choices", "Network", "Data", "Training", "Models", "Runs", "Diagnosis", "Nabla.Drawing"],
        ["Nabla.Serving"] = ["Numerics", "Choices", "Network", "Data", "Training", "Models"],
        ["Nabla.Cli"] = ["Numerics", "Choices", "Network", "Data", "Training", "Models", "Runs", "Diagnosis", "Nabla.Drawing", "Nabla.Theory", "Nabla.Serving"],
    };

    /// <summary>The layer of a symbol, or null where it is not a symbol of this project.</summary>
    public static string? Of(Symbol symbol) => symbol switch
    {
        { Assembly: Library } => symbol.Place.Split('.') is [Library, var folder, ..] ? folder : null,
        _ => symbol.Assembly.StartsWith(Library + ".", StringComparison.Ordinal) ? symbol.Assembly : null,
    };

    /// <summary>The layer of a source file, or null where it lies beside the folders of the library.</summary>
    public static string? Of(SourceFile file) => file.Project != Library ? file.Project : file.Folder.Length > 0 ? file.Folder : null;

    /// <summary>Whether one layer may use another one. Every layer may use itself.</summary>
    public static bool Allow(string user, string used) => user == used || (MayUse.TryGetValue(user, out string[]? below) && below.Contains(used));
}
