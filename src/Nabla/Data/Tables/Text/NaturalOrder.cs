using System.Text;

namespace Nabla.Data.Tables.Text;

/// <summary>The order of names: numbers by value, then all other names in ordinal order.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        bool first = TryNumber(x, out double a), second = TryNumber(y, out double b);
        int order = first && second ? a.CompareTo(b) : second.CompareTo(first);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static bool TryNumber(string? text, out double number)
    {
        number = 0;
        return text is { Length: > 0 and < 32 } && NumberText.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out number);
    }
}
