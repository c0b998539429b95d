using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Schema;
using Nabla.Numerics.Memory;

namespace Nabla;

/// <summary>
/// Samples with their targets: classes, or real values for regression. An immutable view of shared storage: any number
/// of threads may read it at once, as long as nobody changes the arrays it was made from.
/// </summary>
public sealed partial class Dataset
{
    private readonly IInputStorage inputs;
    private readonly int[]? labels;
    private readonly double[]? targets;
    private readonly double[]? weights;
    private readonly int[]? order;
    private readonly int start;

    private Dataset(string name, IInputStorage inputs, int[]? labels, double[]? targets, int targetCount, IReadOnlyList<string> classes, ImageShape? image, int[]? order, int start, int count, TableSchema? columns = null, double[]? weights = null)
    {
        Name = name;
        this.inputs = inputs;
        this.labels = labels;
        this.targets = targets;
        TargetCount = targetCount;
        Classes = classes;
        Image = image;
        this.order = order;
        this.start = start;
        Count = count;
        Columns = columns;
        this.weights = weights;
    }

    /// <summary>The name of the data.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Number of inputs per sample.</summary>
    public int InputCount => inputs.Width;

    /// <summary>The shape of the images, or null where the samples are not images.</summary>
    public ImageShape? Image { get; }

    /// <summary>The names of the classes, or empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// The columns of the table that the data comes from, as learned from the training rows; otherwise null.
    /// </summary>
    public TableSchema? Columns { get; }

    /// <summary>Whether the targets are real values instead of classes.</summary>
    public bool IsRegression => labels is null;

    /// <summary>Whether the samples have weights for training: see <see cref="WithWeights"/>.</summary>
    public bool IsWeighted => weights is not null;

    /// <summary>Number of classes; for regression, number of target values per sample.</summary>
    public int TargetCount { get; }

    /// <summary>A data set of grey images with classes.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="pixels">All images in order; 0 is black, 255 white. Not copied.</param>
    /// <param name="image">The shape of an image.</param>
    /// <param name="labels">The class of each image, 0 to the number of classes − 1. Not copied.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or a label is out of range.</exception>
    public static Dataset FromImages(string name, ReadOnlyMemory<byte> pixels, ImageShape image, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireImage(image);
        return Create(name, new ByteInputs(pixels, image.Pixels), pixels.Length, labels, classes, image);
    }

    /// <summary>A data set of grey images in any storage, with classes.</summary>
    internal static Dataset FromImages(string name, IInputStorage pixels, ImageShape image, int[] labels, IReadOnlyList<string> classes) =>
        Create(name, pixels, (long)pixels.Count * pixels.Width, labels, classes, image);

    /// <summary>The class of a sample.</summary>
    /// <exception cref="InvalidOperationException">The data has real targets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int Label(int sample) => labels is null
        ? throw new InvalidOperationException($"{Name} has real targets, not classes.")
        : labels[Locate(sample)];

    /// <summary>The real targets of a sample, [targets].</summary>
    /// <exception cref="InvalidOperationException">The data has classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<double> Target(int sample) => targets is null
        ? throw new InvalidOperationException($"{Name} has classes, not real targets.")
        : targets.AsSpan(Locate(sample) * TargetCount, TargetCount);

    /// <summary>
    /// The weight of a sample in training, relative to the others. 1 where the samples are not weighted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public double Weight(int sample) => weights is null ? 1 : weights[Locate(sample)];

    /// <summary>
    /// The same samples with weights for training. Only the ratios of the weights matter. Evaluation ignores them.
    /// </summary>
    /// <param name="sampleWeights">[samples], finite, 0 or more, not all 0. Copied.</param>
    /// <exception cref="ArgumentException">
    /// The number of weights is not the number of samples, a weight is negative or not finite, or all are 0.
    /// </exception>
    public Dataset WithWeights(ReadOnlySpan<double> sampleWeights)
    {
        if (sampleWeights.Length != Count)
        {
            throw new ArgumentException($"{Name} has {Count} samples, but there are {sampleWeights.Length} weights.", nameof(sampleWeights));
        }

        double[] all = new double[inputs.Count];
        double sum = 0;
        for (int sample = 0; sample < Count; sample++)
        {
            double weight = sampleWeights[sample];
            all[Locate(sample)] = double.IsFinite(weight) && weight >= 0
                ? weight
                : throw new ArgumentException($"Sample {sample} of {Name} has the weight {weight}: expected a finite number, 0 or more.", nameof(sampleWeights));
            sum += weight;
        }

        if (sum is 0 or double.PositiveInfinity)
        {
            throw new ArgumentException($"The weights of {Name} add up to {sum}: expected a finite sum above 0.", nameof(sampleWeights));
        }

        return new Dataset(Name, inputs, labels, targets, TargetCount, Classes, Image, order, start, Count, Columns, all);
    }

    /// <summary>
    /// The scale of a target: a difference of 1 in <see cref="Target"/> is
    /// this much in the unit of the data. 1 where targets are not scaled.
    /// </summary>
    /// <param name="target">0 to <see cref="TargetCount"/> − 1.</param>
    public double TargetUnit(int target) => Columns?.Targets[target].Scale ?? 1;

    /// <summary>Copies the inputs of a sample.</summary>
    /// <param name="sample">0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination">[inputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyInputs(int sample, Span<float> destination) => CopyInputs<float>(sample, destination);

    /// <inheritdoc cref="CopyInputs(int, Span{float})"/>
    public void CopyInputs(int sample, Span<double> destination) => CopyInputs<double>(sample, destination);

    /// <summary>The first <paramref name="count"/> samples (all, if there are fewer).</summary>
    public Dataset Take(int count) => Slice(0, Math.Min(count, Count));

    /// <summary>Samples <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range goes beyond the data.</exception>
    public Dataset Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Count, nameof(count));
        return View(order, start + first, count);
    }

    /// <summary>The samples with the given indices, in that order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Dataset Select(ReadOnlySpan<int> samples)
    {
        int[] selected = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(samples[i], nameof(samples));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(samples[i], Count, nameof(samples));
            selected[i] = Locate(samples[i]);
        }

        return View(selected, 0, selected.Length);
    }

    /// <summary>A data set of table rows with classes. inputs: [samples, columns.Width]. Nothing is copied.</summary>
    internal static Dataset FromTable(string name, IInputStorage inputs, int[] labels, TableSchema columns) =>
        new(name, inputs, labels, null, columns.Classes.Count, columns.Classes, null, null, 0, labels.Length, columns);

    /// <summary>
    /// A data set of table rows with scaled real targets. inputs: [samples,
    /// columns.Width]; targets: [samples, targets]. Nothing is copied.
    /// </summary>
    internal static Dataset FromTable(string name, IInputStorage inputs, double[] targets, TableSchema columns) =>
        new(name, inputs, null, targets, columns.Targets.Count, [], null, null, 0, targets.Length / columns.Targets.Count, columns);

    /// <summary>Copies the inputs of a sample, rounded to <typeparamref name="T"/>.</summary>
    internal void CopyInputs<T>(int sample, Span<T> destination) where T : unmanaged => CopyInputs(sample, 0, destination[..InputCount]);

    /// <summary>
    /// Copies inputs of a sample, starting at input <paramref name="first"/>, until the destination is full.
    /// <typeparamref name="T"/> is float or double.
    /// </summary>
    internal void CopyInputs<T>(int sample, int first, Span<T> destination) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            inputs.CopyTo(Locate(sample), first, MemoryMarshal.Cast<T, float>(destination));
        }
        else
        {
            inputs.CopyTo(Locate(sample), first, MemoryMarshal.Cast<T, double>(destination));
        }
    }

    /// <summary>Starts to load inputs [first, end) of a sample, and its class, into the cache.</summary>
    internal void PrefetchSample(int sample, int first, int end)
    {
        int index = Locate(sample);
        inputs.PrefetchInputs(index, first, end - first);
        if (labels is not null)
        {
            Prefetch.IntoL2(MemoryMarshal.AsBytes(labels.AsSpan(index, 1)));
        }
    }

    /// <summary>The pixels of a sample, or an empty span where the samples are not stored as bytes.</summary>
    internal ReadOnlySpan<byte> Pixels(int sample) => inputs.Pixels(Locate(sample));

    /// <summary>Whether the samples are stored as bytes.</summary>
    internal bool HoldsPixels => Count > 0 && !Pixels(0).IsEmpty;

    /// <summary>Requires that the file behind the samples, if there is one, still has all of them.</summary>
    /// <exception cref="InvalidDataException">The file was shortened.</exception>
    internal void RequireWhole() => inputs.RequireWhole();

    private static Dataset Create(string name, IInputStorage inputs, long length, int[] labels, IReadOnlyList<string> classes, ImageShape? image)
    {
        if (length != (long)labels.Length * inputs.Width)
        {
            throw new ArgumentException($"{labels.Length} samples of {inputs.Width} inputs need {(long)labels.Length * inputs.Width} values, not {length}.");
        }

        int wrong = Array.FindIndex(labels, label => (uint)label >= (uint)classes.Count);
        return wrong < 0
            ? new Dataset(name, inputs, labels, null, classes.Count, classes, image, null, 0, labels.Length)
            : throw new ArgumentException($"Sample {wrong} has label {labels[wrong]}, but there are {classes.Count} classes (0 to {classes.Count - 1}).", nameof(labels));
    }

    private static void RequireImage(ImageShape image)
    {
        if (image.Rows < 1 || image.Columns < 1 || (long)image.Rows * image.Columns > Array.MaxLength)
        {
            throw new ArgumentException($"An image has 1 to {Array.MaxLength} pixels, not {image}.", nameof(image));
        }
    }

    /// <summary>
    /// The index of a sample in the storage. Without the check, an index beyond the view would read a sample of another
    /// view, perhaps of the test set.
    /// </summary>
    private int Locate(int sample)
    {
        if ((uint)sample >= (uint)Count)
        {
            ThrowNoSuchSample(sample);
        }

        return order is null ? start + sample : order[start + sample];
    }

    [DoesNotReturn]
    private void ThrowNoSuchSample(int sample) =>
        throw new ArgumentOutOfRangeException(nameof(sample), sample, $"{Name} has the samples 0 to {Count - 1}.");

    private Dataset View(int[]? newOrder, int newStart, int count) =>
        new(Name, inputs, labels, targets, TargetCount, Classes, Image, newOrder, newStart, count, Columns, weights);
}
