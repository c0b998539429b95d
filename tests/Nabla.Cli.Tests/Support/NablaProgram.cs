using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Nabla.Cli.Tests.Support;

/// <summary>What the program has printed and returned.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonDocument.Parse(Assert.Single(Lines)).RootElement;

    public void RequireDone() => Assert.True(ExitCode == 0, $"exit {ExitCode}: {Error}");

    /// <summary>Exit code 2, nothing on standard output, and one to three lines on standard error that hold each of the texts.</summary>
    public void RequireRefused(params string[] texts)
    {
        Assert.True(ExitCode == 2, $"exit {ExitCode}: {Error}");
        Assert.InRange(Error.TrimEnd().Split('\n').Length, 1, 3);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.All(texts, text => Assert.Contains(text, Error, StringComparison.Ordinal));
    }
}

/// <summary>Runs the built program as a child process.</summary>
internal static class NablaProgram
{
    private const string TerminalProgram = "/usr/bin/script";

    public static readonly string Library = Path.Combine(AppContext.BaseDirectory, "Nabla.Cli.dll");

    public static ProgramResult Run(params string[] arguments) => RunWith("", arguments);

    /// <summary>Runs the program with text on its standard input.</summary>
    public static ProgramResult RunWith(string input, params string[] arguments) => Finish(Start(arguments), input);

    /// <summary>Runs the program with further environment variables.</summary>
    public static ProgramResult RunUnder(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Finish(StartUnder(environment, arguments), "");

    /// <summary>Starts the program, to talk with it while it runs.</summary>
    public static Process Start(params string[] arguments) => StartUnder(new Dictionary<string, string>(), arguments);

    private static ProgramResult Finish(Process started, string input)
    {
        using Process process = started;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs the program under limits of the system, the words behind the shell's <c>ulimit</c>.</summary>
    public static ProgramResult RunLimited(string limits, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Finish(Start("bash", ["-c", $"ulimit {limits} && exec dotnet \"$@\"", "bash", Library, .. arguments], environment), "");

    /// <summary>Runs a script of bash.</summary>
    public static ProgramResult RunShell(string script) => Finish(Start("bash", ["-c", script], new Dictionary<string, string>()), "");

    /// <summary>Runs the program on a terminal, whose text, standard output and standard error in one, becomes the output.</summary>
    public static ProgramResult RunOnTerminal(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(TerminalProgram), $"{TerminalProgram} makes the terminal.");
        string command = string.Join(' ', new[] { "dotnet", Library }.Concat(arguments).Select(argument => $"'{argument}'"));
        return Finish(Start(TerminalProgram, ["-q", "-e", "-c", command, "/dev/null"], new Dictionary<string, string> { ["TERM"] = "xterm" }), "");
    }

    /// <summary>Starts the program with further environment variables.</summary>
    public static Process StartUnder(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start("dotnet", [Library, .. arguments], environment);

    /// <summary>Starts the program with an ear for SIGINT, which a shell that runs the tests in its background has told them to ignore.</summary>
    public static Process StartInterruptible(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start("env", ["--default-signal=INT", "dotnet", Library, .. arguments], environment);

    private static Process Start(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The program does not start.");
    }
}
