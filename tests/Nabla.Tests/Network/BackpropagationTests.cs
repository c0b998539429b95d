using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Prediction;
using Nabla.Network.Study;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Network;

public class BackpropagationTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void The_worked_example_has_the_forward_pass_of_the_theory()
    {
        Backpropagation<double> network = Run(Cost.CrossEntropy, out _, out double cost);

        // Theory T80 to T88.
        AssertClose([0.593269992107187, 0.596884378259767], network.Workspace.Activations(0, 1).Row(0));
        AssertClose([0.751365069552316, 0.772928465321463], network.Workspace.Activations(1, 1).Row(0));
        Assert.Equal(1.65052853181227, cost, Tolerance * 10);
    }

    [Theory]
    [InlineData(
        "cross-entropy",
        new[] { 0.00226835045365457, 0.00453670090730914, 0.00257726971028950, 0.00515453942057899, 0.0453670090730914, 0.0515453942057899 },
        new[] { 0.439829648961847, 0.442509228603243, -0.128782027665431, -0.129566608014492, 0.741365069552316, -0.217071534678537 })]
    [InlineData(
        "quadratic",
        new[] { 0.000438567734474347, 0.000877135468948693, 0.000497712735260860, 0.000995425470521720, 0.00877135468948693, 0.00995425470521720 },
        new[] { 0.0821670405642308, 0.0826676278475333, -0.0226025404774751, -0.0227402422159782, 0.138498561628557, -0.0380982365165562 })]
    public void The_worked_example_has_the_gradients_of_the_theory(string cost, double[] hidden, double[] output)
    {
        Run(Named.Cost(cost), out Parameters gradient, out _);

        // Theory T89 to T93, the 2-2-2 example: four weights row by row, then two biases.
        foreach ((int layer, double[] expected) in new[] { (0, hidden), (1, output) })
        {
            AssertClose(
                expected,
                [
                    gradient.GetWeight(layer, 0, 0), gradient.GetWeight(layer, 0, 1), gradient.GetWeight(layer, 1, 0), gradient.GetWeight(layer, 1, 1),
                    gradient.GetBias(layer, 0), gradient.GetBias(layer, 1),
                ]);
        }
    }

    [Fact]
    public void A_unit_of_another_activation_inside_a_layer_changes_its_own_delta()
    {
        // Theory T06: h2 is a tanh unit.
        NetworkOptions options = Mazur.Options(Cost.CrossEntropy);
        options = options with { Layers = [new Dense(2, new PerUnit([Activation.Sigmoid, Activation.Tanh])), options.Layers[1]] };
        Backpropagation<double> network = Run(options, out Parameters gradient, out _);

        AssertClose([0.373513453287804], network.Workspace.Activations(0, 1).Row(0)[1..]);
        AssertClose([0.732116810074021, 0.750647272762054], network.Workspace.Activations(1, 1).Row(0));
        AssertClose([0.0408209278365219, 0.166339642143208], network.Workspace.Deltas(0, 1).Row(0));
        AssertClose([0.00831698210716042, 0.0166339642143208], [gradient.GetWeight(0, 1, 0), gradient.GetWeight(0, 1, 1)]);
    }

    [Fact]
    public void Linear_units_pass_delta_through_the_transposed_weights()
    {
        // Theory T05, exact decimals.
        NetworkOptions options = NetworkOptions.FeedForward(2, [2], 2, Activation.Linear, Activation.Linear, Cost.Quadratic);
        Backpropagation<double> network = Run(options, out Parameters gradient, out _);

        AssertClose([0.927625, 1.004625], network.Workspace.Activations(1, 1).Row(0));
        AssertClose([0.917625, 0.014625], network.Workspace.Deltas(1, 1).Row(0));
        AssertClose([0.3743625, 0.420975], network.Workspace.Deltas(0, 1).Row(0));
        AssertClose(
            [0.018718125, 0.03743625, 0.02104875, 0.0420975],
            [gradient.GetWeight(0, 0, 0), gradient.GetWeight(0, 0, 1), gradient.GetWeight(0, 1, 0), gradient.GetWeight(0, 1, 1)]);
    }

    [Fact]
    public void A_sample_has_the_same_bits_alone_and_in_a_batch()
    {
        NetworkOptions options = NetworkOptions.FeedForward(7, [5, 4], 3, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        Parameters parameters = ParameterInitializer.Draw(options, Initializer.Scaled, Precision.Single, 1);
        (double[] inputs, _) = GradientCheck.DrawSamples(options, 20, 3);
        var whole = new Backpropagation<float>(new NetworkStructure(options), 20, differentiates: false, WorkerTeam.Alone);
        for (int i = 0; i < inputs.Length; i++)
        {
            whole.Workspace.Inputs(20).Elements[i] = (float)inputs[i];
        }

        Matrix<float> together = whole.Predict(parameters, 20);
        var one = new ForwardPass(options, parameters);
        float[] output = new float[3];
        for (int sample = 0; sample < 20; sample++)
        {
            one.Run(inputs.AsSpan(sample * 7, 7).ToArray().Select(x => (float)x).ToArray(), output);
            Assert.Equal(together.Row(sample).ToArray(), output);
        }
    }

    private static Backpropagation<double> Run(Cost cost, out Parameters gradient, out double value) =>
        Run(Mazur.Options(cost), out gradient, out value);

    private static Backpropagation<double> Run(NetworkOptions options, out Parameters gradient, out double value)
    {
        var network = new Backpropagation<double>(new NetworkStructure(options), 1, differentiates: true, WorkerTeam.Alone);
        Mazur.Input.CopyTo(network.Workspace.Inputs(1).Elements);
        Mazur.Target.CopyTo(network.Workspace.Targets(1).Elements);
        gradient = new Parameters(options, Precision.Double);
        value = network.Differentiate(Mazur.Parameters(options), 1, PassContext.Study, gradient);
        return network;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
