using System.Globalization;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>The names of graph inputs where each table column has its own input: the column's name, unless the graph uses that name itself.</summary>
internal static class OnnxInputNames
{
    /// <summary>The longest name, in characters: readers limit the length of a name.</summary>
    private const int MaximumLength = 1000;

    private static readonly string[] Taken = [OnnxNames.Label, OnnxNames.Probabilities, OnnxNames.Outputs];

    // The prefixes of all other values in the graph.
    private static readonly string[] TakenStarts = [OnnxNames.ColumnsPrefix, OnnxNames.ConstantsPrefix, OnnxNames.LayersPrefix, OnnxNames.TargetsPrefix];

    /// <summary>A name for each column; <c>columns.i</c>, 0-based, where its own cannot be used.</summary>
    public static string[] Of(IReadOnlyList<InputColumn> columns) =>
        [.. columns.Select((column, index) => IsFree(column.Name) ? column.Name : $"columns.{index.ToString(CultureInfo.InvariantCulture)}")];

    private static bool IsFree(string name) => name.Length is > 0 and <= MaximumLength
        && !Taken.Contains(name)
        && !TakenStarts.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
