using System.Text;

namespace Nabla.Runs;

/// <summary>The log of a run, <c>events.jsonl</c>, read whole. <see cref="EventFollower"/> reads it while it grows.</summary>
public static class EventLog
{
    private static readonly byte[] Batch = Encoding.UTF8.GetBytes("{\"v\":1,\"event\":\"batch\",");

    /// <summary>Reads the events. Some may be missing if the disk was full. A last line without a line end is incomplete, and is left out.</summary>
    /// <param name="path">The log.</param>
    /// <returns>The events in the order in which they were written, those that a resumed run repeats included; none if there is no file.</returns>
    /// <exception cref="InvalidDataException">A line is not an event, or is of a newer version.</exception>
    public static IReadOnlyList<LoggedEvent> Read(string path)
    {
        var events = new List<LoggedEvent>();
        EventLines.Read(path, 0, (line, offset) =>
        {
            events.Add(LoggedEvent.Parse(path, line, offset));
            return true;
        });
        return events;
    }

    /// <summary>Reads the epochs that count: those after the place to which the run returned, by a resume or a recovery, are left out.</summary>
    /// <param name="path">The log.</param>
    /// <returns>The epochs in order; none if there is no file.</returns>
    /// <exception cref="InvalidDataException">A line is not an event, is of a newer version, or the epochs do not increase.</exception>
    public static IReadOnlyList<EpochMetrics> ReadEpochs(string path)
    {
        var epochs = new List<EpochMetrics>();
        EventLines.Read(path, 0, (line, offset) =>
        {
            // Most lines are of this kind, and have no part in the result.
            if (line.Span.StartsWith(Batch))
            {
                return true;
            }

            LoggedEvent.Read(path, line, offset, (json, name) =>
            {
                if (name == "epoch")
                {
                    Add(EpochMetrics.Read(json), offset);
                }
                else if (name is "resumed" or "recovered")
                {
                    int last = json["epoch"].Int32();
                    while (epochs.Count > 0 && epochs[^1].Epoch > last)
                    {
                        epochs.RemoveAt(epochs.Count - 1);
                    }
                }

                return name;
            });
            return true;
        });
        return epochs;

        void Add(EpochMetrics epoch, long offset)
        {
            int last = epochs.Count > 0 ? epochs[^1].Epoch : 0;
            if (epoch.Epoch <= last)
            {
                throw new InvalidDataException($"{path}: byte {offset}: epoch {epoch.Epoch} follows epoch {last}.");
            }

            epochs.Add(epoch);
        }
    }
}
