using System.CommandLine;
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
        };
        ExamplesHelp.AddTo(root);
        return root;
    }

    /// <summary>How to ask for help on the command that was typed.</summary>
    public static string HelpFor(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? "nabla --help" : $"nabla {result.CommandResult.Command.Name} --help";
}
