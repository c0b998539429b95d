using Nabla.Training;

namespace Nabla;

/// <summary>Trains networks by mini-batch gradient descent.</summary>
public static class Trainer
{
    /// <summary>Trains a network.</summary>
    /// <param name="architecture">The network; inputs and outputs must fit the data.</param>
    /// <param name="data">The data; the test part is not touched.</param>
    /// <param name="options">Everything else that decides the run.</param>
    /// <param name="observer">Hears every event on the calling thread, as it happens; an exception from it ends the run. Or null.</param>
    /// <param name="resume">The state of an earlier run of the same architecture, data and options to go on from, or null. It is taken over and changed.</param>
    /// <param name="cancellation">Ends the run after the current mini-batch, with a usable result.</param>
    /// <returns>The parameters that were kept, and the history.</returns>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and what to do.</exception>
    public static TrainingResult Train(
        NetworkOptions architecture,
        DataSplit data,
        TrainingOptions options,
        IProgress<TrainingEvent>? observer = null,
        TrainingState? resume = null,
        CancellationToken cancellation = default)
    {
        Validate(architecture, data, options);
        TrainingState state = resume ?? Start(architecture, options);
        if (state.Parameters.Precision != options.Precision)
        {
            throw new ArgumentException($"The state to resume from is in {state.Parameters.Precision} precision, but the run in {options.Precision}.", nameof(resume));
        }

        return options.Precision == Precision.Single
            ? new TrainingRun<float>(architecture, data, options, state, observer).Run(cancellation)
            : new TrainingRun<double>(architecture, data, options, state, observer).Run(cancellation);
    }

    /// <summary>Checks that network, data and options fit each other, without training.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and what to do.</exception>
    public static void Validate(NetworkOptions architecture, DataSplit data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        TrainingValidation.Check(architecture, data, options);
    }

    private static TrainingState Start(NetworkOptions architecture, TrainingOptions options)
    {
        // A copy: the caller's parameters stay as they are.
        Parameters parameters = options.InitialParameters?.ToPrecision(options.Precision)
            ?? ParameterInitializer.Draw(architecture, options.Initializer, options.Precision, options.Seed);
        return new TrainingState
        {
            Parameters = parameters,
            Moments = [.. Enumerable.Range(0, options.Optimizer.Moments).Select(_ => parameters.NewGradient())],
        };
    }
}
