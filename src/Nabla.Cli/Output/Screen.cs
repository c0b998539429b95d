using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>Where a command prints: results to standard output, progress and remarks to standard error.</summary>
/// <remarks>The consoles are created when something is drawn, so a quiet command does not load their library.</remarks>
internal sealed class Screen
{
    private IAnsiConsole? results;
    private IAnsiConsole? progress;

    /// <param name="json">Whether standard output carries JSON Lines only.</param>
    /// <param name="quiet">Whether progress and remarks are suppressed.</param>
    public Screen(bool json, bool quiet)
    {
        IsJson = json;
        IsQuiet = quiet;
    }

    public bool IsJson { get; }

    public bool IsQuiet { get; }

    /// <summary>Standard output.</summary>
    public IAnsiConsole Results => results ??= Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public IAnsiConsole Progress => progress ??= Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether a live bar can be drawn.</summary>
    public bool IsLive => !IsQuiet && !IsJson && !Console.IsErrorRedirected;

    /// <summary>A remark on standard error.</summary>
    public void Remark(string text)
    {
        if (!IsQuiet)
        {
            WriteError(text);
        }
    }

    /// <summary>A warning on standard error, which is written even if remarks are suppressed.</summary>
    public void Warn(string text)
    {
        if (IsLive)
        {
            // The console moves the bar below the text.
            Progress.WriteLine($"nabla: {text}");
        }
        else
        {
            WriteError($"nabla: {text}");
        }
    }

    /// <summary>A line on standard error.</summary>
    public static void WriteError(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (IOException)
        {
            // The disk behind standard error is full. The error cannot be reported, and the work should not end for it.
        }
    }

    /// <summary>A line of results on standard output.</summary>
    public static void Line(string text = "") => Console.Out.WriteLine(text);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        bool plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = 100;
        }

        return console;
    }
}
