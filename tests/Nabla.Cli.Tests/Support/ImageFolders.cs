using Nabla.Data.Images.Png;

namespace Nabla.Cli.Tests.Support;

/// <summary>A folder of images, one subfolder a class, and a model that has learned from it.</summary>
public sealed class ImageFolders : IDisposable
{
    public const int Count = 120;

    public ImageFolders()
    {
        Folder = Directory.CreateTempSubdirectory("nabla-images-").FullName;
        Images = At("digits");
        Dataset data = DataSource.Open(new DataRequest { Source = $"digits:{Count}", Test = SplitSize.None, Validation = SplitSize.None }).Train;
        float[] inputs = new float[data.InputCount];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInputs(i, inputs);
            Write($"digits/{data.Classes[data.Label(i)]}/{i:0000}.png", 28, [.. inputs.Select(value => (byte)MathF.Round(255 * value))]);
        }

        Run = At("run");
        Training = NablaProgram.Run("train", Images, "--size", "14x14", "--hidden", "none", "--epochs", "2", "--run", Run, "--json", "--threads", "1");
    }

    public string Folder { get; }

    /// <summary>28×28 digits, 120 of them.</summary>
    public string Images { get; }

    /// <summary>The run of a model that takes them at 14×14.</summary>
    public string Run { get; }

    /// <summary>What the training said.</summary>
    internal ProgramResult Training { get; }

    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, int columns, byte[] pixels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        using FileStream stream = File.Create(At(name));
        PngWriter.WriteGrey(stream, pixels, columns);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
