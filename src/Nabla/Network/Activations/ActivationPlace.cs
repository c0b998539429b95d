namespace Nabla.Network.Activations;

/// <summary>Where an activation may stand in a network that learns.</summary>
[Flags]
public enum ActivationPlace
{
    /// <summary>Nowhere: for networks made by hand.</summary>
    None = 0,

    /// <summary>In hidden layers.</summary>
    Hidden = 1,

    /// <summary>In the output layer.</summary>
    Output = 2,

    /// <summary>In both.</summary>
    Anywhere = Hidden | Output,
}
