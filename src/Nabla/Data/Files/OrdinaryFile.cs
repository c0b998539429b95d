namespace Nabla.Data.Files;

/// <summary>Opens ordinary files, which have a length and an end, for reading.</summary>
/// <remarks>
/// Opening a pipe blocks until another program writes to it, and a device such as <c>/dev/zero</c> has no end.
/// Neither has a length, so they can be recognised without being opened.
/// </remarks>
internal static class OrdinaryFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The expected kind of file, for messages: <c>an IDX file</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="InvalidDataException">The file is empty, a pipe or a device.</exception>
    public static FileStream OpenRead(string path, string expected)
    {
        Require(path, expected);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new InvalidDataException($"{path}: is a pipe or a device; expected {expected}.");
        }

        return stream;
    }

    /// <summary>Requires a file that has a length.</summary>
    /// <inheritdoc cref="OpenRead" path="/param"/>
    /// <inheritdoc cref="OpenRead" path="/exception"/>
    public static void Require(string path, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path}: {(Directory.Exists(path) ? $"is a folder; expected {expected}" : "there is no such file")}.", path);
        }

        // The length of a link is that of the path it holds.
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target)
        {
            file = target;
        }

        if (file.Length == 0)
        {
            throw new InvalidDataException($"{path}: is empty, or a pipe or a device; expected {expected}.");
        }
    }
}
