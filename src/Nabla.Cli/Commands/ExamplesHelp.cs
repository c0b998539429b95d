using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nabla.Cli.Commands;

/// <summary>The usual help, with the command's examples below it.</summary>
internal sealed class ExamplesHelp(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts the examples into the help of a command and of all commands in it.</summary>
    public static void AddTo(RootCommand root)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: SynchronousCommandLineAction usual } help)
        {
            help.Action = new ExamplesHelp(usual);
        }
    }

    /// <summary>Who asks for help need not have typed the rest.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand { Examples.Count: > 0 } command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return code;
    }
}
