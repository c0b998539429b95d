using Nabla.Numerics.Threads;

namespace Nabla.Network.Study;

/// <summary>A network in double with given samples in its workspace: where traces, gradient checks and curvatures begin.</summary>
internal static class StudyPass
{
    /// <summary>Checks what is given and loads it; the workspace's capacity is the number of samples.</summary>
    /// <exception cref="ArgumentException">The architecture is not valid, the parameters are not in double, or a length does not fit.</exception>
    public static Backpropagation<double> Load(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parameters);
        options.Validate();
        if (parameters.Precision != Precision.Double)
        {
            throw new ArgumentException("This needs parameters in double precision: use ToPrecision.", nameof(parameters));
        }

        int samples = inputs.Length / options.Inputs;
        if (samples == 0 || inputs.Length % options.Inputs != 0 || targets.Length != (long)samples * options.Outputs)
        {
            throw new ArgumentException($"{inputs.Length} input values and {targets.Length} target values are not whole samples of {options.Inputs} inputs and {options.Outputs} outputs.", nameof(inputs));
        }

        var network = new Backpropagation<double>(new NetworkStructure(options), samples, differentiates: true, WorkerTeam.Alone);
        inputs.CopyTo(network.Workspace.Inputs(samples).Elements);
        targets.CopyTo(network.Workspace.Targets(samples).Elements);
        return network;
    }
}
