using Nabla.Network;
using Nabla.Training.State;

namespace Nabla.Training;

/// <summary>Keeps, in the state of a run, the start of the epoch in progress: the last parameters that a divergence has not touched.</summary>
internal sealed class EpochStart
{
    /// <summary>More halvings of the learning rate mend nothing.</summary>
    private const int MostRecoveries = 10;

    private static readonly double SmallestFactor = Math.ScaleB(1, -MostRecoveries);

    private readonly TrainingState state;
    private readonly bool recovers;

    /// <param name="state">The state of the run.</param>
    /// <param name="recovers">Whether the run shall go on from there, so that the moments are kept as well.</param>
    /// <exception cref="ArgumentException">The state is one within an epoch, of a run that did not recover.</exception>
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

    /// <summary>The parameters.</summary>
    public Parameters Parameters => state.StartParameters!;

    /// <summary>An epoch is done, and the next one starts.</summary>
    public void Advance()
    {
        state.Epoch++;
        state.Batch = 0;
        state.CostSum = state.Seconds = 0;
        Copy(state.Parameters, state.Moments, state.StartParameters!, state.StartMoments);
    }

    /// <summary>Goes back to the start of the epoch and halves the learning rate.</summary>
    /// <returns>Whether that is asked for and has not been done too often.</returns>
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
