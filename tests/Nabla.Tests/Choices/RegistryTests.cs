using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Registries;
using Nabla.Training.Registries;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Choices;

/// <summary>Choices by name. The order and the spelling of the names are part of files and of the command line.</summary>
public sealed class RegistryTests
{
    private static readonly NetworkChoices Network = NetworkChoices.BuiltIn;

    private static readonly TrainingChoices Training = TrainingChoices.BuiltIn;

    [Fact]
    public void The_names_are_these_in_this_order()
    {
        Assert.Equal(["sigmoid", "tanh", "relu", "leaky-relu", "gelu", "softplus", "linear", "step", "softmax", "elu", "selu", "silu"], Network.Activations.Names);
        Assert.Equal(["quadratic", "cross-entropy", "log-likelihood", "huber", "label-smoothing"], Network.Costs.Names);
        Assert.Equal(["scaled", "large", "glorot", "he", "lecun"], Network.Initializers.Names);
        Assert.Equal(["dense", "batch-norm", "dropout", "activation"], Network.Layers.Names);
        Assert.Equal(["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "nadam", "lion"], Training.UpdateRules.Names);
        Assert.Equal(["constant", "plateau", "step", "cosine", "one-cycle", "warm-up"], Training.Schedules.Names);
    }

    [Fact]
    public void The_text_of_every_choice_with_its_defaults_is_its_name()
    {
        RequireRoundTrips(Network.Activations);
        RequireRoundTrips(Network.Costs);
        RequireRoundTrips(Network.Initializers);
        RequireRoundTrips(Training.UpdateRules);
        RequireRoundTrips(Training.Schedules);

        static void RequireRoundTrips<T>(Registry<T> registry) where T : class, IChoice<T> => Assert.All(registry, row =>
        {
            T value = registry.Parse(row.Name);
            Assert.Same(row, value.Row);
            Assert.Equal(row.Name, Registry<T>.Text(value));
            Assert.Equal(row.Parameters.Select(parameter => parameter.Default), value.Values);
            Assert.Equal(value, registry.Parse(Registry<T>.Text(value)));
            Assert.NotEmpty(row.Summary);
        });
    }

    [Theory]
    [InlineData("leaky-relu:0.2", 0.2)]
    [InlineData("softmax:0.5", 0.5)]
    [InlineData("elu:1.5", 1.5)]
    public void A_parameter_stands_behind_a_colon(string text, double value)
    {
        Activation activation = Network.Activations.Parse(text);
        Assert.Equal([value], activation.Values);
        Assert.Equal(text, activation.ToString());
    }

    [Fact]
    public void Parameters_that_are_left_out_have_their_defaults()
    {
        Assert.Equal(new Adam(0.8), Training.UpdateRules.Parse("adam:0.8"));
        Assert.Equal(new Adam(0.8, 0.99), Training.UpdateRules.Parse("adam:0.8,0.99"));
        Assert.Equal("adam:0.8", new Adam(0.8).ToString());
        Assert.Equal("adam:0.9,0.99", new Adam(0.9, 0.99).ToString());
        Assert.Equal(Activation.LeakyRelu, Network.Activations.Parse("leaky-relu:0.01"));
        Assert.Equal("leaky-relu", new LeakyRelu(0.01).ToString());
    }

    [Theory]
    [InlineData("Sigmoid", "The activation 'Sigmoid' is not known here: expected one of sigmoid, tanh, ")]
    [InlineData("0", "'0' is not known")]
    [InlineData("", "'' is not known")]
    [InlineData("leaky-relu:x", "leaky-relu: 'x' is not a number")]
    [InlineData("leaky-relu:", "leaky-relu: '' is not a number")]
    [InlineData("leaky-relu:0.1,0.2", "leaky-relu has 1 parameters")]
    [InlineData("sigmoid:1", "sigmoid has 0 parameters, but 1 values are given")]
    [InlineData("softmax:0", "softmax: constant must be a finite number above 0, not 0")]
    [InlineData("softmax:NaN", "softmax")]
    [InlineData("softmax:Infinity", "softmax: constant must be")]
    public void An_unknown_name_or_a_wrong_parameter_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Network.Activations.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("momentum:Infinity")]
    [InlineData("adam:-0.1")]
    [InlineData("rmsprop:0.9,-1")]
    public void A_parameter_out_of_its_range_is_refused_with_the_range(string text) =>
        Assert.Contains(" must be a finite number", Assert.Throws<ArgumentException>(() => Training.UpdateRules.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_whole_number_and_a_required_parameter_are_asked_for()
    {
        Assert.Contains("a whole number", Assert.Throws<ArgumentException>(() => Training.Schedules.Parse("step:1.5")).Message, StringComparison.Ordinal);
        Choice<Layer> dense = Network.Layers["dense"];
        Assert.Contains("dense needs a value: units", Assert.Throws<ArgumentException>(() => dense.Create()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_adds_a_row_and_leaves_the_registry_as_it_was()
    {
        var row = new Choice<Activation>("flat", "0.2·z for z < 0", _ => new LeakyRelu(0.2));
        Registry<Activation> more = Network.Activations.With(row);
        Assert.Equal(Network.Activations.Count + 1, more.Count);
        Assert.Same(row, more["flat"]);
        Assert.Same(row, more[^1]);
        Assert.Equal(new LeakyRelu(0.2), more.Parse("flat"));
        Assert.Null(Network.Activations.Find("flat"));
    }

    [Fact]
    public void A_name_that_is_registered_twice_is_refused() =>
        Assert.Contains("'relu' is registered twice", Assert.Throws<ArgumentException>(() => Network.Activations.With(Relu.Choice)).Message, StringComparison.Ordinal);
}
