using Nabla.Network.Activations;

namespace Nabla.Network.Prediction;

/// <summary>A network as it predicts: dropout is gone, activations that stand alone are part of the dense layer before them, and scalings such as batch normalisation are folded into a neighbouring dense layer.</summary>
/// <remarks>A scaling a·x + b behind W·x + c gives a∘W and a∘c + b; in front of it W∘a and W·b + c. Folded in double, then rounded once.</remarks>
internal static class PredictionNetwork
{
    /// <summary>The network to predict with. Where nothing is folded, the parameters are the given ones.</summary>
    public static (NetworkOptions Options, Parameters Parameters) Of(NetworkOptions options, Parameters parameters)
    {
        if (!options.Layers.Any(layer => layer is not Dense))
        {
            return (options, parameters);
        }

        var folded = new List<FoldedLayer>();
        (double[] Factors, double[] Summands)? pending = null;
        IReadOnlyList<SampleShape> shapes = options.Shapes();
        for (int i = 0; i < options.Layers.Count; i++)
        {
            Layer layer = options.Layers[i];
            double[][] tensors = [.. parameters.Tensors.Where(tensor => tensor.Layer == i).Select(parameters.Read)];
            FoldedLayer? last = folded.Count > 0 ? folded[^1] : null;
            if (layer is Dense dense)
            {
                folded.Add(FoldedLayer.Of(dense, tensors, shapes[i].Size, pending));
                pending = null;
            }
            else if (layer is Activate alone && pending is null && last is { Activation: Linear })
            {
                last.Activation = alone.Activation;
            }
            else if (layer.Scaling(tensors, shapes[i].Size) is { } scaling && pending is null)
            {
                if (last is { Activation: Linear })
                {
                    last.Scale(scaling.Factors, scaling.Summands);
                }
                else
                {
                    pending = scaling;
                }
            }
            else if (layer is not Dropout && layer != new Activate(Activation.Linear))
            {
                return (options, parameters);
            }
        }

        return pending is null && folded.Count > 0 ? Build(options, parameters.Precision, folded) : (options, parameters);
    }

    private static (NetworkOptions Options, Parameters Parameters) Build(NetworkOptions options, Precision precision, List<FoldedLayer> layers)
    {
        NetworkOptions dense = options with { Layers = [.. layers.Select(layer => new Dense(layer.Bias.Length, layer.Activation))] };
        var parameters = new Parameters(dense, precision);
        for (int i = 0; i < layers.Count; i++)
        {
            parameters.Write(parameters.Tensors[2 * i], layers[i].Weight);
            parameters.Write(parameters.Tensors[(2 * i) + 1], layers[i].Bias);
        }

        return (dense, parameters);
    }

    /// <summary>A dense layer on its way, in double.</summary>
    private sealed class FoldedLayer
    {
        /// <summary>[units, inputs].</summary>
        public required double[] Weight { get; init; }

        /// <summary>[units].</summary>
        public required double[] Bias { get; init; }

        public required Activation Activation { get; set; }

        /// <summary>A dense layer, with a scaling of its inputs taken in.</summary>
        public static FoldedLayer Of(Dense dense, double[][] tensors, int inputs, (double[] Factors, double[] Summands)? scaling)
        {
            double[] weight = tensors[0], bias = tensors[1];
            for (int i = 0; i < weight.Length && scaling is { } s; i++)
            {
                bias[i / inputs] += weight[i] * s.Summands[i % inputs];
                weight[i] *= s.Factors[i % inputs];
            }

            return new FoldedLayer { Weight = weight, Bias = bias, Activation = dense.Activation };
        }

        /// <summary>Takes in a scaling of the outputs.</summary>
        public void Scale(double[] factors, double[] summands)
        {
            int inputs = Weight.Length / Bias.Length;
            for (int i = 0; i < Weight.Length; i++)
            {
                Weight[i] *= factors[i / inputs];
            }

            for (int unit = 0; unit < Bias.Length; unit++)
            {
                Bias[unit] = (Bias[unit] * factors[unit]) + summands[unit];
            }
        }
    }
}
