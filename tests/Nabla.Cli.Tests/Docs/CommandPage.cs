namespace Nabla.Cli.Tests.Docs;

/// <summary>The page docs/cli.md.</summary>
internal static class CommandPage
{
    public static string Path { get; } = System.IO.Path.Combine(Root(), "docs", "cli.md");

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Nabla.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
