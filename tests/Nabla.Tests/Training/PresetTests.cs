using Nabla.Network.Activations;
using Nabla.Training.Registries;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Training;

/// <summary>Natural companions of a choice, and the presets.</summary>
public class PresetTests
{
    private static Dataset Classes => DataSource.Open("moons").Train;

    private static Dataset Values => Dataset.FromRows("line", new double[] { 0, 1, 2, 3 }, 1, new double[] { 0, 2, 4, 6 }, 1);

    [Fact]
    public void Every_preset_trains_classes_and_values()
    {
        foreach (var row in TrainingChoices.BuiltIn.Presets)
        {
            Preset preset = row.Create();
            Assert.Equal(row.Name, preset.Name);
            foreach (Dataset train in new[] { Classes, Values })
            {
                ModelOptions options = preset.For(train);
                ModelOptions one = options with { Training = options.Training with { Epochs = 1 } };
                Model model = Model.Train(new DataSplit(train, null, null), one);
                Assert.Equal(train.IsRegression, model.IsRegression);
            }
        }
    }

    [Fact]
    public void The_book_has_the_settings_of_its_third_chapter()
    {
        // network2.py: Network([784, 100, 10], cost=CrossEntropyCost), SGD(30, 10, 0.5, lmbda=5.0).
        ModelOptions book = Preset.Book.For(Classes);
        Assert.Equal([100], book.Network.Hidden);
        Assert.Equal(Cost.CrossEntropy, book.Network.Cost);
        Assert.Equal((30, 10, 0.5, 5.0), (book.Training.Epochs, book.Training.BatchSize, book.Training.LearningRate, book.Training.L2));
    }

    [Fact]
    public void Another_rule_brings_its_learning_rate_and_drops_the_penalty()
    {
        ModelOptions options = Preset.Modern.For(Classes).WithOptimizer(UpdateRule.Sgd);
        Assert.Equal((UpdateRule.Sgd.NaturalLearningRate, 0.0), (options.Training.LearningRate, options.Training.L2));
    }

    [Fact]
    public void Other_constants_of_the_same_rule_change_nothing_else()
    {
        ModelOptions modern = Preset.Modern.For(Classes), changed = modern.WithOptimizer(new AdamW { Beta1 = 0.8 });
        Assert.Equal((modern.Training.LearningRate, modern.Training.L2), (changed.Training.LearningRate, changed.Training.L2));
    }

    [Fact]
    public void Another_output_brings_its_cost_and_another_activation_its_initializer()
    {
        ModelOptions modern = Preset.Modern.For(Classes);
        Assert.Equal(Cost.CrossEntropy, modern.WithOutput(Activation.Sigmoid).Network.Cost);
        Assert.Equal(Cost.LogLikelihood, modern.WithOutput(new Softmax(2)).Network.Cost);
        Assert.Equal(Activation.Tanh.NaturalInitializer, modern.WithActivation(Activation.Tanh).Training.Initializer);
        Assert.Same(modern, modern.WithActivation(modern.Network.Activation));
    }

    [Fact]
    public void A_list_of_layers_brings_cost_and_initializer()
    {
        ModelOptions options = Preset.Modern.For(Classes).WithLayers("dense 8 sigmoid, dense sigmoid");
        Assert.Equal(Cost.CrossEntropy, options.Network.Cost);
        Assert.Equal(Activation.Sigmoid.NaturalInitializer, options.Training.Initializer);
        Assert.Equal([2, 8, 2], options.Build(Classes).Sizes);
    }

    [Fact]
    public void A_learning_rate_that_is_not_given_suits_the_rule()
    {
        Assert.All(
            TrainingChoices.BuiltIn.UpdateRules.Select(row => row.Create()),
            rule => Assert.Equal(rule.NaturalLearningRate, new TrainingOptions { Optimizer = rule }.LearningRate));
        Assert.Equal(0.25, new TrainingOptions { Optimizer = UpdateRule.Adam, LearningRate = 0.25 }.LearningRate);
    }
}
