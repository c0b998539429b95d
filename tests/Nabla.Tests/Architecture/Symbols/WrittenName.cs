namespace Nabla.Tests.Architecture.Symbols;

/// <summary>Turns the names in compiled code back into the names in the source.</summary>
internal static class WrittenName
{
    private static readonly string[] Accessors = ["get_", "set_", "add_", "remove_"];

    /// <summary>Whether the compiler made this name. Angle brackets at its start hold the name of a method, or nothing.</summary>
    public static bool IsGenerated(string name) => name.StartsWith('<');

    /// <summary><c>List`1</c> → <c>List</c>.</summary>
    public static string OfType(string name) => name.Split('`')[0];

    /// <summary>
    /// <c>get_Count</c> → <c>Count</c>, <c>IRule&lt;T&gt;.Step</c> → <c>Step</c>, <c>&lt;Save&gt;b__3_0</c> → <c>Save</c>, <c>&lt;&gt;c</c> → nothing.
    /// </summary>
    public static string OfMember(string name)
    {
        if (IsGenerated(name))
        {
            return OfMember(InBrackets(name));
        }

        // An explicit implementation starts with the name of its interface. Inside a generated name its dots are dashes.
        string last = name.StartsWith('.') ? name : name[(name.LastIndexOfAny(['.', '-']) + 1)..];
        string? accessor = Array.Find(Accessors, prefix => last.StartsWith(prefix, StringComparison.Ordinal));
        return accessor is null ? last : last[accessor.Length..];
    }

    private static string InBrackets(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            depth += name[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                return name[1..i];
            }
        }

        return "";
    }
}
