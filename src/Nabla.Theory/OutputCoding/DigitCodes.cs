using Nabla.Theory.Recipes;
using Nabla.Training.Batches;

namespace Nabla.Theory.OutputCoding;

/// <summary>The codes of the ten digits in the library's two codings.</summary>
internal static class DigitCodes
{
    public const int Digits = 10;

    /// <summary>The number of outputs for the digits 0 to 9.</summary>
    public static int Width(TargetCoding coding) => TargetCodes.Width(coding, Digits);

    /// <summary>The target values of a number, with the least significant bit first.</summary>
    public static double[] Of(TargetCoding coding, int number)
    {
        double[] code = new double[Width(coding)];
        TargetCodes.Encode(coding, number, code);
        return code;
    }

    /// <summary>
    /// ‖a − y‖² for one digit taken for another. It is twice the quadratic cost of the training code.
    /// </summary>
    public static double SquaredError(TargetCoding coding, int answer, int truth) =>
        2 * Networks.FromWeightedInputs(Of(coding, answer), Activation.Linear, Cost.Quadratic).Trace([1], Of(coding, truth)).Cost;

    /// <summary>Every ordered pair of different digits.</summary>
    public static IEnumerable<(int Answer, int Truth)> Pairs() =>
        from answer in Enumerable.Range(0, Digits)
        from truth in Enumerable.Range(0, Digits)
        where answer != truth
        select (answer, truth);

    /// <summary>
    /// Every pattern of <paramref name="width"/> bits as outputs in the order of its number, least significant bit
    /// first.
    /// </summary>
    public static IEnumerable<double[]> Patterns(int width) =>
        Enumerable.Range(0, 1 << width).Select(pattern => Enumerable.Range(0, width).Select(bit => (double)((pattern >> bit) & 1)).ToArray());
}
