using Nabla.Data;
using Nabla.Data.Download;
using Nabla.Data.Idx;
using Nabla.Data.Storage;
using Nabla.Tests.Fuzzing;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Idx;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Plain_and_gzipped_files_may_stand_side_by_side()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        Assert.True(IdxFolder.HasTrainingImages(folder.Root));
        (Dataset train, Dataset? test) = IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue));
        Assert.Equal((30, 20), (train.Count, test!.Count));
        Assert.Equal(new ImageShape(2, 3), train.Image);
        Assert.Equal((7, 7), (train.Label(17), test.Label(17)));
        double[] inputs = new double[6];
        train.CopyInputs(2, inputs);
        Assert.Equal([12 / 255.0, 13 / 255.0, 14 / 255.0, 15 / 255.0, 16 / 255.0, 17 / 255.0], inputs);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, 0L)]
    public void Who_listens_hears_which_share_of_the_images_is_read(bool gzip, long? budget)
    {
        byte[] images = IdxBytes.Images(8000, 28, 28);
        folder.Write("train-images-idx3-ubyte", gzip ? IdxBytes.Gzip(images) : images);
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(IdxBytes.InTurn(8000)));
        var shares = new List<double>();
        DataSource.Open(new DataRequest { Source = folder.Root, MemoryBudget = budget }, new Listener(shares.Add));
        Assert.InRange(shares.Count, 5, 1000);
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[0], 0, 0.9);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void A_folder_without_test_files_has_no_test_set()
    {
        IdxBytes.WriteFolder(folder, "", 30, 0);
        Assert.Null(IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue)).Test);
    }

    [Theory]
    [InlineData("train-labels-idx1-ubyte.gz")]
    [InlineData("t10k-images-idx3-ubyte.gz")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void A_missing_companion_is_named(string file)
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        File.Delete(folder[file]);
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue)));
        Assert.Contains(file.Replace(".gz", "", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Root, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_training_images_it_is_no_data_set()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        File.Delete(folder["train-images-idx3-ubyte"]);
        Assert.False(IdxFolder.HasTrainingImages(folder.Root));
    }

    [Fact]
    public void Counts_that_differ_are_refused()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(IdxBytes.InTurn(19)));
        Refused("t10k-labels-idx1-ubyte", "19 labels for the 20 images");
    }

    [Fact]
    public void Shapes_that_differ_are_refused()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        folder.Write("t10k-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(20, 3, 2)));
        Refused("t10k-images-idx3-ubyte.gz", "3×2, but the training images 2×3");
    }

    [Fact]
    public void A_test_label_that_the_training_set_does_not_have_is_refused_with_its_place()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        byte[] labels = IdxBytes.InTurn(20);
        labels[13] = 10;
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(labels));
        Refused("t10k-labels-idx1-ubyte", "byte 21: label 10 of sample 13");
    }

    [Fact]
    public void Classes_have_the_names_of_the_clothes_for_fashion_and_numbers_otherwise()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        Assert.Equal("Ankle boot", IdxFolder.Read(folder.Root, "fashion-mnist", PublicSet.FashionMnist.Classes, new MemoryBudget(long.MaxValue)).Train.Classes[9]);
        Assert.Equal("9", IdxFolder.Read(folder.Root, "mnist", PublicSet.Mnist.Classes, new MemoryBudget(long.MaxValue)).Train.Classes[9]);
        folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels([.. IdxBytes.InTurn(29), 255])));
        Assert.Equal(256, IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue)).Train.Classes.Count);
    }

    [Fact]
    public void What_the_writer_writes_is_read_back()
    {
        IdxBytes.WriteFolder(folder, "first", 30, 20);
        (Dataset train, Dataset? test) = IdxFolder.Read(folder["first"], "mine", null, new MemoryBudget(long.MaxValue));
        Directory.CreateDirectory(folder["second"]);
        IdxWriter.Write(train, folder["second"], "train");
        IdxWriter.Write(test!, folder["second"], "t10k");
        Assert.Equal(File.ReadAllBytes(folder["first/train-images-idx3-ubyte"]), File.ReadAllBytes(folder["second/train-images-idx3-ubyte"]));
        Assert.Equal(IdxBytes.Labels(IdxBytes.InTurn(30)), File.ReadAllBytes(folder["second/train-labels-idx1-ubyte"]));
        Assert.Equal(DataChecksum.Of(test!), DataChecksum.Of(IdxFolder.Read(folder["second"], "mine", null, new MemoryBudget(long.MaxValue)).Test!));
        Assert.Equal(4, Directory.GetFiles(folder["second"]).Length);
    }

    [Fact]
    public void Mutated_folders_are_read_or_refused()
    {
        IdxBytes.WriteFolder(folder, "", 30, 20);
        string[] files = [.. Directory.GetFiles(folder.Root).Order()];
        byte[][] originals = [.. files.Select(File.ReadAllBytes)];
        for (int index = 0; index < 400; index++)
        {
            int which = index % files.Length;
            File.WriteAllBytes(files[which], Mutator.Of(originals[which], 11, index));
            try
            {
                (Dataset train, Dataset? test) = IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue));
                Assert.True(train.Count > 0 && test!.Count > 0);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith(folder.Root, error.Message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(files[which], originals[which]);
        }
    }

    private void Refused(string file, string message)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxFolder.Read(folder.Root, "mine", null, new MemoryBudget(long.MaxValue)));
        Assert.StartsWith(folder[file], error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
