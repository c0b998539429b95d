namespace Nabla.Data.Tables.Records;

/// <summary>The kind of value in a <see cref="Cell"/>.</summary>
internal enum CellContent : byte
{
    Missing,
    Number,
    Text,
    Boolean,
    Instant,
}
