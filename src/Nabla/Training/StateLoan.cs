
namespace Nabla.Training;

/// <summary>Lends the training state to the handlers of one event: on the training thread, until they return.</summary>
/// <remarks>Training changes the state as soon as the handlers return. A handler that runs later or on another thread would read a state of another moment.</remarks>
internal sealed class StateLoan(TrainingState state)
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private TrainingState? state = state;

    /// <summary>The state.</summary>
    /// <exception cref="InvalidOperationException">The handlers have returned, or this is another thread.</exception>
    public TrainingState State => Environment.CurrentManagedThreadId == thread && state is { } current
        ? current
        : throw new InvalidOperationException(
            "The training state can be read only while the event is handled, on the training thread: by now training has changed it. Progress<T> passes "
            + "events to another thread; give Trainer.Train an IProgress<TrainingEvent> of your own, and copy from the state what you need later.");

    /// <summary>Ends the loan.</summary>
    public void End() => state = null;
}
