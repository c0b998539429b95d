using System.Text;
using Nabla.Numerics.Random;

namespace Nabla.Tests.Fuzzing;

/// <summary>Edits that leave most of a text as its format wants it, and so reach further into a reader than damaged bytes do.</summary>
internal static class TextEdits
{
    private const int LongestRepetition = 2000;

    /// <summary>What takes the place of a word: edges of number ranges, other types, nothing, brackets, what opens and never closes, escapes that are no characters.</summary>
    private static readonly string[] HostileWords =
    [
        "-1", "0", "1", "2", "255", "256", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999",
        "1e999", "-1e999", "1e-999", "1e400000000000", "-0", "-0.0", "1.5", "0x10", "1_000", "NaN", "Infinity", "null", "true", "[]", "{}", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"x\"",
        "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "{\"format\":2}", ",", ":", "\"", "", " ", "\r", "\n", "\t", ";", "\u00e9", "\u2028", "\ud83d\ude00", "2024-02-30", "9999-12-31T23:59:60Z",
    ];

    /// <summary>One edit: a word replaced by a hostile one or by one of the other file, two words exchanged, a line twice or gone, or something many times over.</summary>
    public static byte[] Edit(byte[] bytes, byte[] donor, ref CounterRandom random)
    {
        int at = random.NextInt32(1 + bytes.Length);
        (int start, int end) = Word(bytes, at);
        switch (random.NextInt32(6))
        {
            case 0 or 1:
                return [.. bytes[..start], .. Encoding.UTF8.GetBytes(HostileWords[random.NextInt32(HostileWords.Length)]), .. bytes[end..]];
            case 2:
                (int from, int to) = Word(donor, random.NextInt32(1 + donor.Length));
                return [.. bytes[..start], .. donor[from..to], .. bytes[end..]];
            case 3:
                (int other, int otherEnd) = Word(bytes, end);
                return [.. bytes[..start], .. bytes[other..otherEnd], .. bytes[end..other], .. bytes[start..end], .. bytes[otherEnd..]];
            case 4:
                int line = Array.LastIndexOf(bytes, (byte)'\n', Math.Max(0, at - 1)) + 1, next = Array.IndexOf(bytes, (byte)'\n', Math.Min(at, bytes.Length)) + 1;
                next = next == 0 ? bytes.Length : next;
                line = Math.Min(line, next);
                return random.NextInt32(2) == 0 ? [.. bytes[..next], .. bytes[line..]] : [.. bytes[..line], .. bytes[next..]];
            default:
                byte[] one = Encoding.UTF8.GetBytes(HostileWords[random.NextInt32(HostileWords.Length)]);
                return [.. bytes[..at], .. Enumerable.Repeat(one, random.NextInt32(LongestRepetition)).SelectMany(part => part), .. bytes[at..]];
        }
    }

    /// <summary>The number or word around a place or after it.</summary>
    private static (int Start, int End) Word(byte[] bytes, int at)
    {
        int start = at;
        while (start < bytes.Length && !IsWord(bytes[start]))
        {
            start++;
        }

        while (start > 0 && start < bytes.Length && IsWord(bytes[start - 1]))
        {
            start--;
        }

        int end = start;
        while (end < bytes.Length && IsWord(bytes[end]))
        {
            end++;
        }

        return (start, end);
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_';
}
