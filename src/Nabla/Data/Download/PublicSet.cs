namespace Nabla.Data.Download;

/// <summary>A file of a data set that can be downloaded.</summary>
/// <param name="Name">The name of the gzip file, on the mirrors and on the disk.</param>
/// <param name="Length">Length of the uncompressed content.</param>
/// <param name="Sha256">
/// SHA-256 of the uncompressed content, in lowercase. Mirrors compress differently, but the content is the same.
/// </param>
internal sealed record DownloadFile(string Name, long Length, string Sha256)
{
    /// <summary>
    /// The longest body that is read. Deflate stores incompressible data with
    /// 5 extra bytes per block of 64 KiB, so a longer body is not this file.
    /// </summary>
    public long LongestBody => Length + (Length >> 8) + 4096;
}

/// <summary>
/// A public data set in IDX files: its name, its classes, its files, and the folders on the web that hold all of them.
/// </summary>
/// <param name="Name">The name of the data set, and of its folder in the cache.</param>
/// <param name="Description">A short description of the samples.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Mirrors">
/// Public folders, the first choice first; each ends in a slash. Texts: the names are read at every start, and Uri takes
/// some milliseconds to load.
/// </param>
/// <param name="Files">
/// The files in download order. The training images come last: without them a folder does not count as a data set.
/// </param>
internal sealed record PublicSet(string Name, string Description, IReadOnlyList<string> Classes, IReadOnlyList<string> Mirrors, IReadOnlyList<DownloadFile> Files)
{
    // Header and elements, in bytes.
    private const long TrainImages = 16 + (60_000 * 28 * 28), TestImages = 16 + (10_000 * 28 * 28), TrainLabels = 8 + 60_000, TestLabels = 8 + 10_000;

    /// <summary>MNIST (LeCun, Cortes, Burges).</summary>
    public static PublicSet Mnist { get; } = new(
        "mnist",
        "handwritten digits, 28×28, 60,000 + 10,000 (LeCun, Cortes, Burges)",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
        [
            new("t10k-labels-idx1-ubyte.gz", TestLabels, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            new("train-labels-idx1-ubyte.gz", TrainLabels, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new("t10k-images-idx3-ubyte.gz", TestImages, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new("train-images-idx3-ubyte.gz", TrainImages, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        ]);

    /// <summary>
    /// Fashion-MNIST (Zalando Research). Its first mirror has no HTTPS, but the checksum protects the content.
    /// </summary>
    public static PublicSet FashionMnist { get; } = new(
        "fashion-mnist",
        "articles of clothing, 28×28, 60,000 + 10,000 (Zalando Research)",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
        [
            new("t10k-labels-idx1-ubyte.gz", TestLabels, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            new("train-labels-idx1-ubyte.gz", TrainLabels, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new("t10k-images-idx3-ubyte.gz", TestImages, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new("train-images-idx3-ubyte.gz", TrainImages, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        ]);

    /// <summary>The registry of public data sets.</summary>
    public static IReadOnlyList<PublicSet> All { get; } = [Mnist, FashionMnist];
}
