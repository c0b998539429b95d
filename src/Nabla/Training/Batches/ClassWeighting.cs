namespace Nabla;

/// <summary>How much the samples of each class count in a training.</summary>
public enum ClassWeighting
{
    /// <summary>All the same: a class counts as often as it occurs.</summary>
    None,

    /// <summary>Each class the same in all: its samples have the weight n/(K·n_c), where n_c of the n samples are of it and K classes occur.</summary>
    Balanced,
}
