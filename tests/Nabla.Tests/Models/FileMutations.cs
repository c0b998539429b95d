using System.Text;
using Nabla.Numerics;

namespace Nabla.Tests.Models;

/// <summary>Damaged copies of a good file that know its kind: bytes are flipped, cut, inserted and moved, and numbers in text become hostile ones. Each is a pure function of (seed, index).</summary>
internal static class FileMutations
{
    private static readonly string[] HostileTokens =
    [
        "-1", "0", "1", "2", "2147483647", "2147483648", "9223372036854775807", "99999999999999999999", "1e999", "-0.0", "1.5", "NaN", "null",
        "true", "[]", "{}", "\"\"", "\"\\ud800\"", "\"x\"", "[[[[[[[[", "{\"format\":2}", ",", ":", "\u00e9",
    ];

    public static byte[] Of(byte[] original, ulong seed, int index)
    {
        var random = new CounterRandom(seed, (RandomPurpose)0xF1, 0, (ulong)index);
        byte[] bytes = [.. original];
        int edits = 1 + random.NextInt32(3);
        for (int i = 0; i < edits && bytes.Length > 0; i++)
        {
            int at = random.NextInt32(bytes.Length);
            bytes = random.NextInt32(7) switch
            {
                0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.NextInt32(8))), .. bytes[(at + 1)..]],
                1 => bytes[..at],
                2 => [.. bytes[..at], (byte)random.NextInt32(256), .. bytes[at..]],
                3 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.NextInt32(64))..]],
                4 => [.. bytes[..at], .. bytes[Math.Max(0, at - 40)..]],
                _ => ReplaceToken(bytes, at, HostileTokens[random.NextInt32(HostileTokens.Length)]),
            };
        }

        return bytes;
    }

    /// <summary>The number or word around or after a place gives way to another token.</summary>
    private static byte[] ReplaceToken(byte[] bytes, int at, string token)
    {
        int start = at;
        while (start < bytes.Length && !IsWord(bytes[start]))
        {
            start++;
        }

        int end = start;
        while (end < bytes.Length && IsWord(bytes[end]))
        {
            end++;
        }

        return [.. bytes[..start], .. Encoding.UTF8.GetBytes(token), .. bytes[end..]];
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_';
}
