using Nabla.Data.Images.Png;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Images;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Subfolders_are_classes_with_numbers_by_their_value_and_files_stand_in_turn()
    {
        // A pixel identifies its file: class · 10 + number.
        foreach ((string name, int tens) in new[] { ("10", 100), ("9", 90), ("cat", 200) })
        {
            Write($"{name}/b.png", (byte)(tens + 1));
            Write($"{name}/a.png", (byte)tens);
        }

        Write("9/c.PNG", 92);
        folder.Write("9/.DS_Store", [1]);
        folder.Write("9/Thumbs.db", [1]);
        folder.Write(".git/config", [1]);
        folder.Write("labels.txt", [1]);
        Dataset data = OpenAll();
        Assert.Equal(["9", "10", "cat"], data.Classes);
        Assert.Equal(new ImageShape(1, 1), data.Image);
        Assert.Equal([90, 100, 200, 91, 101, 201, 92], Pixels(data));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], Enumerable.Range(0, 7).Select(data.Label));
        Assert.Equal(Path.GetFileName(folder.Root), data.Name);
    }

    [Fact]
    public void A_fifth_is_the_test_part_and_each_class_has_its_share()
    {
        for (int i = 0; i < 50; i++)
        {
            Write($"a/{i:00}.png", (byte)i);
            Write($"b/{i:00}.png", (byte)(100 + i));
        }

        DataSplit split = DataSource.Open(folder.Root, 4);
        Assert.Equal((72, 8, 20), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
        Assert.Equal(10, Enumerable.Range(0, 20).Count(i => split.Test.Label(i) == 0));
        Assert.Equal(Enumerable.Range(0, 50).Concat(Enumerable.Range(100, 50)), Pixels(split.Train).Concat(Pixels(split.Validation)).Concat(Pixels(split.Test)).Select(pixel => (int)pixel).Order());
    }

    [Theory]
    [InlineData("val")]
    [InlineData("validation")]
    [InlineData("")]
    public void Folders_of_parts_are_the_parts(string validation)
    {
        for (int i = 0; i < 10; i++)
        {
            Write($"train/a/{i}.png", 1);
            Write($"train/b/{i}.png", 2);
            Write($"test/a/{i}.png", 3);
        }

        if (validation.Length > 0)
        {
            Write($"{validation}/b/x.png", 4);
        }

        DataSplit split = DataSource.Open(folder.Root);
        Assert.Equal(Enumerable.Repeat((byte)3, 10), Pixels(split.Test!));
        Assert.Equal(["a", "b"], split.Test!.Classes);
        Assert.Equal(validation.Length > 0 ? [4] : (byte[])[1, 2], Pixels(split.Validation!).Order());
        Assert.Equal(validation.Length > 0 ? 20 : 18, split.Train.Count);
        Assert.All(Enumerable.Range(0, split.Validation!.Count), sample => Assert.Equal(split.Validation.Pixels(sample)[0] == 1 ? 0 : 1, split.Validation.Label(sample)));
        Assert.Contains("leave --test out", Assert.Throws<ArgumentException>(() => DataSource.Open(Request() with { Test = SplitSize.OfCount(1) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_folder_can_be_left_out_and_not_replaced()
    {
        for (int i = 0; i < 10; i++)
        {
            Write($"train/a/{i}.png", 1);
            Write($"train/b/{i}.png", 2);
        }

        Write("val/a/1.png", 3);
        Assert.Null(DataSource.Open(Request()).Validation);
        Assert.Equal(20, DataSource.Open(Request()).Train.Count);
        Assert.Contains("leave --validation out", Assert.Throws<ArgumentException>(() => DataSource.Open(Request() with { Validation = SplitSize.OfCount(2) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_test_folder_the_training_folder_gives_a_fifth()
    {
        for (int i = 0; i < 10; i++)
        {
            Write($"train/a/{i}.png", 1);
            Write($"train/b/{i}.png", 2);
        }

        Write("val/a/1.png", 3);
        DataSplit split = DataSource.Open(folder.Root);
        Assert.Equal((16, 1, 4), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
    }

    [Fact]
    public void Folders_called_train_and_test_with_images_in_them_are_classes()
    {
        Write("train/1.png", 1);
        Write("test/1.png", 2);
        Assert.Equal(["test", "train"], OpenAll().Classes);
    }

    [Fact]
    public void A_size_brings_all_images_to_one_by_area()
    {
        folder.Write("a/1.png", Png(4, [0, 100, 200, 100, 0, 100, 200, 100]));
        folder.Write("b/1.png", Png(1, [9]));
        Dataset data = OpenAll(new ImageShape(1, 2));
        Assert.Equal(new ImageShape(1, 2), data.Image);
        Assert.Equal([50, 150, 9, 9], Pixels(data));
    }

    [Fact]
    public void Without_a_size_the_first_image_that_differs_is_named()
    {
        Write("a/1.png", 1);
        string wrong = folder.Write("b/1.png", Png(2, [1, 2]));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => OpenAll());
        Assert.StartsWith($"{wrong}: is 1×2, but {folder["a/1.png"]} is 1×1", error.Message, StringComparison.Ordinal);
        Assert.Contains("--size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_finds_its_classes_by_their_names()
    {
        Write("b/1.png", 2);
        Dataset data = DataSource.Open(Request(), new ImageShape(1, 3), ["a", "b", "c"]).Train;
        Assert.Equal(["a", "b", "c"], data.Classes);
        Assert.Equal(1, data.Label(0));
        Assert.Equal([2, 2, 2], Pixels(data));

        // No folder is named like a class of the model. With equal numbers of classes they are compared by index, and
        // the program says so.
        Write("d/1.png", 3);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataSource.Open(Request(), new ImageShape(1, 1), ["a", "b", "c"]));
        Assert.StartsWith(folder["d"], error.Message, StringComparison.Ordinal);
        Assert.Contains("the model knows no such class. Expected one of: a, b, c", error.Message, StringComparison.Ordinal);
        Assert.Equal(["b", "d"], DataSource.Open(Request(), new ImageShape(1, 1), ["x", "y"]).Train.Classes);
    }

    public static TheoryData<string, string[], string> Wrong => new()
    {
        { "one class", ["a/1.png"], "1 subfolder with images: expected one for each of at least two classes" },
        { "an empty class", ["a/1.png", "b/.hidden"], "b: the folder of a class has no .png file" },
        { "another file", ["a/1.png", "b/1.png", "b/2.jpg"], "b/2.jpg: is not a .png file" },
        { "a folder in a class", ["a/1.png", "b/1.png", "b/more/1.png"], "b/more: is a folder inside the folder of a class" },
        { "an image outside", ["a/1.png", "b/1.png", "1.png"], "1.png: the image is in no class" },
        { "images alone", ["1.png", "2.png"], "the images lie in the folder itself" },
        { "a class that is not trained", ["train/a/1.png", "train/b/1.png", "test/c/1.png"], "test/c: " },
        { "something beside the parts", ["train/a/1.png", "train/b/1.png", "extra/a/1.png"], "extra: is beside" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_folder_that_is_not_as_expected_is_refused_with_the_place(string what, string[] files, string message)
    {
        _ = what;
        foreach (string file in files)
        {
            Write(file, 1);
        }

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataSource.Open(folder.Root));
        Assert.StartsWith(folder.Root, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_image_is_named()
    {
        Write("a/1.png", 1);
        string damaged = folder.Write("b/1.png", Png(1, [1])[..^15]);
        Assert.StartsWith($"{damaged}: byte ", Assert.Throws<InvalidDataException>(() => OpenAll()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_belongs_to_folders_of_images()
    {
        foreach (string source in new[] { "digits:20", "moons", "x.csv" })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => DataSource.Open(new DataRequest { Source = source, ImageSize = new ImageShape(2, 2) }));
            Assert.Contains("Leave --size out", error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Png(int columns, byte[] pixels)
    {
        using var stream = new MemoryStream();
        PngWriter.WriteGrey(stream, pixels, columns);
        return stream.ToArray();
    }

    private static byte[] Pixels(Dataset data) => [.. Enumerable.Range(0, data.Count).SelectMany(sample => data.Pixels(sample).ToArray())];

    private void Write(string file, byte pixel) => folder.Write(file, Png(1, [pixel]));

    private DataRequest Request() => new() { Source = folder.Root, Test = SplitSize.None, Validation = SplitSize.None };

    private Dataset OpenAll(ImageShape? size = null) => DataSource.Open(Request() with { ImageSize = size }).Train;
}
