using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Operators;
using Nabla.Network.Study;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Recipes;

/// <summary>Facts of every row, those of the fixtures included. A new row is tested as soon as it is registered.</summary>
public class EveryRowTests
{
    /// <summary>The bound of the house for gradients in double.</summary>
    private const double GradientTolerance = 1e-7;

    public static TheoryData<string> HiddenActivations => [.. Activations.Where(activation => activation.Place.HasFlag(ActivationPlace.Hidden)).Select(activation => activation.ToString())];

    public static TheoryData<string> ElementwiseActivations => [.. Activations.Where(activation => activation.CreateFunction<double>().IsElementwise).Select(activation => activation.ToString())];

    public static TheoryData<string, string> CostsWithOutputs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (Cost cost in Fixtures.Network.Costs.Select(Create))
            {
                foreach (Activation output in Activations.Where(output => output.Place != ActivationPlace.None && cost.Refuses(output) is null))
                {
                    pairs.Add(cost.ToString(), output.ToString());
                }
            }

            return pairs;
        }
    }

    public static TheoryData<string> UpdateRules => [.. Fixtures.Training.UpdateRules.Select(row => Create(row).ToString())];

    public static TheoryData<string> Layers => [.. Fixtures.Network.Layers.Where(row => row != Activate.Choice).Select(row => Create(row).ToString())];

    private static IEnumerable<Activation> Activations => Fixtures.Network.Activations.Select(Create);

    [Theory]
    [MemberData(nameof(HiddenActivations))]
    public void Every_hidden_activation_passes_the_gradient_check(string name) => RequireGradients($"dense 5, {name}, dense 3 sigmoid", "quadratic");

    [Theory]
    [MemberData(nameof(CostsWithOutputs))]
    public void Every_cost_passes_the_gradient_check_with_every_output_it_takes(string cost, string output) => RequireGradients($"dense 5 tanh, dense 3 {output}", cost);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_passes_the_gradient_check_first_and_between(string layer)
    {
        RequireGradients($"{layer}, dense 3 sigmoid", "quadratic");
        RequireGradients($"dense 4 tanh, {layer}, tanh, dense 3 sigmoid", "quadratic");
    }

    [Theory]
    [MemberData(nameof(ElementwiseActivations))]
    public void Every_activation_computes_the_formula_it_describes(string name)
    {
        Activation activation = Fixtures.Network.Activations.Parse(name);
        Expression formula = activation.Describe(new Variable());
        for (double z = -4; z <= 4; z += 0.375)
        {
            // Both sides are double; the formula rounds some ten times.
            double expected = At(formula, z), value = ActivationMath.Value(activation, z);
            Assert.True(Math.Abs(value - expected) <= 1e-13 * Math.Max(1, Math.Abs(expected)), $"{name} at {z}: {value}, its formula {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(UpdateRules))]
    public void Every_update_rule_goes_down_and_does_the_same_in_both_precisions(string name)
    {
        UpdateRule rule = Fixtures.Training.UpdateRules.Parse(name);
        double[] weights = [.. Start(19)], gradient = [.. Enumerable.Range(0, 19).Select(i => i % 2 == 0 ? 0.25 : -0.5)];
        double[] first = new double[rule.Moments > 0 ? 19 : 0], second = new double[rule.Moments > 1 ? 19 : 0];
        float[] narrow = [.. weights.Select(w => (float)w)], slope = [.. gradient.Select(g => (float)g)];
        float[] narrowFirst = new float[first.Length], narrowSecond = new float[second.Length];
        UpdateFunction<float> function = rule.CreateFunction<float>();
        for (int step = 1; step <= 3; step++)
        {
            rule.Update(0.125, weights, gradient, first, second, step);
            Assert.True(function.Apply(new UpdateStep(0.125, 1, 0, 0, step), narrow, slope, narrowFirst, narrowSecond));
        }

        double[] start = [.. Start(19)];
        for (int i = 0; i < start.Length; i++)
        {
            Assert.Equal(-Math.Sign(gradient[i]), Math.Sign(weights[i] - start[i]));

            // Three updates of a few roundings each, in numbers of 24 bits.
            Assert.True(Math.Abs(weights[i] - narrow[i]) <= 4e-6 * Math.Max(1, Math.Abs(weights[i])), $"{name}[{i}]: {weights[i]} in double, {narrow[i]} in float");
        }

        static IEnumerable<double> Start(int count) => Enumerable.Range(0, count).Select(i => (i - 9) / 8.0);
    }

    /// <summary>The row's value, with 3 or 0.25 for what must be given.</summary>
    private static T Create<T>(Choice<T> row) where T : class, IChoice<T> =>
        row.Create([.. row.Parameters.Select(parameter => !parameter.IsRequired ? parameter.Default : parameter.IsWhole ? 3 : 0.25)]);

    private static void RequireGradients(string layers, string cost)
    {
        var network = new NetworkOptions { Inputs = 4, Layers = Fixtures.Network.ParseLayers(layers), Cost = Fixtures.Network.Costs.Parse(cost) };
        Parameters parameters = ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Double, seed: 3);
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(network, samples: 6, seed: 5);
        GradientCheckResult check = GradientCheck.Run(network, parameters, inputs, targets);
        Assert.True(check.LargestRelativeError < GradientTolerance, $"{layers}, {cost}: {check}");
    }

    /// <summary>The value of a formula of one number.</summary>
    private static double At(Expression formula, double z) => formula switch
    {
        Variable => z,
        Number number => number.Value,
        Call call => Of(call, [.. call.Operands.Select(operand => At(operand, z))]),
        _ => throw new NotSupportedException($"{formula.GetType().Name} is no formula of one number."),
    };

    private static double Of(Call call, double[] x) => call.Operator switch
    {
        Operator.Add => x[0] + x[1],
        Operator.Subtract => x[0] - x[1],
        Operator.Multiply => x[0] * x[1],
        Operator.Divide => x[0] / x[1],
        Operator.SquareRoot => Math.Sqrt(x[0]),
        Operator.Exp => Math.Exp(x[0]),
        Operator.Erf => MathNet.Numerics.SpecialFunctions.Erf(x[0]),
        Operator.Sigmoid => 1 / (1 + Math.Exp(-x[0])),
        Operator.Tanh => Math.Tanh(x[0]),
        Operator.Relu => Math.Max(0, x[0]),
        Operator.LeakyRelu => x[0] > 0 ? x[0] : call.Parameter!.Value * x[0],
        Operator.Elu => x[0] > 0 ? x[0] : call.Parameter!.Value * (Math.Exp(x[0]) - 1),
        // The constants of Klambauer et al. 2017.
        Operator.Selu => 1.0507009873554804934193349852946 * (x[0] > 0 ? x[0] : 1.6732632423543772848170429916717 * (Math.Exp(x[0]) - 1)),
        Operator.Softplus => Math.Log(1 + Math.Exp(x[0])),
        Operator.Positive => x[0] > 0 ? 1 : 0,
        _ => throw new NotSupportedException($"{call.Operator} is no operator of one number."),
    };
}
