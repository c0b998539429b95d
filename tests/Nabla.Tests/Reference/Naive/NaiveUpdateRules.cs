namespace Nabla.Tests.Reference.Naive;

/// <summary>An update rule: changes the parameters w by a gradient g with the learning rate η, and keeps moments of its own.</summary>
internal interface INaiveUpdateRule
{
    /// <summary>Whether an L2 penalty shrinks the weights apart from the gradient: w ← (1 − ηλ/n)w.</summary>
    bool DecaysApart => false;

    /// <summary>One update in place. Both [n].</summary>
    void Update(double[] w, double[] g, double eta);
}

/// <summary>w ← w − ηg.</summary>
internal sealed class NaiveSgd : INaiveUpdateRule
{
    public void Update(double[] w, double[] g, double eta)
    {
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= eta * g[i];
        }
    }
}

/// <summary>v ← μv + g, w ← w − ηv; Nesterov's form as PyTorch has it: w ← w − η(g + μv).</summary>
internal sealed class NaiveMomentum(int count, double mu, bool isNesterov) : INaiveUpdateRule
{
    private readonly double[] v = new double[count];

    public void Update(double[] w, double[] g, double eta)
    {
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = (mu * v[i]) + g[i];
            w[i] -= eta * (isNesterov ? g[i] + (mu * v[i]) : v[i]);
        }
    }
}

/// <summary>s ← αs + (1 − α)g², w ← w − ηg/(√s + ε).</summary>
internal sealed class NaiveRmsProp(int count, double alpha, double epsilon) : INaiveUpdateRule
{
    private readonly double[] s = new double[count];

    public void Update(double[] w, double[] g, double eta)
    {
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = (alpha * s[i]) + ((1 - alpha) * g[i] * g[i]);
            w[i] -= eta * g[i] / (Math.Sqrt(s[i]) + epsilon);
        }
    }
}

/// <summary>Kingma and Ba 2015, algorithm 1; with the decay apart it is AdamW (Loshchilov and Hutter 2019).</summary>
internal sealed class NaiveAdam(int count, double beta1, double beta2, double epsilon, bool decaysApart) : INaiveUpdateRule
{
    private readonly double[] m = new double[count];
    private readonly double[] v = new double[count];
    private int t;

    public bool DecaysApart => decaysApart;

    public void Update(double[] w, double[] g, double eta)
    {
        t++;
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            double corrected1 = m[i] / (1 - Math.Pow(beta1, t)), corrected2 = v[i] / (1 - Math.Pow(beta2, t));
            w[i] -= eta * corrected1 / (Math.Sqrt(corrected2) + epsilon);
        }
    }
}

/// <summary>
/// Dozat 2016 in PyTorch's form: μ_t = β₁(1 − ½·0.96^(0.004·t)),
/// m̂ = μ_(t+1)·m/(1 − μ_1·…·μ_(t+1)) + (1 − μ_t)·g/(1 − μ_1·…·μ_t), w ← w − ηm̂/(√v̂ + ε).
/// </summary>
internal sealed class NaiveNAdam(int count, double beta1, double beta2, double epsilon) : INaiveUpdateRule
{
    private const double MomentumDecay = 0.004;

    private readonly double[] m = new double[count];
    private readonly double[] v = new double[count];
    private double product = 1;
    private int t;

    public void Update(double[] w, double[] g, double eta)
    {
        t++;
        double mu = Mu(t), next = Mu(t + 1);
        product *= mu;
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            double corrected1 = (next * m[i] / (1 - (product * next))) + ((1 - mu) * g[i] / (1 - product));
            double corrected2 = v[i] / (1 - Math.Pow(beta2, t));
            w[i] -= eta * corrected1 / (Math.Sqrt(corrected2) + epsilon);
        }
    }

    private double Mu(int step) => beta1 * (1 - (0.5 * Math.Pow(0.96, MomentumDecay * step)));
}

/// <summary>c = β₁m + (1 − β₁)g, w ← w − η(sgn c + λw/n), m ← β₂m + (1 − β₂)g (Chen et al. 2023, algorithm 2). sgn 0 = 0.</summary>
internal sealed class NaiveLion(int count, double beta1, double beta2) : INaiveUpdateRule
{
    private readonly double[] m = new double[count];

    public bool DecaysApart => true;

    public void Update(double[] w, double[] g, double eta)
    {
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= eta * Math.Sign((beta1 * m[i]) + ((1 - beta1) * g[i]));
            m[i] = (beta2 * m[i]) + ((1 - beta2) * g[i]);
        }
    }
}
