using Nabla.Numerics.Random;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

public class PredictorTests
{
    private const int Inputs = 70;
    private const int Outputs = 7;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 600)]
    [InlineData(3, 1025)]
    public void A_sample_has_the_same_bits_alone_and_in_any_batch(int threads, int samples)
    {
        Model model = NewModel(Precision.Single);
        float[] inputs = RandomInputs(samples), outputs = new float[samples * Outputs], alone = new float[Outputs];
        using var predictor = new Predictor(model, threads);
        predictor.Predict(inputs, outputs);
        for (int sample = 0; sample < samples; sample++)
        {
            model.Predict(inputs.AsSpan(sample * Inputs, Inputs), alone);
            Assert.Equal(alone, outputs.AsSpan(sample * Outputs, Outputs).ToArray());
        }
    }

    [Fact]
    public void A_model_in_double_predicts_float_rows()
    {
        Model model = NewModel(Precision.Double);
        float[] inputs = RandomInputs(3), outputs = new float[3 * Outputs], alone = new float[Outputs];
        using var predictor = new Predictor(model);
        predictor.Predict(inputs, outputs);
        model.Predict(inputs.AsSpan(Inputs, Inputs), alone);
        Assert.Equal(alone, outputs.AsSpan(Outputs, Outputs).ToArray());
    }

    [Fact]
    public async Task Many_threads_may_predict_at_once()
    {
        Model model = NewModel(Precision.Single);
        float[] inputs = RandomInputs(40), expected = new float[40 * Outputs];
        using var predictor = new Predictor(model, 2);
        predictor.Predict(inputs, expected);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            float[] outputs = new float[40 * Outputs];
            for (int i = 0; i < 50; i++)
            {
                predictor.Predict(inputs, outputs);
                Assert.Equal(expected, outputs);
            }
        })));
    }

    [Fact]
    public void A_batch_allocates_nothing_once_warm()
    {
        using var predictor = new Predictor(NewModel(Precision.Single), 2);
        float[] inputs = RandomInputs(300), outputs = new float[300 * Outputs];
        predictor.Predict(inputs, outputs);
        Assert.Equal(0, Allocation.Of(() => predictor.Predict(inputs, outputs)));
    }

    [Fact]
    public void Lengths_that_are_no_samples_are_refused()
    {
        using var predictor = new Predictor(NewModel(Precision.Single), 1);
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[Inputs + 1], new float[Outputs]));
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[2 * Inputs], new float[Outputs]));
    }

    private static Model NewModel(Precision precision)
    {
        NetworkOptions options = NetworkOptions.FeedForward(Inputs, [64, 33], Outputs, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        return new Model(options, ParameterInitializer.Draw(options, Initializer.He, precision, 1), [.. Enumerable.Range(0, Outputs).Select(i => $"{i}")]);
    }

    private static float[] RandomInputs(int samples)
    {
        var random = new CounterRandom(3, RandomPurpose.SyntheticSamples);
        float[] inputs = new float[samples * Inputs];
        foreach (ref float input in inputs.AsSpan())
        {
            input = (float)random.NextNormal();
        }

        return inputs;
    }
}
