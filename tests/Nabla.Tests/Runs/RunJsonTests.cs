using System.Reflection;
using System.Text.Json;
using Nabla.Models.Formats.Safetensors;
using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;
using static Nabla.Tests.Runs.RunJsonSamples;

namespace Nabla.Tests.Runs;

/// <summary>The texts of a run folder, to the byte: older runs must stay readable, and equal runs equal files.</summary>
public sealed class RunJsonTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Options_in_which_everything_is_set_are_written_as_ever_and_read_back()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(Everything);
        Assert.Equal(EverythingText + "\n", File.ReadAllText(folder.OptionsPath));
        folder.SaveOptions(folder.LoadOptions());
        Assert.Equal(EverythingText + "\n", File.ReadAllText(folder.OptionsPath));
    }

    [Fact]
    public void Files_of_the_first_version_are_read()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.OptionsPath, FirstEverythingText);
        RunOptions read = folder.LoadOptions();
        Assert.Equal(FirstEverything.Network, read.Network);
        Assert.Equal((FirstEverything.Training.Optimizer, FirstEverything.Training.Schedule), (read.Training.Optimizer, read.Training.Schedule));
        Assert.Equal(FirstEverything.Training.Frozen, read.Training.Frozen);
        folder.SaveOptions(read);
        string text = File.ReadAllText(folder.OptionsPath);
        folder.SaveOptions(FirstEverything);
        Assert.Equal(File.ReadAllText(folder.OptionsPath), text);

        File.WriteAllText(folder.OptionsPath, FirstNothingText);
        folder.SaveOptions(folder.LoadOptions());
        Assert.Equal(NothingText + "\n", File.ReadAllText(folder.OptionsPath));
    }

    [Theory]
    [InlineData("sgd", "sgd")]
    [InlineData("momentum", "momentum:0.8")]
    [InlineData("nesterov", "nesterov:0.8")]
    [InlineData("rmsprop", "rmsprop:0.5,1e-7")]
    [InlineData("adam", "adam:0.7,0.6,1e-7")]
    [InlineData("adamw", "adamw:0.7,0.6,1e-7")]
    public void An_optimizer_of_the_first_version_is_read_with_its_own_numbers(string kind, string expected)
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.OptionsPath, FirstEverythingText.Replace("\"rmsprop\"", $"\"{kind}\"", StringComparison.Ordinal));
        Assert.Equal(Named.Rule(expected), folder.LoadOptions().Training.Optimizer);
    }

    [Theory]
    [InlineData("\"dropout\": 0.3", "\"dropout\": 1.5", "probability")]
    [InlineData("\"dropout\": 0.3", "\"dropout\": null", "training.dropout is null")]
    [InlineData("\"frozen_biases\": [", "\"frozen_biases\": [null,", "training.frozen_biases[0] is null")]
    [InlineData("\"beta1\": 0.7", "\"beta1\": 0.7, \"beta1\": 0.7", "beta1")]
    public void A_wrong_value_in_a_file_of_the_first_version_is_refused(string old, string replacement, string message)
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        Assert.Contains(old, FirstEverythingText, StringComparison.Ordinal);
        File.WriteAllText(folder.OptionsPath, FirstEverythingText.Replace(old, replacement, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => folder.LoadOptions()).Message, StringComparison.Ordinal);
    }

    /// <summary>An option that were forgotten here would be lost on the way to a resumed run.</summary>
    [Fact]
    public void Every_option_is_set_in_everything_and_stands_in_the_file()
    {
        using var json = JsonDocument.Parse(EverythingText);
        RequireAll(Everything, json.RootElement, "");

        static void RequireAll(object record, JsonElement element, string path)
        {
            foreach (PropertyInfo property in record.GetType().GetProperties().Where(property => property.CanWrite && property.PropertyType != typeof(Parameters)))
            {
                string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
                object? value = property.GetValue(record);
                Assert.True(value is not null, $"{path}{property.Name} is not set in {nameof(Everything)}.");
                Assert.True(element.TryGetProperty(name, out JsonElement found), $"{path}{name} is not written.");
                if (found.ValueKind == JsonValueKind.Object && value.GetType().Namespace!.StartsWith(nameof(Nabla), StringComparison.Ordinal))
                {
                    RequireAll(value, found, $"{path}{name}.");
                }
            }
        }
    }

    [Fact]
    public void Options_in_which_nothing_is_set_are_written_as_ever_and_read_back()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(Nothing);
        Assert.Equal(NothingText + "\n", File.ReadAllText(folder.OptionsPath));
        folder.SaveOptions(folder.LoadOptions());
        Assert.Equal(NothingText + "\n", File.ReadAllText(folder.OptionsPath));
    }

    [Fact]
    public void What_a_file_does_not_say_has_its_default()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.OptionsPath, """
            {"nabla_version":"v","runtime_version":"r","unknown":{},"data":{"source":"xor","validation":null,"table":{}},
            "network":{"inputs":1,"layers":[{"units":2,"activation":"softmax"}]},
            "training":{"optimizer":{},"schedule":{},"early_stopping":{},"initial_parameters":null},
            "outcome":{"stopped_by":"epochs","epochs":1,"best_epoch":1}}
            """);
        folder.SaveOptions(folder.LoadOptions());
        Assert.Equal(NothingText + "\n", File.ReadAllText(folder.OptionsPath));
    }

    /// <summary>Every kind of value, wrong in every way, and members that must be there.</summary>
    [Theory]
    [InlineData("\"inputs\": 2", "\"inputs\": 2.5", "network.inputs is 2.5; expected a whole number")]
    [InlineData("\"inputs\": 2", "\"inputs\": \"2\"", "network.inputs is \"2\"; expected a whole number")]
    [InlineData("\"inputs\": 2", "\"inputs\": 4294967298", "network.inputs is 4294967298")]
    [InlineData("\"inputs\": 2", "\"inputs\": null", "network.inputs is null")]
    [InlineData("\"inputs\": 2,", "", "network.inputs is missing")]
    [InlineData("\"units\": 2,", "", "network.layers[4]: dense needs a value: units")]
    [InlineData("\"activation\": \"sigmoid\"", "\"activation\": \"Sigmoid\"", "network.layers[4].activation: The activation 'Sigmoid' is not known here: expected one of sigmoid, tanh, ")]
    [InlineData("\"activation\": \"sigmoid\"", "\"activation\": 0", "network.layers[4].activation is 0; expected a text")]
    [InlineData("\"step\"", "null", "network.layers[0].unit_activations[1] is null")]
    [InlineData("\"learning_rate\": 0.05", "\"learning_rate\": \"0.05\"", "training.learning_rate is \"0.05\"; expected a number")]
    [InlineData("\"shuffle\": false", "\"shuffle\": 0", "training.shuffle is 0; expected true or false")]
    [InlineData("\"kind\": \"rmsprop\"", "\"kind\": \"rms-prop\"", "training.optimizer.kind: The optimizer 'rms-prop' is not known")]
    [InlineData("18446744073709551615", "-1", "training.seed is -1; expected a whole number from 0")]
    [InlineData("\"frozen\": [", "\"frozen\": [null,", "training.frozen[0] is null")]
    [InlineData("\"momentum\": 0.2", "\"momentum\": 0", "network.layers[1]")]
    [InlineData("\"probability\": 0.3", "\"probability\": 1", "network.layers[3]")]
    [InlineData("\"layer\": \"dropout\"", "\"layer\": \"drop\"", "network.layers[3].layer")]
    [InlineData("\"clip_norm\": 1.5", "\"clip_norm\": \"1\"", "training.clip_norm is \"1\"")]
    [InlineData("\"2026-07-01T12:30:45-02:00\"", "\"yesterday\"", "started is \"yesterday\"; expected a date with time")]
    [InlineData("\"validation\": \"0.125\"", "\"validation\": 0.125", "data.validation is 0.125; expected a text")]
    [InlineData("\"validation\": \"0.125\"", "\"validation\": \"half\"", "'half' is not a split size")]
    [InlineData("\"when\": \"date\"", "\"when\": \"day\"", "data.table.kinds.when is \"day\"")]
    [InlineData("\"when\": \"date\"", "\"Postal code\": \"date\"", "Postal code")]
    [InlineData("\"train\",", "null,", "arguments[0] is null; expected a text")]
    [InlineData("\"arguments\": [", "\"arguments\": {}, \"x\": [", "arguments is {}; expected a list")]
    [InlineData("\"source\": \"", "\"source\": \"\\ud800", "")]
    [InlineData("\"stopped_by\": \"early-stop\",", "", "outcome.stopped_by is missing")]
    public void A_wrong_value_is_refused_with_its_place(string old, string replacement, string message)
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        Assert.Contains(old, EverythingText, StringComparison.Ordinal);
        File.WriteAllText(folder.OptionsPath, EverythingText.Replace(old, replacement, StringComparison.Ordinal));
        string found = Assert.Throws<InvalidDataException>(() => folder.LoadOptions()).Message;
        Assert.StartsWith(folder.OptionsPath, found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_facts_of_a_checkpoint_are_written_as_ever()
    {
        Checkpoint.Save(CheckpointTests.State(Precision.Single), temporary["c"]);
        using SafetensorsReader reader = SafetensorsReader.Open(temporary["c"]);
        Assert.Equal(
            """
            {
              "epoch": 2,
              "step": 12,
              "batch": 0,
              "cost_sum": 0,
              "seconds": 0,
              "learning_rate_factor": 1,
              "start_moments": 0,
              "best_epoch": 1,
              "moments": 1,
              "has_best": false
            }
            """,
            reader.Metadata["checkpoint"]);
    }
}
