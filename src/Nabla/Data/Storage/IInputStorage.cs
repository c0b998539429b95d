namespace Nabla.Data.Storage;

/// <summary>The inputs of all samples of a data set, shared by all its views.</summary>
internal interface IInputStorage
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Number of inputs per sample.</summary>
    int Width { get; }

    /// <summary>
    /// Copies inputs of a sample, starting at input <paramref name="first"/>, until the destination is full.
    /// </summary>
    void CopyTo(int sample, int first, Span<float> destination);

    /// <inheritdoc cref="CopyTo(int, int, Span{float})"/>
    void CopyTo(int sample, int first, Span<double> destination);

    /// <summary>Starts to load inputs of a sample into the cache.</summary>
    void PrefetchInputs(int sample, int first, int count);

    /// <summary>The inputs of a sample where they are stored as bytes; otherwise empty.</summary>
    ReadOnlySpan<byte> Pixels(int sample) => default;

    /// <summary>Requires that the file behind the storage, if there is one, still has all samples.</summary>
    /// <exception cref="InvalidDataException">The file was shortened.</exception>
    void RequireWhole()
    {
    }
}
