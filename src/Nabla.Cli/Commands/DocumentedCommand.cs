using System.CommandLine;

namespace Nabla.Cli.Commands;

/// <summary>A command with examples, which its help shows below the options.</summary>
internal sealed class DocumentedCommand(string name, string purpose, params string[] examples) : Command(name, purpose)
{
    public IReadOnlyList<string> Examples => examples;
}
