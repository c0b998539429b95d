using System.Security.Cryptography;
using Nabla.Data;
using Xunit;

namespace Nabla.Tests.Data;

public class DataChecksumTests
{
    private static readonly string[] Classes = ["a", "b"];

    [Fact]
    public void The_checksum_is_over_counts_inputs_and_labels()
    {
        Dataset data = Dataset.FromImages("images", new byte[] { 10, 20, 30, 40 }, new ImageShape(1, 2), [1, 0], Classes);
        byte[] bytes =
        [
            2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, // samples, inputs, targets
            10, 20, 1, 0, 0, 0, 0, 0, 0, 0, // first sample and its label
            30, 40, 0, 0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), DataChecksum.Of(data));
    }

    [Fact]
    public void Real_inputs_and_targets_are_little_endian_doubles()
    {
        Dataset data = Dataset.FromRows("line", new double[] { 1 }, 1, [-2], 1);
        byte[] bytes =
        [
            1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0, // 1 and −2 in IEEE 754
        ];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), DataChecksum.Of(data));
    }

    [Fact]
    public void Order_inputs_labels_and_extent_count_and_the_name_does_not()
    {
        double[] values = [1, 2, 3, 4];
        Dataset data = Dataset.FromRows("rows", values, 1, [0, 1, 0, 1], Classes);
        string checksum = DataChecksum.Of(data);
        Assert.Equal(checksum, DataChecksum.Of(Dataset.FromRows("other", values, 1, [0, 1, 0, 1], Classes)));
        Assert.Equal(checksum, DataChecksum.Of(data.Select([3, 2, 1, 0]).Select([3, 2, 1, 0])));
        Assert.Equal(6, new[]
        {
            checksum,
            DataChecksum.Of(data.Select([1, 0, 2, 3])),
            DataChecksum.Of(data.Take(3)),
            DataChecksum.Of(data.Slice(1, 3)),
            DataChecksum.Of(Dataset.FromRows("rows", values, 1, [0, 1, 1, 1], Classes)),
            DataChecksum.Of(Dataset.FromRows("rows", new double[] { 1, 2, 3, 5 }, 1, [0, 1, 0, 1], Classes)),
        }.Distinct().Count());
    }
}
