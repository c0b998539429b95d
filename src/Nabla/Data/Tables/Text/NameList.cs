namespace Nabla.Data.Tables.Text;

/// <summary>Lists of names in messages.</summary>
internal static class NameList
{
    private const int Shown = 12;

    /// <summary>The first names, and the number of all of them if there are more: <c>a, b, … (20 in all)</c>.</summary>
    public static string Text(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $", … ({names.Count} in all)" : "");

    /// <summary>The same with quotation marks: <c>'a', 'b'</c>.</summary>
    public static string Quoted(IEnumerable<string> names) => Text([.. names.Select(name => $"'{name}'")]);
}
