using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Registries;
using Xunit;

namespace Nabla.Tests.Models.Formats.Json;

/// <summary>The description of a model in the metadata of its file, to the byte as the first version wrote it.</summary>
public sealed class ModelJsonTests
{
    /// <summary>As every version before layers were named wrote it.</summary>
    private const string FirstEverythingText =
        """
        {"network":{"inputs":13,"layers":[{"units":2,"activation":"tanh","unit_activations":["softplus","relu"]},{"units":2,"activation":"softmax"}],"cost":"log-likelihood","softmax_constant":0.1},"classes":["yes","«no»"],"image":{"rows":1,"columns":13},"targets":"one-hot","columns":{"names":["n","c","b","d","id","y"],"inputs":[{"name":"n","kind":"numeric","center":1.5,"scale":2.5,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":true,"input_names":["n","n missing"]},{"name":"c","kind":"categorical","center":0,"scale":1,"categories":["red","grün"],"has_other":true,"has_time":false,"imputed":-1,"has_missing_indicator":false,"input_names":["c=red","c=grün","c=other"]},{"name":"b","kind":"boolean","center":0,"scale":1,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":false,"input_names":["b"]},{"name":"d","kind":"date","center":1700000000,"scale":86400,"categories":[],"has_other":false,"has_time":true,"imputed":0,"has_missing_indicator":false,"input_names":["d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]}],"targets":[{"name":"y","center":3,"scale":4}],"classes":["yes","«no»"],"ignored":[{"name":"id","reason":"all different"}],"decimal_comma":true,"fingerprint":"00ff","input_names":["n","n missing","c=red","c=grün","c=other","b","d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]},"facts":{"data":"table <\"1\">","train_count":100,"epochs":9,"best_epoch":7,"kept_epoch":8,"stopped_by":"early-stop","seed":18446744073709551615,"optimizer":"adamw","learning_rate":0.001,"batch_size":64,"l1":0.25,"l2":0.5,"dropout":0.125,"test_accuracy":0.75,"test_rmse":1.5,"nabla_version":"1.2.3"}}
        """;

    private const string EverythingText =
        """
        {"network":{"inputs":13,"layers":[{"units":2,"activation":"softplus","unit_activations":["softplus","relu"]},{"units":2,"activation":"softmax:0.1"}],"cost":"log-likelihood","softmax_constant":0.1},"classes":["yes","«no»"],"image":{"rows":1,"columns":13},"targets":"one-hot","columns":{"names":["n","c","b","d","id","y"],"inputs":[{"name":"n","kind":"numeric","center":1.5,"scale":2.5,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":true,"input_names":["n","n missing"]},{"name":"c","kind":"categorical","center":0,"scale":1,"categories":["red","grün"],"has_other":true,"has_time":false,"imputed":-1,"has_missing_indicator":false,"input_names":["c=red","c=grün","c=other"]},{"name":"b","kind":"boolean","center":0,"scale":1,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":false,"input_names":["b"]},{"name":"d","kind":"date","center":1700000000,"scale":86400,"categories":[],"has_other":false,"has_time":true,"imputed":0,"has_missing_indicator":false,"input_names":["d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]}],"targets":[{"name":"y","center":3,"scale":4}],"classes":["yes","«no»"],"ignored":[{"name":"id","reason":"all different"}],"decimal_comma":true,"fingerprint":"00ff","input_names":["n","n missing","c=red","c=grün","c=other","b","d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]},"facts":{"data":"table <\"1\">","train_count":100,"epochs":9,"best_epoch":7,"kept_epoch":8,"stopped_by":"early-stop","seed":18446744073709551615,"optimizer":"adamw","learning_rate":0.001,"batch_size":64,"l1":0.25,"l2":0.5,"dropout":0.125,"test_accuracy":0.75,"test_rmse":1.5,"nabla_version":"1.2.3"}}
        """;

    private const string LayersText =
        """
        {"network":{"inputs":13,"layers":[{"units":2,"activation":"softplus","unit_activations":["softplus","relu"]},{"layer":"batch-norm","momentum":0.2,"epsilon":0.0001},{"layer":"activation","activation":"leaky-relu:0.2"},{"layer":"dropout","probability":0.25},{"units":2,"activation":"softmax:0.1"}],"cost":"label-smoothing:0.2","softmax_constant":0.1},"classes":["yes","«no»"],"image":{"rows":1,"columns":13},"targets":"one-hot","columns":{"names":["n","c","b","d","id","y"],"inputs":[{"name":"n","kind":"numeric","center":1.5,"scale":2.5,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":true,"input_names":["n","n missing"]},{"name":"c","kind":"categorical","center":0,"scale":1,"categories":["red","grün"],"has_other":true,"has_time":false,"imputed":-1,"has_missing_indicator":false,"input_names":["c=red","c=grün","c=other"]},{"name":"b","kind":"boolean","center":0,"scale":1,"categories":[],"has_other":false,"has_time":false,"imputed":1,"has_missing_indicator":false,"input_names":["b"]},{"name":"d","kind":"date","center":1700000000,"scale":86400,"categories":[],"has_other":false,"has_time":true,"imputed":0,"has_missing_indicator":false,"input_names":["d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]}],"targets":[{"name":"y","center":3,"scale":4}],"classes":["yes","«no»"],"ignored":[{"name":"id","reason":"all different"}],"decimal_comma":true,"fingerprint":"00ff","input_names":["n","n missing","c=red","c=grün","c=other","b","d","d.year.sin","d.year.cos","d.week.sin","d.week.cos","d.day.sin","d.day.cos"]},"facts":{"data":"table <\"1\">","train_count":100,"epochs":9,"best_epoch":7,"kept_epoch":8,"stopped_by":"early-stop","seed":18446744073709551615,"optimizer":"adamw","learning_rate":0.001,"batch_size":64,"l1":0.25,"l2":0.5,"dropout":0.125,"test_accuracy":0.75,"test_rmse":1.5,"nabla_version":"1.2.3"}}
        """;

    private const string NothingText =
        """
        {"network":{"inputs":1,"layers":[{"units":2,"activation":"linear"}],"cost":"quadratic","softmax_constant":1},"classes":[],"targets":"one-hot","facts":{}}
        """;

    [Fact]
    public void A_model_in_which_everything_is_set_is_described_as_ever_and_read_back()
    {
        Assert.Equal(EverythingText, ModelJson.Write(Everything));
        Assert.Equal(EverythingText, ModelJson.Write(ModelJson.Read("m", EverythingText, NetworkChoices.BuiltIn)));
    }

    [Fact]
    public void A_model_of_the_first_version_is_read()
    {
        NetworkOptions network = ModelJson.Read("m", FirstEverythingText, NetworkChoices.BuiltIn).Network;
        Assert.Equal([new Dense(2, new PerUnit([Activation.Softplus, Activation.Relu])), new Dense(2, new Softmax(0.1))], network.Layers);
        Assert.Equal(EverythingText, ModelJson.Write(ModelJson.Read("m", FirstEverythingText, NetworkChoices.BuiltIn)));
    }

    [Fact]
    public void Layers_and_choices_with_parameters_are_written_by_name_and_read_back()
    {
        NetworkOptions network = ModelJson.Read("m", LayersText, NetworkChoices.BuiltIn).Network;
        Assert.Equal(
            [
                new Dense(2, new PerUnit([Activation.Softplus, Activation.Relu])), new BatchNormalization(0.2, 1e-4), new Activate(new LeakyRelu(0.2)),
                new Dropout(0.25), new Dense(2, new Softmax(0.1)),
            ],
            network.Layers);
        Assert.Equal(new LabelSmoothing(0.2), network.Cost);
        Assert.Equal(LayersText, ModelJson.Write(ModelJson.Read("m", LayersText, NetworkChoices.BuiltIn)));
    }

    [Theory]
    [InlineData("\"batch-norm\"", "\"batch\"", "network.layers[1].layer")]
    [InlineData("\"epsilon\":0.0001", "\"epsilon\":0", "network.layers[1]")]
    [InlineData("\"probability\":0.25", "\"probability\":1", "network.layers[3]")]
    [InlineData(",\"probability\":0.25", "", "probability")]
    [InlineData("leaky-relu:0.2", "leaky-relu:x", "network.layers[2].activation")]
    [InlineData("label-smoothing:0.2", "label-smoothing:2", "network.cost")]
    public void A_wrong_layer_or_choice_is_refused_with_its_place(string old, string replacement, string message)
    {
        Assert.Contains(old, LayersText, StringComparison.Ordinal);
        string text = LayersText.Replace(old, replacement, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => ModelJson.Read("m", text, NetworkChoices.BuiltIn)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_which_nothing_is_set_is_described_as_ever_and_read_back()
    {
        Assert.Equal(NothingText, ModelJson.Write(Nothing));
        Assert.Equal(NothingText, ModelJson.Write(ModelJson.Read("m", NothingText, NetworkChoices.BuiltIn)));
        Assert.Equal(NothingText, ModelJson.Write(ModelJson.Read("m", NothingText.Replace(",\"targets\":\"one-hot\",\"facts\":{}", "", StringComparison.Ordinal), NetworkChoices.BuiltIn)));
    }

    [Theory]
    [InlineData("\"rows\":1,", "", "image.rows is missing")]
    [InlineData("\"kind\":\"numeric\",", "", "columns.inputs[0].kind is missing")]
    [InlineData("\"epochs\":9", "\"epochs\":9.5", "facts.epochs is 9.5; expected a whole number")]
    [InlineData("\"facts\":{", "\"facts\":null,\"x\":{", "facts is null; expected an object")]
    [InlineData("\"seed\":", "\"epochs\":1,\"seed\":", "epochs")]
    [InlineData("\"imputed\":-1", "\"imputed\":true", "columns.inputs[1].imputed is true; expected a number")]
    public void A_wrong_value_is_refused_with_its_place(string old, string replacement, string message)
    {
        Assert.Contains(old, EverythingText, StringComparison.Ordinal);
        string text = EverythingText.Replace(old, replacement, StringComparison.Ordinal);
        string found = Assert.Throws<InvalidDataException>(() => ModelJson.Read("m.safetensors", text, NetworkChoices.BuiltIn)).Message;
        Assert.StartsWith("m.safetensors", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_classes_in_onnx_files_stay_readable()
    {
        Assert.Equal("[\"yes\",\"«no»\",\"\\\"\"]", OnnxClassNames.Write(["yes", "«no»", "\""]));
        Assert.Equal(["yes", "«no»", "\""], OnnxClassNames.Read("[\"yes\",\"«no»\",\"\\\"\"]"));
    }

    private static Model Nothing
    {
        get
        {
            var architecture = new NetworkOptions { Inputs = 1, Layers = [new Dense(2)], Cost = Cost.Quadratic };
            return new Model(architecture, new Parameters(architecture, Precision.Single), []);
        }
    }

    private static Model Everything
    {
        get
        {
            var architecture = new NetworkOptions
            {
                Inputs = 13,
                Layers = [new Dense(2, new PerUnit([Activation.Softplus, Activation.Relu])), new Dense(2, new Softmax(0.1))],
                Cost = Cost.LogLikelihood,
            };
            return new Model(
                architecture,
                new Parameters(architecture, Precision.Single),
                ["yes", "«no»"],
                new ImageShape(1, 13),
                TargetCoding.OneHot,
                new ModelFacts
                {
                    Data = "table <\"1\">",
                    TrainCount = 100,
                    Epochs = 9,
                    BestEpoch = 7,
                    KeptEpoch = 8,
                    StoppedBy = StopReason.EarlyStop,
                    Seed = ulong.MaxValue,
                    Optimizer = "adamw",
                    LearningRate = 0.001,
                    BatchSize = 64,
                    L1 = 0.25,
                    L2 = 0.5,
                    Dropout = 0.125,
                    TestAccuracy = 0.75,
                    TestRmse = 1.5,
                    NablaVersion = "1.2.3",
                },
                new TableSchema
                {
                    Names = ["n", "c", "b", "d", "id", "y"],
                    Inputs =
                    [
                        new InputColumn { Name = "n", Kind = ColumnKind.Numeric, Center = 1.5, Scale = 2.5, Imputed = 1, HasMissingIndicator = true },
                        new InputColumn { Name = "c", Kind = ColumnKind.Categorical, Categories = ["red", "grün"], HasOther = true, Imputed = -1 },
                        new InputColumn { Name = "b", Kind = ColumnKind.Boolean, Imputed = 1 },
                        new InputColumn { Name = "d", Kind = ColumnKind.Date, HasTime = true, Center = 1.7e9, Scale = 86400 },
                    ],
                    Targets = [new TargetColumn { Name = "y", Center = 3, Scale = 4 }],
                    Classes = ["yes", "«no»"],
                    Ignored = [new IgnoredColumn("id", "all different")],
                    DecimalComma = true,
                    Fingerprint = "00ff",
                });
        }
    }
}
