namespace Nabla.Data.Download;

/// <summary>How far the download of a file is.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Received">Bytes that lie on the disk, those of an earlier, interrupted download included.</param>
/// <param name="Total">Length of the file as the server states it, or null where it does not.</param>
/// <param name="Mirror">The folder it comes from, or null for a file that was there already.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total, Uri? Mirror);
