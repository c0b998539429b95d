namespace Nabla.Serving;

/// <summary>
/// Length and last write of a file, which tell whether it has been replaced. File watchers miss changes on network and
/// container file systems.
/// </summary>
internal readonly record struct FileStamp(long Length, DateTime LastWrite)
{
    /// <summary>The stamp of a file, or the default if it does not exist.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : default;
    }
}
