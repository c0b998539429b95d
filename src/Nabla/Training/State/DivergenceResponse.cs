namespace Nabla;

/// <summary>What a run does when a cost or a parameter is no longer finite.</summary>
public enum DivergenceResponse
{
    /// <summary>It ends; the parameters of the last whole epoch are kept.</summary>
    Stop,

    /// <summary>It goes back to the end of the last whole epoch, halves the learning rate for the rest of the run, and goes on; ten times at most.</summary>
    Recover,
}
