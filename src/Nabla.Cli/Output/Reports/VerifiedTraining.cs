namespace Nabla.Cli.Output.Reports;

/// <summary>A published training that has been run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it trains.</param>
/// <param name="Hash">The hash of the weights on this machine.</param>
/// <param name="Published">The published hash, or null where the list lacks the training.</param>
internal sealed record VerifiedTraining(string Name, string Summary, string Hash, string? Published)
{
    public bool IsSame => Hash == Published;
}
