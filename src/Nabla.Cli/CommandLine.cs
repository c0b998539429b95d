using System.CommandLine;
using System.CommandLine.Parsing;
using Nabla.Cli.Commands;

namespace Nabla.Cli;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Train, look at and use neural networks.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            InspectCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            DataCommand.Create(),
            RunsCommand.Create(),
            GradcheckCommand.Create(),
            TheoryCommand.Create(),
        };
        ExamplesHelp.AddTo(root);
        return root;
    }

    /// <summary>How to ask for help on the command that was typed.</summary>
    public static string HelpFor(ParseResult result) =>
        string.Join(' ', Names(result.CommandResult).Reverse().Prepend("nabla").Append("--help"));

    /// <summary>The commands that were typed, the innermost first, without the program itself.</summary>
    private static IEnumerable<string> Names(CommandResult? command)
    {
        for (; command is { Command: not RootCommand }; command = command.Parent as CommandResult)
        {
            yield return command.Command.Name;
        }
    }
}
