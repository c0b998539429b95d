using System.Text.Json;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>The epochs of a run in <c>metrics.jsonl</c>, the log of runs from before <c>events.jsonl</c>.</summary>
internal static class MetricsLog
{
    /// <summary>Maximum length of a log in bytes: enough for ten million epochs.</summary>
    private const long MaximumLength = 1L << 31;

    private const int MaximumLine = 1 << 16;

    /// <summary>Reads the epochs. Some may be missing if the disk was full. A last line without a line end is incomplete, and is ignored.</summary>
    /// <returns>The epochs in order, or none if there is no file.</returns>
    /// <exception cref="InvalidDataException">A line is not an epoch, or the epochs do not increase.</exception>
    public static IReadOnlyList<EpochMetrics> Read(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return [];
        }

        byte[] bytes = FormatFiles.ReadAll(path, MaximumLength - 64, "a log of epochs");
        var epochs = new List<EpochMetrics>();
        int start = 0;
        for (int line = 1; bytes.AsSpan(start).IndexOf((byte)'\n') is var length && length >= 0; line++)
        {
            EpochMetrics epoch = Parse(path, line, bytes.AsMemory(start, length));
            if (epoch.Epoch < 1 || (epochs.Count > 0 && epoch.Epoch <= epochs[^1].Epoch))
            {
                throw new InvalidDataException($"{path}:{line}: epoch {epoch.Epoch} follows epoch {(epochs.Count > 0 ? epochs[^1].Epoch : 0)}.");
            }

            epochs.Add(epoch);
            start += length + 1;
        }

        return epochs;
    }

    /// <summary>The whole lines of the log, which its epochs are read from.</summary>
    /// <exception cref="InvalidDataException">A line is not an epoch, or the epochs do not increase.</exception>
    public static string[] ReadLines(string path)
    {
        int epochs = Read(path).Count;
        return [.. File.ReadLines(path).Take(epochs)];
    }

    private static EpochMetrics Parse(string path, int line, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaximumLine)
        {
            throw new InvalidDataException($"{path}:{line}: the line has {json.Length} bytes; expected at most {MaximumLine}.");
        }

        try
        {
            return StrictJson.Read(json, EpochMetrics.Read);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{line}: {e.Message}", e);
        }
    }
}
