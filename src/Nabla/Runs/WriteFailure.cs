namespace Nabla.Runs;

/// <summary>A file of a run could not be written: the disk is full, or the folder is gone or read-only. The old content of the file stays.</summary>
/// <param name="Path">The file.</param>
/// <param name="Cause">The exception.</param>
public sealed record WriteFailure(string Path, Exception Cause)
{
    /// <summary>Writes a file; a failure is reported, or thrown if there is no listener.</summary>
    /// <returns>Whether the file is written.</returns>
    internal static bool Report(IProgress<WriteFailure>? listener, string path, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (listener is not null && (e is IOException or UnauthorizedAccessException))
        {
            listener.Report(new WriteFailure(path, e));
            return false;
        }
    }
}
