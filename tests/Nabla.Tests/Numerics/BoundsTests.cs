using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Network.Registries;
using Nabla.Training.Registries;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;
using Nabla.Tests.Support;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Numerics;

/// <summary>
/// No kernel reads or writes out of bounds. The kernels work on bare pointers, so nothing else would detect it.
/// </summary>
public class BoundsTests
{
    [Fact]
    public void A_product_stays_inside_its_matrices()
    {
        Products<float>();
        Products<double>();
    }

    [Fact]
    public void Arithmetic_stays_inside_its_spans()
    {
        Arithmetic<float>();
        Arithmetic<double>();
    }

    [Fact]
    public void Activations_stay_inside_their_spans()
    {
        Activations<float>();
        Activations<double>();
    }

    [Fact]
    public void Update_rules_stay_inside_their_spans()
    {
        Updates<float>();
        Updates<double>();
    }

    private static void Products<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var team = new WorkerTeam(2);
        foreach (int m in new[] { 1, 2, 6, 7, 9, 13, 49 })
        {
            for (int n = 1; n <= 36; n++)
            {
                foreach (int k in new[] { 0, 1, 7 })
                {
                    Product<T>(team, m, n, k, gap: (m + n + k) % 3);
                }
            }
        }

        // Large enough to be shared by two threads.
        Product<T>(team, 97, 75, 83, gap: 1);
        Product<T>(team, 61, 131, 79, gap: 0);
    }

    private static void Product<T>(WorkerTeam team, int m, int n, int k, int gap) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guarded<T> a = new(m, k, gap, 1), b = new(k, n, gap, 2), transposedA = new(k, m, gap, 3), transposedB = new(n, k, gap, 4);
        Guarded<T>[] results = [new(m, n, gap, 5), new(m, n, gap, 6), new(m, n, gap, 7)];
        foreach (Guarded<T> result in results)
        {
            // A cell that is not computed stays a NaN.
            for (int i = 0; i < m; i++)
            {
                result.Matrix.Row(i).Fill(T.NaN);
            }
        }

        Gemm.Multiply(team, a.Matrix, b.Matrix, results[0].Matrix);
        Gemm.MultiplyTransposedLeft(team, transposedA.Matrix, b.Matrix, results[1].Matrix);
        Gemm.MultiplyTransposedRight(team, a.Matrix, transposedB.Matrix, results[2].Matrix);
        foreach (Guarded<T> matrix in results)
        {
            matrix.RequireIntact();
        }
    }

    private static void Arithmetic<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int n = 1; n <= 67; n++)
        {
            Guarded<T> x = new(n, 1), y = new(n, 2), matrix = new(3, n, 2, 3);
            Elementwise.Multiply<T>(x.Span, y.Span);
            Elementwise.Add<T>(x.Span, y.Span);
            Elementwise.SumColumns(matrix.Matrix, y.Span);
            y.RequireIntact();
            Assert.True(Elementwise.AllFinite<T>(y.Span));
        }
    }

    private static void Activations<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (Activation activation in NetworkChoices.BuiltIn.Activations.Select(row => row.Create()))
        {
            ActivationFunction<T> function = activation.CreateFunction<T>();
            for (int n = 1; n <= 40; n++)
            {
                Guarded<T> z = new(n, 1), derivative = new(n, 2);
                function.Apply(z.Span, 0, n);
                if (function.IsElementwise)
                {
                    function.ApplyWithDerivative(z.Span, derivative.Span, 0, n);
                }

                z.RequireIntact();
                derivative.RequireIntact();
            }
        }
    }

    private static void Updates<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (UpdateRule rule in TrainingChoices.BuiltIn.UpdateRules.Select(row => row.Create()))
        {
            int moments = rule.Moments;
            UpdateFunction<T> function = rule.CreateFunction<T>();
            for (int n = 1; n <= 40; n++)
            {
                Guarded<T> weights = new(n, 1), gradient = new(n, 2), first = new(n, 3), second = new(n, 4);
                first.Span.Clear();
                second.Span.Clear();
                function.Apply(
                    new UpdateStep(0.1, 1, 0.01, 0.01, 1),
                    weights.Span,
                    gradient.Span,
                    moments > 0 ? first.Span : default,
                    moments > 1 ? second.Span : default);
                weights.RequireIntact();
                first.RequireIntact();
                second.RequireIntact();
            }
        }
    }
}
