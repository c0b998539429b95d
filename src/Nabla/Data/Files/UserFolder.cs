namespace Nabla.Data.Files;

/// <summary>The folder of the user's own Nabla files: downloaded data sets and the list of runs.</summary>
internal static class UserFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    private const string Variable = "NABLA_HOME";

    /// <summary>$NABLA_HOME, or <c>nabla</c> in the user's data folder: <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c> on Linux.</summary>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            return Path.GetFullPath(folder);
        }

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "nabla");
    }
}
