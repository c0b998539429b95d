namespace Nabla.Training;

/// <summary>Keeps a copy of the parameters at the start of the current epoch in the training state, for recovery from a divergence.</summary>
internal sealed class EpochStart
{
    /// <summary>More halvings of the learning rate do not help.</summary>
    private const int MostRecoveries = 10;

    private static readonly double SmallestFactor = Math.ScaleB(1, -MostRecoveries);

    private readonly TrainingState state;
    private readonly bool recovers;

    /// <param name="state">The state of the run.</param>
    /// <param name="recovers">Whether the run continues from the copy after a divergence, so that the moments are copied, too.</param>
    /// <exception cref="ArgumentException">The state is from within an epoch, and its run handled divergence differently.</exception>
    public EpochStart(TrainingState state, bool recovers)
    {
        this.state = state;
        this.recovers = recovers;
        if (state.Batch > 0 && state.StartParameters is not null)
        {
            if (state.StartMoments.Count != (recovers ? state.Moments.Count : 0))
            {
                throw new ArgumentException($"The state to resume from is one within an epoch of a run that {(recovers ? "did not recover" : "recovered")} from a divergence. Go on with the same {nameof(TrainingOptions.OnDivergence)}.");
            }

            return;
        }

        state.StartParameters = state.Parameters.Clone();
        state.StartMoments = recovers ? [.. state.Moments.Select(moment => moment.Clone())] : [];
    }

    /// <summary>The parameters at the start of the epoch.</summary>
    public Parameters Parameters => state.StartParameters!;

    /// <summary>Ends the epoch and starts the next one.</summary>
    public void Advance()
    {
        state.Epoch++;
        state.Batch = 0;
        state.CostSum = state.Seconds = 0;
        Copy(state.Parameters, state.Moments, state.StartParameters!, state.StartMoments);
    }

    /// <summary>Goes back to the start of the epoch and halves the learning rate.</summary>
    /// <returns>False if recovery is off or the learning rate has been halved too often.</returns>
    public bool TryRecover()
    {
        if (!recovers || state.LearningRateFactor <= SmallestFactor)
        {
            return false;
        }

        Copy(state.StartParameters!, state.StartMoments, state.Parameters, state.Moments);
        state.Step -= state.Batch;
        state.Batch = 0;
        state.CostSum = state.Seconds = 0;
        state.LearningRateFactor /= 2;
        return true;
    }

    private static void Copy(Parameters parameters, IReadOnlyList<Parameters> moments, Parameters toParameters, IReadOnlyList<Parameters> toMoments)
    {
        toParameters.CopyFrom(parameters);
        for (int k = 0; k < Math.Min(moments.Count, toMoments.Count); k++)
        {
            toMoments[k].CopyFrom(moments[k]);
        }
    }
}
