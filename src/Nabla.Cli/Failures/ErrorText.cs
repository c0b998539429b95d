using System.Text;

namespace Nabla.Cli.Failures;

/// <summary>What a message may be on a terminal: names out of hostile files stand in it, of any length and with any character.</summary>
internal static class ErrorText
{
    private const int MostLines = 3;

    private const int MostLetters = 2000;

    /// <summary>At most three lines and two thousand characters, without those that steer a terminal.</summary>
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
