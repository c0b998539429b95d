using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Safetensors;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_is_read_as_it_was_written() => Prop.ForAll<uint>(seed =>
    {
        Model model = SampleModels.Draw(seed);
        model.Save(folder["m"]);
        var read = Model.Load(folder["m"]);
        Assert.Equal(model.Parameters.Precision, read.Parameters.Precision);
        Assert.Equal(SampleModels.Values(model.Parameters), SampleModels.Values(read.Parameters));
        Assert.Equal(model.Classes, read.Classes);
        Assert.Equal((model.Image, model.Targets, model.Facts), (read.Image, read.Targets, read.Facts));
        Assert.Equal((model.Architecture.Inputs, model.Architecture.Cost), (read.Architecture.Inputs, read.Architecture.Cost));
        Assert.Equal(model.Architecture.Layers, read.Architecture.Layers);

        byte[] first = File.ReadAllBytes(folder["m"]);
        read.Save(folder["m"]);
        Assert.Equal(first, File.ReadAllBytes(folder["m"]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_weights_hash_is_that_of_the_data_behind_the_header()
    {
        Model model = SampleModels.Draw(5);
        model.Save(folder["m"]);
        byte[] bytes = File.ReadAllBytes(folder["m"]);
        int data = 8 + BitConverter.ToInt32(bytes);
        Assert.Equal(model.WeightsSha256, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(data))));
    }

    [Fact]
    public void A_newer_file_is_refused_with_that_very_sentence()
    {
        SampleModels.Draw(1).Save(folder["m"]);
        Replace("\"nabla\":\"1\"", "\"nabla\":\"2\"");
        string message = Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"])).Message;
        Assert.EndsWith("This file was written by a newer version of Nabla (format 2); this version reads up to 1.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_safetensors_file_is_no_model_and_is_told_what_for()
    {
        SampleModels.Draw(1).Save(folder["m"]);
        Replace("\"nabla\"", "\"other\"");
        Assert.Contains("--weights", Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_parameter_that_is_not_finite_is_refused_with_its_place(double value, string text)
    {
        Model model = SampleModels.Draw(2);
        int layer = model.Parameters.LayerCount - 1;
        model.Parameters.SetWeight(layer, 1, 0, value);
        model.Save(folder["m"]);
        Assert.Contains($"layers.{layer}.weight[1, 0] is {text}", Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layers.0.bias", "layers.9.bias", "layers.0.bias [")]
    [InlineData("\\\"units\\\":", "\\\"unitz\\\":", "units")]
    public void What_is_missing_is_named(string old, string replacement, string message)
    {
        SampleModels.Draw(7).Save(folder["m"]);
        Replace(old, replacement);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"])).Message, StringComparison.Ordinal);
    }

    private void Replace(string old, string replacement)
    {
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(folder["m"]));
        Assert.Equal(old.Length, replacement.Length);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllBytes(folder["m"], Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal)));
    }
}
