using System.Text;

namespace Nabla.Cli.Failures;

/// <summary>
/// Messages made safe for a terminal: names from hostile files may have any length and any character.
/// </summary>
internal static class ErrorText
{
    private const int MostLines = 3;

    private const int MostLetters = 2000;

    /// <summary>At most three lines and two thousand characters, without control characters.</summary>
    public static string Of(string message)
    {
        var text = new StringBuilder();
        int lines = 1;
        foreach (char letter in message.AsSpan(0, Math.Min(message.Length, MostLetters)).TrimEnd())
        {
            bool isNewLine = letter == '\n' && lines++ < MostLines;
            text.Append(isNewLine || !char.IsControl(letter) ? letter : '?');
        }

        return message.Length > MostLetters ? text.Append('…').ToString() : text.ToString();
    }
}
