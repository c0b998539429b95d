using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Schema;
using Nabla.Numerics.Memory;

namespace Nabla.Data;

/// <summary>Samples with their targets: classes, or real values for regression. A view of shared storage; it does not change.</summary>
public sealed class Dataset
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

    /// <summary>What the data is called.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Inputs of a sample.</summary>
    public int InputCount => inputs.Width;

    /// <summary>The shape of the images, or null where the samples are not images.</summary>
    public ImageShape? Image { get; }

    /// <summary>The names of the classes, or empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What was learned of the columns, where the data comes from a table; otherwise null.</summary>
    public TableSchema? Columns { get; }

    /// <summary>Whether the targets are real values and not classes.</summary>
    public bool IsRegression => labels is null;

    /// <summary>Whether the samples count differently in a training: see <see cref="WithWeights"/>.</summary>
    public bool IsWeighted => weights is not null;

    /// <summary>Number of classes, or of target values a sample for regression.</summary>
    public int TargetCount { get; }

    /// <summary>Grey images with a class each.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="pixels">All images, one after the other; 0 is black, 255 white. Not copied.</param>
    /// <param name="image">The shape of an image.</param>
    /// <param name="labels">The class of each image, 0 to classes − 1. Not copied.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    public static Dataset FromImages(string name, ReadOnlyMemory<byte> pixels, ImageShape image, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireImage(image);
        return Create(name, new ByteInputs(pixels, image.Pixels), pixels.Length, labels, classes, image);
    }

    /// <summary>Grey images that are stored somewhere, with a class each.</summary>
    internal static Dataset FromImages(string name, IInputStorage pixels, ImageShape image, int[] labels, IReadOnlyList<string> classes) =>
        Create(name, pixels, (long)pixels.Count * pixels.Width, labels, classes, image);

    /// <summary>Rows of real numbers with a class each.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="values">All rows, one after the other, [samples, inputs]. Not copied.</param>
    /// <param name="inputCount">Inputs of a row.</param>
    /// <param name="labels">The class of each row. Not copied.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, a label is out of range, or a value is not finite.</exception>
    public static Dataset FromRows(string name, ReadOnlyMemory<double> values, int inputCount, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireRows(values, inputCount);
        return Create(name, new RealInputs(values, inputCount), values.Length, labels, classes, null);
    }

    /// <summary>Rows of real numbers with real targets.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="values">All rows, [samples, inputs]. Not copied.</param>
    /// <param name="inputCount">Inputs of a row.</param>
    /// <param name="targets">All targets, [samples, targets]. Not copied.</param>
    /// <param name="targetCount">Targets of a row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a value is not finite.</exception>
    public static Dataset FromRows(string name, ReadOnlyMemory<double> values, int inputCount, double[] targets, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireRows(values, inputCount);
        int count = values.Length / inputCount;
        if (targetCount < 1 || targets.Length != (long)count * targetCount)
        {
            throw new ArgumentException($"{count} samples of {targetCount} targets need {(long)count * targetCount} values, not {targets.Length}.", nameof(targets));
        }

        RequireFinite(targets, targetCount, "target");
        return new Dataset(name, new RealInputs(values, inputCount), null, targets, targetCount, [], null, null, 0, count);
    }

    /// <summary>The class of a sample.</summary>
    /// <exception cref="InvalidOperationException">The data is for regression.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int Label(int sample) => labels is null
        ? throw new InvalidOperationException($"{Name} has real targets, no classes.")
        : labels[Locate(sample)];

    /// <summary>The real targets of a sample, [targets].</summary>
    /// <exception cref="InvalidOperationException">The data has classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<double> Target(int sample) => targets is null
        ? throw new InvalidOperationException($"{Name} has classes, no real targets.")
        : targets.AsSpan(Locate(sample) * TargetCount, TargetCount);

    /// <summary>How much a sample counts in a training, against the others. 1 where the samples are not weighted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public double Weight(int sample) => weights is null ? 1 : weights[Locate(sample)];

    /// <summary>The same samples, each with a weight: how much it counts in a training. Only the weights' ratios matter; measurements do not look at them.</summary>
    /// <param name="sampleWeights">[samples], finite, 0 or more, not all 0. Copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer than samples, or one makes no sense.</exception>
    public Dataset WithWeights(ReadOnlySpan<double> sampleWeights)
    {
        if (sampleWeights.Length != Count)
        {
            throw new ArgumentException($"{Name} has {Count} samples, not {sampleWeights.Length}.", nameof(sampleWeights));
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

    /// <summary>The unit of a target: an error of 1 in <see cref="Target"/> is this much in the unit of the data. 1 where targets are not scaled.</summary>
    /// <param name="target">0 to <see cref="TargetCount"/> − 1.</param>
    public double TargetUnit(int target) => Columns?.Targets[target].Scale ?? 1;

    /// <summary>Writes the inputs of a sample.</summary>
    /// <param name="sample">0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination">[inputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyInputs(int sample, Span<float> destination) => CopyInputs<float>(sample, destination);

    /// <inheritdoc cref="CopyInputs(int, Span{float})"/>
    public void CopyInputs(int sample, Span<double> destination) => CopyInputs<double>(sample, destination);

    /// <summary>The first <paramref name="count"/> samples (all, if there are fewer).</summary>
    public Dataset Take(int count) => Slice(0, Math.Min(count, Count));

    /// <summary>Samples <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the data.</exception>
    public Dataset Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Count, nameof(count));
        return With(order, start + first, count);
    }

    /// <summary>The samples of the given indices, in that order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index leaves the data.</exception>
    public Dataset Select(ReadOnlySpan<int> samples)
    {
        int[] selected = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(samples[i], nameof(samples));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(samples[i], Count, nameof(samples));
            selected[i] = Locate(samples[i]);
        }

        return With(selected, 0, selected.Length);
    }

    /// <summary>Rows of a table with a class each. inputs: [samples, columns.Width]; nothing is copied.</summary>
    internal static Dataset FromTable(string name, IInputStorage inputs, int[] labels, TableSchema columns) =>
        new(name, inputs, labels, null, columns.Classes.Count, columns.Classes, null, null, 0, labels.Length, columns);

    /// <summary>Rows of a table with real targets, scaled. inputs: [samples, columns.Width]; targets: [samples, targets]; nothing is copied.</summary>
    internal static Dataset FromTable(string name, IInputStorage inputs, double[] targets, TableSchema columns) =>
        new(name, inputs, null, targets, columns.Targets.Count, [], null, null, 0, targets.Length / columns.Targets.Count, columns);

    /// <summary>The inputs of a sample, rounded to <typeparamref name="T"/>.</summary>
    internal void CopyInputs<T>(int sample, Span<T> destination) where T : unmanaged => CopyInputs(sample, 0, destination[..InputCount]);

    /// <summary>Some inputs of a sample, from <paramref name="first"/> on as many as the destination holds; float or double.</summary>
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

    /// <summary>Inputs [first, end) of a sample and its class will be read soon: starts to fetch them.</summary>
    internal void PrefetchSample(int sample, int first, int end)
    {
        int place = Locate(sample);
        inputs.PrefetchSample(place, first, end - first);
        if (labels is not null)
        {
            Prefetch.IntoL2(MemoryMarshal.AsBytes(labels.AsSpan(place, 1)));
        }
    }

    /// <summary>The pixels of a sample, or an empty span where the samples are not stored as bytes.</summary>
    internal ReadOnlySpan<byte> Pixels(int sample) => inputs.Pixels(Locate(sample));

    /// <summary>Whether the samples are stored as bytes.</summary>
    internal bool HoldsPixels => Count > 0 && !Pixels(0).IsEmpty;

    /// <summary>Samples will be read: a file that holds them still has all of them.</summary>
    /// <exception cref="InvalidDataException">It was shortened.</exception>
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
            throw new ArgumentException($"An image needs from one pixel to {Array.MaxLength}, not {image}.", nameof(image));
        }
    }

    private static void RequireRows(ReadOnlyMemory<double> values, int inputCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        if (values.Length % inputCount != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {inputCount}.", nameof(values));
        }

        RequireFinite(values.Span, inputCount, "input");
    }

    private static void RequireFinite(ReadOnlySpan<double> values, int width, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Sample {i / width} has {values[i]} as {what} {i % width}: expected a finite number.");
            }
        }
    }

    /// <summary>Where a sample of this view lies in the storage. Without the check an index beyond the view would read a neighbour's sample, of the test set perhaps.</summary>
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

    private Dataset With(int[]? newOrder, int newStart, int count) =>
        new(Name, inputs, labels, targets, TargetCount, Classes, Image, newOrder, newStart, count, Columns, weights);
}
