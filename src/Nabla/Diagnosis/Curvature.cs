using Nabla.Network;
using Nabla.Network.Study;
using Nabla.Numerics.Random;

namespace Nabla.Diagnosis;

/// <summary>
/// The largest curvature of the cost, which bounds the learning rate of plain descent: η below 2/λmax
/// (theory T76, T77).
/// </summary>
public static class Curvature
{
    private const double Step = 1e-4;
    private const double Settled = 1e-13;

    /// <summary>The eigenvalue of largest magnitude of the Hessian of the mean cost, by power iteration.</summary>
    /// <remarks>
    /// H·v is the central difference of the gradient along v; on a quadratic cost it is exact but for rounding.
    /// </remarks>
    /// <param name="options">The architecture.</param>
    /// <param name="parameters">Where, in double.</param>
    /// <param name="inputs">[samples, inputs].</param>
    /// <param name="targets">[samples, outputs].</param>
    /// <param name="l2">λ₂/n of a penalty, which adds to the curvature of every weight; at least 0.</param>
    /// <param name="iterations">The largest number of products H·v.</param>
    /// <param name="seed">Decides the first direction.</param>
    /// <exception cref="ArgumentException">The architecture is not valid, the parameters are not in double, or a length
    /// does not fit.</exception>
    public static double Largest(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, double l2 = 0, int iterations = 1000, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(l2);
        Backpropagation<double> network = StudyPass.Load(options, parameters, inputs, targets);
        return PowerIteration(v => Product(network, parameters, v, l2), FirstDirection(parameters.Count, seed), iterations);
    }

    private static double PowerIteration(Func<double[], double[]> multiply, double[] v, int iterations)
    {
        double eigenvalue = 0;
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            double[] product = multiply(v);
            double next = Dot(v, product), length = Math.Sqrt(Dot(product, product));
            if (length == 0 || Math.Abs(next - eigenvalue) <= Settled * Math.Abs(next))
            {
                return next;
            }

            eigenvalue = next;
            v = [.. product.Select(value => value / length)];
        }

        return eigenvalue;
    }

    /// <summary>H·v = [∇C(w + εv) − ∇C(w − εv)] / 2ε, with the penalty's part added exactly.</summary>
    private static double[] Product(Backpropagation<double> network, Parameters parameters, double[] v, double l2)
    {
        int samples = network.Workspace.Capacity;
        double[] above = Gradient(Step), below = Gradient(-Step);
        double[] product = [.. above.Zip(below, (up, down) => (up - down) / (2 * Step * samples))];
        foreach (ParameterTensor tensor in parameters.Tensors.Where(tensor => tensor.Declaration.IsDecayed && l2 > 0))
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                product[i] += l2 * v[i];
            }
        }

        return product;

        double[] Gradient(double step)
        {
            Parameters moved = parameters.Clone(), gradient = parameters.NewGradient();
            Span<double> w = moved.All<double>();
            for (int i = 0; i < v.Length; i++)
            {
                w[i] += step * v[i];
            }

            network.Differentiate(moved, samples, PassContext.Study, gradient);
            return gradient.All<double>()[..v.Length].ToArray();
        }
    }

    private static double[] FirstDirection(int count, ulong seed)
    {
        var random = new CounterRandom(seed, RandomPurpose.Curvature);
        double[] v = new double[count];
        for (int i = 0; i < count; i++)
        {
            v[i] = random.NextNormal();
        }

        double length = Math.Sqrt(Dot(v, v));
        return [.. v.Select(value => value / length)];
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
