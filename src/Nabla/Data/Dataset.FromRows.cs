using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Data.Storage;

namespace Nabla;

/// <content>Data sets of rows of numbers. Arrays and memory are kept as they are, and spans are copied.</content>
public sealed partial class Dataset
{
    /// <summary>A data set of rows of real numbers with classes.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="values">All rows, [samples, inputs]. Not copied.</param>
    /// <param name="inputCount">Number of inputs per row.</param>
    /// <param name="labels">The class of each row. Not copied.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a label is out of range, or a value is not finite.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public static Dataset FromRows(string name, ReadOnlyMemory<double> values, int inputCount, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireRows(values.Span, inputCount);
        return Create(name, new RealInputs(values, inputCount), values.Length, labels, classes, null);
    }

    /// <summary>A data set of rows of real numbers in single precision with classes.</summary>
    /// <inheritdoc cref="FromRows(string, ReadOnlyMemory{double}, int, int[], IReadOnlyList{string})"/>
    [OverloadResolutionPriority(1)]
    public static Dataset FromRows(string name, ReadOnlyMemory<float> values, int inputCount, int[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireRows(values.Span, inputCount);
        return Create(name, new SingleInputs(values, inputCount), values.Length, labels, classes, null);
    }

    /// <inheritdoc cref="FromRows(string, ReadOnlyMemory{double}, int, int[], IReadOnlyList{string})"/>
    /// <param name="name">The name of the data.</param>
    /// <param name="values">All rows, [samples, inputs]. Copied.</param>
    /// <param name="inputCount">Number of inputs per row.</param>
    /// <param name="labels">The class of each row. Copied.</param>
    /// <param name="classes">The names of the classes.</param>
    public static Dataset FromRows(string name, ReadOnlySpan<double> values, int inputCount, ReadOnlySpan<int> labels, IReadOnlyList<string> classes) =>
        FromRows(name, values.ToArray().AsMemory(), inputCount, labels.ToArray(), classes);

    /// <inheritdoc cref="FromRows(string, ReadOnlySpan{double}, int, ReadOnlySpan{int}, IReadOnlyList{string})"/>
    public static Dataset FromRows(string name, ReadOnlySpan<float> values, int inputCount, ReadOnlySpan<int> labels, IReadOnlyList<string> classes) =>
        FromRows(name, values.ToArray().AsMemory(), inputCount, labels.ToArray(), classes);

    /// <summary>A data set of rows of real numbers with real targets.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="values">All rows, [samples, inputs]. Not copied.</param>
    /// <param name="inputCount">Number of inputs per row.</param>
    /// <param name="targets">All targets, [samples, targets]. Doubles are not copied; a <see cref="float"/> is widened.</param>
    /// <param name="targetCount">Number of targets per row.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or a value is not finite.</exception>
    [OverloadResolutionPriority(1)]
    public static Dataset FromRows(string name, ReadOnlyMemory<double> values, int inputCount, double[] targets, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireRows(values.Span, inputCount);
        return OfTargets(name, new RealInputs(values, inputCount), targets, targetCount);
    }

    /// <summary>A data set of rows of real numbers in single precision with real targets.</summary>
    /// <inheritdoc cref="FromRows(string, ReadOnlyMemory{double}, int, double[], int)"/>
    [OverloadResolutionPriority(1)]
    public static Dataset FromRows(string name, ReadOnlyMemory<float> values, int inputCount, float[] targets, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireRows(values.Span, inputCount);
        return OfTargets(name, new SingleInputs(values, inputCount), [.. targets], targetCount);
    }

    /// <inheritdoc cref="FromRows(string, ReadOnlyMemory{double}, int, double[], int)"/>
    /// <param name="name">The name of the data.</param>
    /// <param name="values">All rows, [samples, inputs]. Copied.</param>
    /// <param name="inputCount">Number of inputs per row.</param>
    /// <param name="targets">All targets, [samples, targets]. Copied.</param>
    /// <param name="targetCount">Number of targets per row.</param>
    public static Dataset FromRows(string name, ReadOnlySpan<double> values, int inputCount, ReadOnlySpan<double> targets, int targetCount) =>
        FromRows(name, values.ToArray().AsMemory(), inputCount, targets.ToArray(), targetCount);

    /// <inheritdoc cref="FromRows(string, ReadOnlySpan{double}, int, ReadOnlySpan{double}, int)"/>
    public static Dataset FromRows(string name, ReadOnlySpan<float> values, int inputCount, ReadOnlySpan<float> targets, int targetCount) =>
        FromRows(name, values.ToArray().AsMemory(), inputCount, targets.ToArray(), targetCount);

    private static Dataset OfTargets(string name, IInputStorage inputs, double[] targets, int targetCount)
    {
        int count = inputs.Count;
        if (targetCount < 1 || targets.Length != (long)count * targetCount)
        {
            throw new ArgumentException($"{count} samples of {targetCount} targets need {(long)count * targetCount} values, not {targets.Length}.", nameof(targets));
        }

        RequireFinite<double>(targets, targetCount, "target");
        return new Dataset(name, inputs, null, targets, targetCount, [], null, null, 0, count);
    }

    private static void RequireRows<T>(ReadOnlySpan<T> values, int inputCount) where T : IFloatingPoint<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        if (values.Length % inputCount != 0)
        {
            throw new ArgumentException($"{values.Length} values are not a whole number of rows of {inputCount}.", nameof(values));
        }

        RequireFinite(values, inputCount, "input");
    }

    private static void RequireFinite<T>(ReadOnlySpan<T> values, int width, string kind) where T : IFloatingPoint<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                throw new ArgumentException($"Sample {i / width} has {values[i]} as {kind} {i % width}: expected a finite number.");
            }
        }
    }
}
