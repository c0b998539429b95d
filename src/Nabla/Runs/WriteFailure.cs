namespace Nabla.Runs;

/// <summary>A file of a run could not be written: the disk is full, or the folder is gone or read-only. The old content of the file stays.</summary>
/// <param name="Path">The file.</param>
/// <param name="Cause">The exception.</param>
public sealed record WriteFailure(string Path, Exception Cause)
{
    /// <summary>Writes a file; a failure is reported, or thrown if there is no listener.</summary>
    /// <param name="listener">Receives the failure, or null.</param>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>Null if the file is written, otherwise the failure.</returns>
    internal static WriteFailure? Report(IProgress<WriteFailure>? listener, string path, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception e) when (listener is not null && (e is IOException or UnauthorizedAccessException))
        {
            var failure = new WriteFailure(path, e);
            listener.Report(failure);
            return failure;
        }
    }
}
