namespace Nabla.Tests.Reference.Naive;

/// <summary>A whole network in double: the slow truth that the fast code is held against. Loops over definitions, and nothing of the library.</summary>
internal sealed class NaiveNetwork(NaiveCost cost, params INaiveLayer[] layers)
{
    private readonly NaiveParameters[] parameters = [.. layers.SelectMany(layer => layer.Parameters)];

    /// <summary>Number of parameters.</summary>
    public int Count => parameters.Sum(row => row.Values.Length);

    /// <summary>All parameters, layer by layer: weights row by row, then biases.</summary>
    public double[] Parameters
    {
        get => [.. parameters.SelectMany(row => row.Values)];
        set
        {
            int next = 0;
            foreach (NaiveParameters row in parameters)
            {
                Array.Copy(value, next, row.Values, 0, row.Values.Length);
                next += row.Values.Length;
            }
        }
    }

    /// <summary>Which parameters are weights, in the order of <see cref="Parameters"/>.</summary>
    public bool[] AreWeights => [.. parameters.SelectMany(row => row.Values.Select(_ => row.AreWeights))];

    /// <summary>The outputs in evaluation: no dropout, running statistics. [samples][outputs].</summary>
    public double[][] Predict(double[][] inputs) => layers.Aggregate(inputs, (a, layer) => layer.Forward(a, isTraining: false));

    /// <summary>The mean cost in evaluation.</summary>
    public double Cost(NaiveBatch batch) => CostSum(Predict(batch.Inputs), batch) / batch.Samples;

    /// <summary>The running statistics of batch normalisation, layer by layer: means, then variances.</summary>
    public double[] RunningStatistics => [.. layers.OfType<NaiveBatchNormalization>().SelectMany(layer => layer.RunningMean.Concat(layer.RunningVariance))];

    /// <summary>Whether a sample's outputs depend on the other samples of the mini-batch.</summary>
    public bool MixesSamples => layers.OfType<NaiveBatchNormalization>().Any();

    /// <summary>A training pass, forward and backward; without dropout where nothing shall be random.</summary>
    public NaivePass Differentiate(NaiveBatch batch, bool isRandom = true)
    {
        foreach (NaiveDropout dropout in layers.OfType<NaiveDropout>())
        {
            dropout.IsActive = isRandom;
        }

        foreach ((NaiveDropout dropout, bool[][] mask) in layers.OfType<NaiveDropout>().Zip(batch.Masks))
        {
            dropout.Survives = mask;
        }

        double[][] outputs = layers.Aggregate(batch.Inputs, (a, layer) => layer.Forward(a, isTraining: true));
        double[][] gradient = [.. outputs.Select((a, s) => cost.Gradient(a, batch.Targets[s]))];
        foreach (INaiveLayer layer in layers.Reverse())
        {
            gradient = layer.Backward(gradient);
        }

        return new NaivePass(outputs, CostSum(outputs, batch), [.. parameters.SelectMany(row => row.Gradient)], gradient);
    }

    private double CostSum(double[][] outputs, NaiveBatch batch) => outputs.Select((a, s) => cost.Of(a, batch.Targets[s])).Sum();
}

/// <summary>What a training pass computes.</summary>
/// <param name="Outputs">[samples][outputs].</param>
/// <param name="CostSum">Σ_x C_x over the samples.</param>
/// <param name="GradientSum">∂ Σ_x C_x / ∂ parameters, in the order of <see cref="NaiveNetwork.Parameters"/>.</param>
/// <param name="InputGradient">∂ Σ_x C_x / ∂ inputs, [samples][inputs].</param>
internal sealed record NaivePass(double[][] Outputs, double CostSum, double[] GradientSum, double[][] InputGradient);
