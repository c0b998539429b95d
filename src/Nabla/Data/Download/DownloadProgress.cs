namespace Nabla.Data.Download;

/// <summary>The progress of a file's download.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Received">Bytes on the disk, including those of an earlier, interrupted download.</param>
/// <param name="Total">Length of the file as stated by the server, or null if it states none.</param>
/// <param name="Mirror">The web folder it comes from, or null for a file that was already there.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total, Uri? Mirror);
