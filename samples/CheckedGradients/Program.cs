using System.Globalization;
using Nabla;
using Nabla.Network.Study;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
NetworkOptions network = NetworkOptions.FeedForward(4, [5, 3], 2, Activation.Gelu, Activation.Sigmoid, Cost.CrossEntropy);
Parameters parameters = ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Double, seed: 1);
(double[] inputs, double[] targets) = GradientCheck.DrawSamples(network, samples: 3, seed: 1);
GradientCheckResult check = GradientCheck.Run(network, parameters, inputs, targets, l2: 0.1);
Console.WriteLine($"{check.Parameters} derivatives, largest relative error {check.LargestRelativeError:0.0e+00}");
