namespace Nabla.Bench.Workloads;

/// <summary>MNIST as every side takes it: 50,000 training and 10,000 test images. The last 10,000 training images are left out, as in the book.</summary>
internal sealed class Images(string? folder, bool withoutZeros = false)
{
    private const int White = 255;

    public DataSplit Open()
    {
        DataSplit data = DataSource.Open(new DataRequest
        {
            Source = "mnist",
            Validation = SplitSize.OfCount(10_000),
            SearchFolders = folder is null ? null : [folder],
        });
        return data with { Train = Shown(data.Train), Validation = null, Test = Shown(data.Test!) };
    }

    private Dataset Shown(Dataset data)
    {
        if (!withoutZeros)
        {
            return data;
        }

        byte[] pixels = new byte[data.Count * data.InputCount];
        float[] image = new float[data.InputCount];
        int[] labels = [.. Enumerable.Range(0, data.Count).Select(data.Label)];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, image);
            for (int i = 0; i < image.Length; i++)
            {
                pixels[(sample * image.Length) + i] = (byte)Math.Max(1, MathF.Round(image[i] * White));
            }
        }

        return Dataset.FromImages(data.Name, pixels, data.Image!.Value, labels, data.Classes);
    }
}
