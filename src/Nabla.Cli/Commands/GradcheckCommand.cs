using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Network.Study;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla gradcheck</c>: compares backpropagation with central differences.</summary>
internal static class GradcheckCommand
{
    private const double Limit = 1e-6;

    public static Command Create()
    {
        var command = new Command("gradcheck", "Compare every partial derivative of a network with a central difference, in double precision.");
        Option<int?> inputs = OptionNames.Count("--inputs", "Inputs of the network (6)", "N");
        Option<int?> outputs = OptionNames.Count("--outputs", "Outputs of the network (4)", "N");
        Option<int?> samples = OptionNames.Count("--samples", "Random samples (5)", "N");
        Option<double?> l1 = OptionNames.Number("--l1", "λ/n of the L1 penalty (0)", "L");
        Option<double?> l2 = OptionNames.Number("--l2", "λ/n of the L2 penalty (0)", "L");
        Option<int?> seed = OptionNames.Count("--seed", "Seed of parameters, samples and masks (0)", "N");
        Option<bool> json = new("--json") { Description = "One JSON object on standard output" };
        var network = new NetworkArguments(command);
        foreach (Option option in new Option[] { inputs, outputs, samples, l1, l2, seed, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            ModelOptions chosen = network.Apply(result, new ModelOptions
            {
                Network = new NetworkSettings { Hidden = [5, 4] },
                Training = new TrainingOptions { Initializer = Initializer.He },
            });
            NetworkOptions options = chosen.Network.Build(AtLeastOne(result, inputs, 6), AtLeastOne(result, outputs, 4));
            if (result.GetValue(seed) is < 0 || result.GetValue(l1) is < 0 || result.GetValue(l2) is < 0)
            {
                throw new UsageException("--seed, --l1 and --l2 must not be negative.");
            }

            ulong key = (ulong)(result.GetValue(seed) ?? 0);
            Parameters parameters = ParameterInitializer.Draw(options, chosen.Training.Initializer, Precision.Double, key);
            (double[] x, double[] y) = GradientCheck.DrawSamples(options, AtLeastOne(result, samples, 5), key);
            GradientCheckResult check = GradientCheck.Run(options, parameters, x, y, result.GetValue(l1) ?? 0, result.GetValue(l2) ?? 0, key);
            Print(check, result.GetValue(json));
            return check.LargestRelativeError <= Limit ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;

        static int AtLeastOne(ParseResult result, Option<int?> option, int fallback) => result.GetValue(option) switch
        {
            null => fallback,
            < 1 => throw new UsageException($"{option.Name} {result.GetValue(option)}: expected at least 1."),
            var value => value.Value,
        };
    }

    private static void Print(GradientCheckResult check, bool json)
    {
        if (json)
        {
            JsonLines.Write(writer =>
            {
                writer.WriteString("event", "gradcheck");
                writer.WriteNumber("parameters", check.Parameters);
                writer.WriteNumber("largest_relative_error", double.IsFinite(check.LargestRelativeError) ? check.LargestRelativeError : double.MaxValue);
                writer.WriteString("parameter", check.Parameter);
                writer.WriteNumber("backpropagated", double.IsFinite(check.Backpropagated) ? check.Backpropagated : 0);
                writer.WriteNumber("difference", double.IsFinite(check.Difference) ? check.Difference : 0);
                writer.WriteNumber("on_kinks", check.OnKinks);
                writer.WriteNumber("limit", Limit);
                writer.WriteBoolean("holds", check.LargestRelativeError <= Limit);
            });
            return;
        }

        Screen.Line($"{check.Parameters} partial derivatives, largest relative error {check.LargestRelativeError:0.###e+00} at {check.Parameter}:");
        Screen.Line($"  backpropagation {OptionNames.Format(check.Backpropagated)}, central difference {OptionNames.Format(check.Difference)}");
        if (check.OnKinks > 0)
        {
            Screen.Line($"  {check.OnKinks} were skipped: a unit lies exactly on a kink, so the derivative does not exist");
        }

        Screen.Line(check.LargestRelativeError <= Limit ? $"They agree (limit {Limit:0e+00})." : $"They do not agree (limit {Limit:0e+00}).");
    }
}
