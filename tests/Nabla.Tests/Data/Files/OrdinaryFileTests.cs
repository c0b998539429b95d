using System.Diagnostics;
using Nabla.Data.Files;
using Nabla.Data.Images.Png;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Files;

public sealed class OrdinaryFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Opening the pipe would block forever, because nothing writes to it.</summary>
    [Fact]
    public void A_pipe_that_nobody_writes_into_is_refused_unopened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        string path = folder["p.csv"];
        using (var make = Process.Start("mkfifo", [path]))
        {
            make.WaitForExit();
        }

        File.CreateSymbolicLink(folder["l.csv"], path);
        foreach (string name in (string[])["p.csv", "l.csv"])
        {
            RequireRefused(folder[name], file => DataSource.Open(file));
            RequireRefused(folder[name], file => PngReader.Read(file));
            RequireRefused(folder[name], file => Model.Load(file));
        }
    }

    [Fact]
    public void A_device_and_an_empty_file_are_refused()
    {
        RequireRefused(folder.Write("e", []), file => Model.Load(file));
        if (!OperatingSystem.IsWindows())
        {
            RequireRefused("/dev/zero", file => PngReader.Read(file));
        }
    }

    [Fact]
    public void A_link_leads_to_its_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a special privilege on Windows.");
        File.CreateSymbolicLink(folder["l"], folder.Write("f", [1, 2]));
        using FileStream stream = OrdinaryFile.OpenRead(folder["l"], "a file");
        Assert.Equal(2, stream.Length);
    }

    private static void RequireRefused(string path, Action<string> read) =>
        Assert.StartsWith($"{path}: is empty, or a pipe or a device", Assert.Throws<InvalidDataException>(() => read(path)).Message, StringComparison.Ordinal);
}
