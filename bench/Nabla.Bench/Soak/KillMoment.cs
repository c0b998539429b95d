namespace Nabla.Bench.Soak;

/// <summary>What a run was doing when it was killed, as its folder shows it.</summary>
internal enum KillMoment
{
    /// <summary>There is no run.json yet.</summary>
    BeforeTheRunBegan,

    /// <summary>There is no whole checkpoint, nor the beginning of one.</summary>
    BeforeTheFirstCheckpoint,

    /// <summary>A checkpoint was cut off: its temporary file is there.</summary>
    WhileACheckpointWasWritten,

    /// <summary>There is a checkpoint, and none was being written.</summary>
    BetweenCheckpoints,

    /// <summary>The model was being written, or was there already.</summary>
    AtTheEnd,
}

/// <summary>Reads moments off folders.</summary>
internal static class KillMoments
{
    public static KillMoment Of(string folder) =>
        !File.Exists(Path.Combine(folder, "run.json")) ? KillMoment.BeforeTheRunBegan
        : Has(folder, "model.safetensors*") ? KillMoment.AtTheEnd
        : Has(folder, "checkpoint.safetensors.*.tmp") ? KillMoment.WhileACheckpointWasWritten
        : Has(folder, "checkpoint.safetensors") ? KillMoment.BetweenCheckpoints
        : KillMoment.BeforeTheFirstCheckpoint;

    public static string Name(KillMoment moment) => moment switch
    {
        KillMoment.BeforeTheRunBegan => "before the run began",
        KillMoment.BeforeTheFirstCheckpoint => "before the first checkpoint",
        KillMoment.WhileACheckpointWasWritten => "while a checkpoint was written",
        KillMoment.BetweenCheckpoints => "between checkpoints",
        _ => "at the end, with the model being written or there",
    };

    private static bool Has(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).Any();
}
