using System.Globalization;
using Nabla.Runs;

namespace Nabla.Cli.Commands.Training;

/// <summary>
/// The place of the model of a run: its folder or, if that cannot be written, the temporary folder of the system.
/// </summary>
/// <param name="Path">The file, or null if neither can be written.</param>
/// <param name="Problem">Why the model is not in its folder, and what to do; null if it is.</param>
internal sealed record SavedModel(string? Path, string? Problem)
{
    /// <summary>Saves a model.</summary>
    public static SavedModel Write(RunFolder folder, Model model)
    {
        try
        {
            folder.SaveModel(model);
            return new SavedModel(folder.ModelPath, null);
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            return Elsewhere(folder, model, $"the model cannot be written to {folder.ModelPath}: {e.Message}");
        }
    }

    /// <summary>Whether the disk or the folder caused the error.</summary>
    public static bool IsWriteFailure(Exception error) => error is IOException or UnauthorizedAccessException;

    private static SavedModel Elsewhere(RunFolder folder, Model model, string problem)
    {
        string name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder.FolderPath)));
        string other = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"nabla-{name}-{Environment.ProcessId}"), "model.safetensors");
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(other)!);
            model.Save(other);
            return new SavedModel(other, $"{problem}\nIt was written to {other} instead: copy it to a safe place.");
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            string next = File.Exists(folder.CheckpointPath)
                ? $"Free some space, then continue from the last checkpoint with: nabla train --resume {folder.FolderPath}"
                : "Free some space, or give another folder with --run, and train again.";
            return new SavedModel(null, $"{problem}\nIt cannot be written to {other} either: {e.Message}\n{next}");
        }
    }
}
