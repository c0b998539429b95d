using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Network.Registries;
using Nabla.Numerics.Functions;

namespace Nabla.Bits;

/// <summary>Every activation with its derivative, softmax, exp, log, sine and the normal quantile, over 67 random numbers and the edges of the number range.</summary>
internal static class FunctionHashes
{
    public static IEnumerable<(string Name, string Hash)> All()
    {
        foreach (Activation activation in NetworkChoices.BuiltIn.Activations.Select(row => row.Create()).Where(activation => activation is not Softmax))
        {
            yield return ($"activation.single.{activation.Name}", OfActivation(activation, Inputs<float>(1e-42, 3e38)));
            yield return ($"activation.double.{activation.Name}", OfActivation(activation, Inputs<double>(1e-310, 1e308)));
        }

        yield return ("exp.single", OfExp(Inputs<float>(1e-42, 3e38)));
        yield return ("exp.double", OfExp(Inputs<double>(1e-310, 1e308)));
        double[] positive = [.. Inputs<double>(1e-310, 1e308).Select(Math.Abs)];
        yield return ("log.single", Hash.Of<float>([.. positive.Select(x => LogOfSingle((float)x))]));
        yield return ("log.double", Hash.Of<double>([.. positive.Select(ScalarMath.Log)]));
        yield return ("sincos", Hash.Of<double>([.. positive.Where(x => x < 1e5).SelectMany(x => new[] { ScalarMath.SinCos(x).Sin, ScalarMath.SinCos(x).Cos })]));
        yield return ("normal-quantile", Hash.Of<double>(Hash.Normal<double>(200, 9)));
        yield return ("softmax.single", OfSoftmax<float>());
        yield return ("softmax.double", OfSoftmax<double>());
    }

    private static T[] Inputs<T>(double tiny, double huge) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Hash.Normal<T>(67, 5, 6), T.Zero, -T.Zero, T.CreateTruncating(tiny), T.CreateTruncating(-tiny), T.CreateTruncating(huge), T.CreateTruncating(-huge), T.PositiveInfinity, T.NegativeInfinity];

    private static string OfActivation<T>(Activation activation, T[] z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] alone = [.. z], derivative = new T[z.Length];
        ActivationFunction<T> function = activation.CreateFunction<T>();
        function.Apply(alone, 0, z.Length);
        function.ApplyWithDerivative(z, derivative, 0, z.Length);
        return Hash.Of(alone, z, derivative);
    }

    private static string OfExp<T>(T[] x) where T : unmanaged
    {
        VectorMath.Exp<T>(x, x);
        return Hash.Of(x);
    }

    private static float LogOfSingle(float x) => SingleMath.Log(System.Runtime.Intrinsics.Vector512.Create(x))[0];

    private static string OfSoftmax<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = Hash.Normal<T>(37, 6, 3), a = new T[37];
        T log = Softmax.Apply<T>(z, T.CreateTruncating(1.3), a);
        return Hash.Of(a, [log]);
    }
}
