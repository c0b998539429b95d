namespace Nabla.Models;

/// <summary>What a <see cref="Cell"/> holds.</summary>
internal enum CellContent : byte
{
    Missing,
    Number,
    Text,
    Boolean,
    Instant,
}
