using System.Net;
using System.Security.Cryptography;
using Nabla.Data.Download;
using Nabla.Tests.Data.Idx;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Download;

public sealed class DatasetDownloadTests : IDisposable
{
    private const string Tag = "\"version-1\"";

    private static readonly byte[] Content = IdxBytes.Images(50, 28, 28);

    /// <summary>Stored without compression, so that it is long enough to be interrupted.</summary>
    private static readonly byte[] Body = IdxBytes.Gzip(Content, System.IO.Compression.CompressionLevel.NoCompression);

    private static readonly PublicSet Set = new(
        "set",
        "some images",
        [],
        ["https://first.example/set/", "https://second.example/data/"],
        [new("images.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)))]);

    private readonly TemporaryFolder folder = new();

    private string Target => folder["set/images.gz"];

    private string Part => Target + ".part";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_fetched_from_the_first_mirror_and_nothing_else_is_left()
    {
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        var reports = new Reports();
        Assert.Equal(folder["set"], await Get(web, reports));
        Assert.Equal(Body, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(folder["set"]));
        Assert.Equal(["https://first.example/set/images.gz"], web.Requests);
        Assert.Equal(new DownloadProgress("images.gz", Body.Length, Body.Length, new Uri(Set.Mirrors[0])), reports[^1]);
        Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));
    }

    [Fact]
    public async Task A_whole_file_is_not_fetched_again_and_a_damaged_one_is()
    {
        folder.Write("set/images.gz", Body);
        var web = new FakeWeb(request => FakeWeb.File(request, Body));
        await Get(web);
        Assert.Empty(web.Requests);

        byte[] damaged = [.. Body];
        damaged[5000] ^= 1;
        File.WriteAllBytes(Target, damaged);
        await Get(web);
        Assert.Single(web.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_body_that_was_inflated_on_the_way_is_as_good()
    {
        await Get(new FakeWeb(request => FakeWeb.File(request, Content)));
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_lost_connection_is_resumed_where_it_broke()
    {
        int times = 0;
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag, times++ < 2 ? 7_000 : int.MaxValue));
        await Get(web);
        Assert.Equal(Body, File.ReadAllBytes(Target));
        Assert.Equal(
            ["https://first.example/set/images.gz", "https://first.example/set/images.gz bytes=7000-", "https://first.example/set/images.gz bytes=14000-"],
            web.Requests);
    }

    [Fact]
    public async Task An_interrupted_download_is_resumed_by_the_next_one_at_the_mirror_it_came_from()
    {
        // The first mirror is down. The second breaks off, and then breaks off again without delivering anything.
        int times = 0;
        await Fails(new FakeWeb(request => request.RequestUri!.Host[0] == 'f'
            ? FakeWeb.Status(HttpStatusCode.ServiceUnavailable)
            : FakeWeb.File(request, Body, Tag, times++ == 0 ? 9_000 : 0)));
        Assert.Equal(Body[..9_000], File.ReadAllBytes(Part));

        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        var reports = new Reports();
        await Get(web, reports);
        Assert.Equal(["https://second.example/data/images.gz bytes=9000-"], web.Requests);
        Assert.Equal(new DownloadProgress("images.gz", 9_000, Body.Length, new Uri(Set.Mirrors[1])), reports[0]);
        Assert.Equal(Body, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(folder["set"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    public async Task Without_a_strong_tag_it_starts_again(string? tag)
    {
        int times = 0;
        var web = new FakeWeb(request => FakeWeb.File(request, Body, tag, times++ == 0 ? 7_000 : int.MaxValue));
        await Get(web);
        Assert.Equal(["https://first.example/set/images.gz", "https://first.example/set/images.gz"], web.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_starts_again()
    {
        LeavePart(Body[..6_000], Tag);
        var web = new FakeWeb(request =>
        {
            request.Headers.IfRange = null;
            return FakeWeb.File(request, Body, Tag);
        });
        await Get(web);
        Assert.Equal(["https://first.example/set/images.gz bytes=6000-"], web.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_file_that_changed_in_between_starts_again()
    {
        LeavePart(new byte[6_000], "\"version-0\"");
        await Get(new FakeWeb(request => FakeWeb.File(request, Body, Tag)));
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_beginning_that_is_wrong_in_spite_of_its_tag_is_dropped()
    {
        LeavePart(new byte[6_000], Tag);
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        await Get(web);
        Assert.Equal(["https://first.example/set/images.gz bytes=6000-", "https://first.example/set/images.gz"], web.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public async Task A_part_of_full_length_is_taken_or_dropped(int beyond)
    {
        LeavePart([.. Body, .. new byte[beyond]], Tag);
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        await Get(web);
        Assert.Equal(Content, Gunzip(File.ReadAllBytes(Target)));
    }

    [Fact]
    public async Task A_range_that_was_not_asked_for_is_not_appended()
    {
        LeavePart(Body[..6_000], Tag);
        var web = new FakeWeb(request =>
        {
            HttpResponseMessage response = FakeWeb.File(request, Body, Tag);
            if (response.Content.Headers.ContentRange is not null)
            {
                response.Content.Headers.ContentRange = new(5_000, Body.Length - 1, Body.Length);
            }

            return response;
        });
        await Get(web);
        Assert.Equal(2, web.Requests.Count);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_wrong_checksum_sends_it_to_the_next_mirror()
    {
        byte[] other = IdxBytes.Gzip(new byte[Content.Length]);
        var web = new FakeWeb(request => FakeWeb.File(request, request.RequestUri!.Host[0] == 'f' ? other : Body, Tag));
        await Get(web);
        Assert.Equal(["https://first.example/set/images.gz", "https://second.example/data/images.gz"], web.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task When_all_mirrors_fail_the_error_says_of_each_why_and_nothing_is_left()
    {
        HttpRequestException error = await Fails(new FakeWeb(request => request.RequestUri!.Host[0] == 'f'
            ? FakeWeb.Status(HttpStatusCode.NotFound)
            : FakeWeb.File(request, "<!DOCTYPE html>"u8.ToArray(), Tag)));
        Assert.Contains("images.gz: no mirror delivered the file", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://first.example/set/: answered 404 NotFound", error.Message, StringComparison.Ordinal);
        Assert.Contains($"https://second.example/data/: the content has 15 bytes, expected {Content.Length}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["set"]));
    }

    [Fact]
    public async Task A_mirror_without_connection_counts_as_failed()
    {
        HttpRequestException error = await Fails(new FakeWeb(_ => throw new HttpRequestException("Name or service not known")));
        Assert.Contains("https://second.example/data/: Name or service not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_and_a_length_beyond_the_file_is_not_even_begun()
    {
        long largest = Set.Files[0].LongestBody;
        var reports = new Reports();
        HttpRequestException error = await Fails(
            new FakeWeb(request => request.RequestUri!.Host[0] == 'f' ? FakeWeb.Endless() : FakeWeb.File(request, new byte[largest + 1])),
            reports);
        Assert.Contains($"first.example/set/: sent more than {largest} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains($"second.example/data/: offers {largest + 1} bytes", error.Message, StringComparison.Ordinal);
        Assert.All(reports, report => Assert.InRange(report.Received, 0, largest));
        Assert.Empty(Directory.GetFiles(folder["set"]));
    }

    [Fact]
    public async Task A_gzip_bomb_is_not_inflated_beyond_the_expected_length()
    {
        byte[] bomb = IdxBytes.Gzip(new byte[20 << 20]);
        Assert.True(bomb.Length < Set.Files[0].LongestBody);
        HttpRequestException error = await Fails(new FakeWeb(request => FakeWeb.File(request, bomb)));
        Assert.Contains($"the content is longer than the {Content.Length} bytes expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_breaks_off_for_ever_is_given_up()
    {
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag, 100));
        await Fails(web);
        Assert.Equal(4, web.Requests.Count(request => request.StartsWith("https://first", StringComparison.Ordinal)));
        Assert.Equal(4, web.Requests.Count(request => request.StartsWith("https://second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_it_has_for_the_next_time()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report.Received >= 5_000)
            {
                cancellation.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatasetDownload.GetAsync(Set, folder.Root, new FakeWeb(request => FakeWeb.File(request, Body, Tag)), reports, cancellation.Token));
        Assert.False(File.Exists(Target));
        Assert.Equal(Body[..5_000], File.ReadAllBytes(Part));
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        await Get(web);
        Assert.Equal(["https://first.example/set/images.gz bytes=5000-"], web.Requests);
    }

    [Fact]
    public async Task A_second_download_of_the_same_file_is_refused_and_disturbs_nothing()
    {
        var web = new FakeWeb(request => FakeWeb.File(request, Body, Tag));
        var reports = new Reports(report =>
        {
            if (report.Received == 5_000)
            {
                IOException error = Assert.ThrowsAny<IOException>(() => Get(web).GetAwaiter().GetResult());
                Assert.Contains("Another download may be writing it", error.Message, StringComparison.Ordinal);
            }
        });
        await Get(web, reports);
        Assert.Equal(Body, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("../mnist")]
    [InlineData("")]
    public async Task Only_known_names_are_fetched(string name)
    {
        var web = new FakeWeb(_ => FakeWeb.Status(HttpStatusCode.OK));
        string message = (await Assert.ThrowsAsync<ArgumentException>(() => DatasetDownload.GetAsync(name, folder.Root, web))).Message;
        Assert.Contains("expected mnist or fashion-mnist", message, StringComparison.Ordinal);
        Assert.Empty(web.Requests);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public async Task The_checksums_are_those_of_the_real_files(string name)
    {
        string? data = Environment.GetEnvironmentVariable("NABLA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data) || !Directory.Exists(Path.Combine(data, name)), "NABLA_DATA is not set to a folder with this data set.");
        var web = new FakeWeb(request => FakeWeb.File(request, File.ReadAllBytes(Path.Combine(data, name, Path.GetFileName(request.RequestUri!.AbsolutePath)))));
        string fetched = await DatasetDownload.GetAsync(name, folder.Root, web);
        Assert.Equal(4, Directory.GetFiles(fetched).Length);
        Assert.Equal(4, web.Requests.Count);
        Assert.EndsWith("train-images-idx3-ubyte.gz", web.Requests[^1], StringComparison.Ordinal);
    }

    private Task<string> Get(FakeWeb web, IProgress<DownloadProgress>? progress = null) =>
        DatasetDownload.GetAsync(Set, folder.Root, web, progress, CancellationToken.None);

    private Task<HttpRequestException> Fails(FakeWeb web, IProgress<DownloadProgress>? progress = null) =>
        Assert.ThrowsAsync<HttpRequestException>(() => Get(web, progress));

    private void LeavePart(byte[] bytes, string tag)
    {
        folder.Write("set/images.gz.part", bytes);
        File.WriteAllText(Part + ".source", $"https://first.example/set/images.gz\n{tag}");
    }

    private static byte[] Gunzip(byte[] file)
    {
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(file), System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Collects reports in order, on the reporting thread.</summary>
    private sealed class Reports(Action<DownloadProgress>? then = null) : List<DownloadProgress>, IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            Add(value);
            then?.Invoke(value);
        }
    }
}
