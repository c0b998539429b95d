namespace Nabla.Tests.Reference.Naive;

/// <summary>A function of one number, with its derivative; each written from its definition.</summary>
internal sealed record NaiveFunction(Func<double, double> Value, Func<double, double> Derivative)
{
    public static readonly NaiveFunction Sigmoid = new(Logistic, z => Logistic(z) * (1 - Logistic(z)));

    public static readonly NaiveFunction Tanh = new(Math.Tanh, z => 1 - (Math.Tanh(z) * Math.Tanh(z)));

    public static readonly NaiveFunction Relu = LeakyRelu(0);

    /// <summary>ln(1 + e^z).</summary>
    public static readonly NaiveFunction Softplus = new(z => Math.Log(1 + Math.Exp(z)), Logistic);

    public static readonly NaiveFunction Linear = new(z => z, _ => 1);

    public static readonly NaiveFunction Step = new(z => z > 0 ? 1 : 0, _ => 0);

    /// <summary>z·Φ(z) with the normal distribution function Φ (Hendrycks and Gimpel 2016).</summary>
    public static readonly NaiveFunction Gelu = new(
        z => z * NormalDistribution(z),
        z => NormalDistribution(z) + (z * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)));

    /// <summary>z for z &gt; 0, otherwise e^z − 1 (Clevert et al. 2016).</summary>
    public static readonly NaiveFunction Elu = ScaledElu(1, 1);

    /// <summary>λ·(z for z &gt; 0, otherwise α(e^z − 1)), with the constants of Klambauer et al. 2017.</summary>
    public static readonly NaiveFunction Selu = ScaledElu(1.0507009873554804934193349852946, 1.6732632423543772848170429916717);

    /// <summary>z·σ(z) (Elfwing et al. 2018).</summary>
    public static readonly NaiveFunction Silu = new(z => z * Logistic(z), z => Logistic(z) + (z * Logistic(z) * (1 - Logistic(z))));

    /// <summary>z for z &gt; 0, otherwise slope·z.</summary>
    public static NaiveFunction LeakyRelu(double slope) => new(z => z > 0 ? z : slope * z, z => z > 0 ? 1 : slope);

    /// <summary>erf x = 2/√π·e^(−x²)·Σ_n 2ⁿ·x^(2n+1)/(1·3·5·…·(2n+1)): all terms have one sign, so none cancels another.</summary>
    public static double Erf(double x)
    {
        // 1 − erf 6 is 2·10⁻¹⁷.
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        // At 6 the terms fall from n = 36 on, and the 200th is below 10⁻²⁰ of the sum.
        double sum = 0, term = x;
        for (int n = 1; n <= 200; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double NormalDistribution(double z) => (1 + Erf(z / Math.Sqrt(2))) / 2;

    private static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    private static NaiveFunction ScaledElu(double lambda, double alpha) =>
        new(z => lambda * (z > 0 ? z : alpha * (Math.Exp(z) - 1)), z => lambda * (z > 0 ? 1 : alpha * Math.Exp(z)));
}
