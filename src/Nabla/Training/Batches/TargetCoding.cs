namespace Nabla;

/// <summary>How a class becomes target values.</summary>
public enum TargetCoding
{
    /// <summary>1 at the class, 0 elsewhere.</summary>
    OneHot,

    /// <summary>The class number's bits, least significant first; a code that encodes no class is rejected. Theory T133 to T142.</summary>
    Binary,
}
