using System.CommandLine;
using System.CommandLine.Parsing;
using Nabla.Cli.Commands;
using Nabla.Cli.Commands.Datasets;
using Nabla.Cli.Commands.Training;
using Nabla.Cli.Commands.Verification;

namespace Nabla.Cli;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("train", TrainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("predict", PredictCommand.Create),
        ("serve", ServeCommand.Create),
        ("inspect", InspectCommand.Create),
        ("export", ExportCommand.Create),
        ("import", ImportCommand.Create),
        ("data", DataCommand.Create),
        ("runs", RunsCommand.Create),
        ("gradcheck", GradcheckCommand.Create),
        ("theory", TheoryCommand.Create),
        ("verify", VerifyCommand.Create),
    ];

    /// <summary>
    /// Creates only the command that is named first, or all of them: creating the options of all commands takes longer
    /// than a prediction.
    /// </summary>
    public static RootCommand Create(string[] arguments)
    {
        var root = new RootCommand("Train, inspect and use neural networks.");
        foreach ((string name, Func<Command> create) in Commands)
        {
            if (arguments.Length > 0 && name == arguments[0])
            {
                root.Subcommands.Add(create());
            }
        }

        if (root.Subcommands.Count == 0)
        {
            foreach ((_, Func<Command> create) in Commands)
            {
                root.Subcommands.Add(create());
            }
        }

        ExamplesHelp.AddTo(root);
        return root;
    }

    /// <summary>The help command for the command that was typed.</summary>
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
