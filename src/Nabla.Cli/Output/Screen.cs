using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>Standard error: progress and remarks, which never mix with results.</summary>
internal sealed class Screen
{
    /// <param name="quiet">Whether progress and remarks are left out.</param>
    public Screen(bool quiet)
    {
        IsQuiet = quiet;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(System.Console.Error),
            ColorSystem = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
    }

    /// <summary>Whether progress and remarks are left out.</summary>
    public bool IsQuiet { get; }

    /// <summary>For live displays.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Whether a live bar can be drawn.</summary>
    public bool IsLive => !IsQuiet && !System.Console.IsErrorRedirected && Console.Profile.Capabilities.Ansi;

    /// <summary>A line of plain text, unless quiet.</summary>
    public void Remark(string text)
    {
        if (!IsQuiet)
        {
            System.Console.Error.WriteLine(text);
        }
    }
}
