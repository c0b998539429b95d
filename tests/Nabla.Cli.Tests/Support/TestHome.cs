using System.Runtime.CompilerServices;

namespace Nabla.Cli.Tests.Support;

/// <summary>A Nabla folder for the tests and the programs that they start, so that no run enters the list of the user's runs.</summary>
internal static class TestHome
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"nabla-home-{Environment.ProcessId}");

    [ModuleInitializer]
    public static void Enter()
    {
        Environment.SetEnvironmentVariable("NABLA_HOME", Folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
    }

    private static void Leave()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
