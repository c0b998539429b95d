using Nabla.Data.Files;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_content_replaces_what_was_there_and_nothing_else_is_left()
    {
        string path = folder.Write("file", [1, 2, 3]);
        AtomicFile.Write(path, stream => stream.Write([9]));
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_failure_leaves_the_old_content_and_nothing_else()
    {
        string path = folder.Write("file", [1, 2, 3]);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([9]);
            throw new InvalidOperationException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_second_writer_fails_and_leaves_the_first_one_alone()
    {
        string path = folder["file"];
        AtomicFile.Write(path, stream =>
        {
            stream.Write([1]);
            Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, second => second.Write([2])));
            stream.Write([1]);
        });
        Assert.Equal([1, 1], File.ReadAllBytes(path));
    }

    [Fact]
    public void The_first_failure_is_told_also_where_the_folder_is_gone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The folder of an open file cannot be deleted on Windows.");
        }

        folder.Write("a/file", [1]);
        Assert.Equal("the first", Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a/file"], _ =>
        {
            Directory.Delete(folder["a"], recursive: true);
            throw new InvalidOperationException("the first");
        })).Message);
    }

    [Fact]
    public void Leftovers_of_one_file_are_deleted_and_nothing_else()
    {
        string[] stay = ["file", "file.12", "file.tmp", "file..tmp", "file.1a.tmp", "files.12.tmp", "other.12.tmp"];
        foreach (string name in stay.Concat(["file.1.tmp", "file.123456.tmp"]))
        {
            folder.Write(name, [1]);
        }

        AtomicFile.DeleteLeftovers(folder["file"]);
        Assert.Equal(stay.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_folder_says_so() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder["no/file"], _ => { }));
}
