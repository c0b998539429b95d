namespace Nabla.Models.Formats.Safetensors;

/// <summary>Splits a name into its numbers and the text around them.</summary>
internal static class NumberedName
{
    /// <summary>Orders items whose names differ only in their numbers by these numbers; null where the names differ in more.</summary>
    public static List<T>? Order<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        (T Item, string Text, string[] Numbers)[] parsed = [.. items.Select(item => Parse(item, name(item)))];
        return Array.Exists(parsed, item => item.Text != parsed[0].Text)
            ? null
            : [.. parsed.OrderBy(item => item.Numbers, Comparer<string[]>.Create(Compare)).Select(item => item.Item)];
    }

    /// <summary>Numbers lose their leading zeros, so that the longer one is the larger one at any length.</summary>
    private static (T Item, string Text, string[] Numbers) Parse<T>(T item, string name)
    {
        var (text, numbers) = (new System.Text.StringBuilder(), new List<string>());
        for (int at = 0; at < name.Length;)
        {
            int start = at;
            while (at < name.Length && char.IsAsciiDigit(name[at]))
            {
                at++;
            }

            if (at > start)
            {
                numbers.Add(name[start..at].TrimStart('0'));
                text.Append('0');
            }
            else
            {
                text.Append(name[at++]);
            }
        }

        return (item, text.ToString(), [.. numbers]);
    }

    /// <summary>The first different number decides. Names with the same text have equally many numbers.</summary>
    private static int Compare(string[] x, string[] y)
    {
        int order = 0;
        for (int i = 0; order == 0 && i < x.Length; i++)
        {
            order = x[i].Length != y[i].Length ? x[i].Length.CompareTo(y[i].Length) : string.CompareOrdinal(x[i], y[i]);
        }

        return order;
    }
}
