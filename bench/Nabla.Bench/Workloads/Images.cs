using Nabla.Data;

namespace Nabla.Bench.Workloads;

/// <summary>MNIST as every side takes it: 50,000 training and 10,000 test images. The last 10,000 training images are left out, as in the book.</summary>
internal sealed class Images(string? folder)
{
    public DataSplit Open() => DataSource.Open(new DataRequest
    {
        Source = "mnist",
        Validation = SplitSize.OfCount(10_000),
        SearchFolders = folder is null ? null : [folder],
    }) with
    { Validation = null };
}
