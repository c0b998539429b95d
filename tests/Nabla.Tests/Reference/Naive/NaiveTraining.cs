namespace Nabla.Tests.Reference.Naive;

/// <summary>Training by mini-batches.</summary>
/// <param name="Rule">The update rule.</param>
/// <param name="LearningRate">η of update k = 0, 1, 2 …</param>
internal sealed record NaiveTraining(INaiveUpdateRule Rule, Func<int, double> LearningRate)
{
    /// <summary>λ₁/n of the penalty λ₁/n·Σ|w|; n is the size of the training set.</summary>
    public double L1 { get; init; }

    /// <summary>λ₂/n of the penalty λ₂/(2n)·Σw².</summary>
    public double L2 { get; init; }

    /// <summary>Into how many shards a mini-batch is divided.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The largest norm of the mean data gradient; a longer one is clipped.</summary>
    public double LargestNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Trains the network through epochs of mini-batches.</summary>
    /// <returns>The mean data cost of each epoch, each mini-batch measured before its update.</returns>
    public double[] Run(NaiveNetwork network, IEnumerable<IReadOnlyList<NaiveBatch>> epochs)
    {
        var costs = new List<double>();
        int update = 0;
        foreach (IReadOnlyList<NaiveBatch> epoch in epochs)
        {
            double sum = 0;
            foreach (NaiveBatch batch in epoch)
            {
                sum += batch.Samples * Step(network, batch, LearningRate(update++));
            }

            costs.Add(sum / epoch.Sum(batch => batch.Samples));
        }

        return [.. costs];
    }

    /// <summary>λ₁/n·Σ|w| + λ₂/(2n)·Σw² over the weights.</summary>
    public double Penalty(NaiveNetwork network) =>
        network.Parameters.Zip(network.AreWeights, (w, isWeight) => isWeight ? (L1 * Math.Abs(w)) + (L2 * w * w / 2) : 0).Sum();

    /// <summary>The factors of a linear warm-up over n updates: 1/n, 2/n, … 1, 1, …</summary>
    public static double WarmUp(int update, int n) => Math.Min(1, (update + 1.0) / n);

    /// <summary>One update of the parameters by the mean gradient of the data cost: clipping, penalties, update rule. All [n].</summary>
    public void Update(double[] w, double[] dataGradient, bool[] areWeights, double eta)
    {
        double[] g = [.. NaiveGradient.Clipped(dataGradient, LargestNorm)];
        for (int i = 0; i < w.Length; i++)
        {
            if (areWeights[i])
            {
                g[i] += L1 * Math.Sign(w[i]);
                g[i] += Rule.DecaysApart ? 0 : L2 * w[i];
                w[i] *= Rule.DecaysApart ? 1 - (eta * L2) : 1;
            }
        }

        Rule.Update(w, g, eta);
    }

    /// <summary>One mini-batch.</summary>
    /// <returns>The mean data cost before the update.</returns>
    private double Step(NaiveNetwork network, NaiveBatch batch, double eta)
    {
        (double cost, double[] gradient) = NaiveGradient.Mean(network, batch, Shards);
        double[] w = network.Parameters;
        Update(w, gradient, network.AreWeights, eta);
        network.Parameters = w;
        return cost;
    }
}
