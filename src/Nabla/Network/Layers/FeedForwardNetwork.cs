namespace Nabla;

/// <summary>Networks of dense layers in one line.</summary>
public static class FeedForwardNetwork
{
    extension(NetworkOptions)
    {
        /// <summary>A network with hidden dense layers of one activation and a dense output layer.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="hidden">Units of each hidden layer; empty for none.</param>
        /// <param name="outputs">Number of outputs.</param>
        /// <param name="activation">Activation of the hidden layers.</param>
        /// <param name="output">Activation of the output layer.</param>
        /// <param name="cost">The cost.</param>
        /// <param name="dropout">Probability in [0, 1) that a hidden unit is silent in training.</param>
        /// <param name="batchNormalization">Whether each hidden layer is normalised between its linear part and its activation.</param>
        /// <exception cref="ArgumentException">See <see cref="NetworkOptions.Validate"/>.</exception>
        public static NetworkOptions FeedForward(
            int inputs,
            IReadOnlyList<int> hidden,
            int outputs,
            Activation activation,
            Activation output,
            Cost cost,
            double dropout = 0,
            bool batchNormalization = false)
        {
            ArgumentNullException.ThrowIfNull(hidden);
            var layers = new List<Layer>();
            foreach (int units in hidden)
            {
                layers.AddRange(batchNormalization ? [new Dense(units), new BatchNormalization(), new Activate(activation)] : [new Dense(units, activation)]);
                if (dropout > 0)
                {
                    layers.Add(new Dropout(dropout));
                }
            }

            layers.Add(new Dense(outputs, output));
            var options = new NetworkOptions { Inputs = inputs, Layers = layers, Cost = cost };
            options.Validate();
            return options;
        }
    }
}
