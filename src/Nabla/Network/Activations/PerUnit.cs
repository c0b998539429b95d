using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>An activation for each unit, for layers that mix them (theory T06).</summary>
public sealed record PerUnit : Activation
{
    /// <summary>An activation for each unit.</summary>
    /// <param name="units">One activation a unit, each a function of single units.</param>
    /// <exception cref="ArgumentException">There is none, or one is a function of a whole layer.</exception>
    public PerUnit(IReadOnlyList<Activation> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Count == 0 || units.Any(unit => unit is PerUnit || !unit.CreateFunction<double>().IsElementwise))
        {
            throw new ArgumentException("A layer that mixes activations needs one for each unit, and softmax is a function of the whole layer.", nameof(units));
        }

        Units = units;
    }

    /// <summary>The row of this activation. It is in no registry: texts cannot spell it.</summary>
    public static Choice<Activation> Choice { get; } = new("per-unit", "an activation for each unit", _ => throw new ArgumentException("per-unit: the activations of single units have no text. Build the layer in C#."));

    /// <summary>One activation a unit.</summary>
    public IReadOnlyList<Activation> Units { get; }

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override ActivationPlace Place => Units.Aggregate(ActivationPlace.Anywhere, (place, unit) => place & unit.Place);

    /// <inheritdoc/>
    public override IReadOnlyList<double> Kinks => [.. Units.SelectMany(unit => unit.Kinks).Distinct()];

    /// <inheritdoc/>
    public override int? UnitCount => Units.Count;

    /// <summary>Neighbouring units that share an activation.</summary>
    internal IReadOnlyList<(int Start, int Count, Activation Activation)> Runs
    {
        get
        {
            var runs = new List<(int Start, int Count, Activation Activation)>();
            for (int unit = 0; unit < Units.Count; unit++)
            {
                if (runs.Count > 0 && runs[^1].Activation == Units[unit])
                {
                    runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
                }
                else
                {
                    runs.Add((unit, 1, Units[unit]));
                }
            }

            return runs;
        }
    }

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => new PerUnitFunction<T>(Runs);

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => new UnitRuns(z, [.. Runs.Select(run => (run.Count, run.Activation.Describe(new Variable())))]);

    /// <inheritdoc/>
    public bool Equals(PerUnit? other) => other is not null && Units.SequenceEqual(other.Units);

    /// <inheritdoc/>
    public override int GetHashCode() => Units.Aggregate(0, (hash, unit) => HashCode.Combine(hash, unit));
}

/// <summary>Run by run within each row.</summary>
internal sealed class PerUnitFunction<T>(IReadOnlyList<(int Start, int Count, Activation Activation)> runs) : ActivationFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int Start, int End, ActivationFunction<T> Function)[] runs = [.. runs.Select(run => (run.Start, run.Start + run.Count, run.Activation.CreateFunction<T>()))];

    public override void Apply(Span<T> z, int unit, int units)
    {
        for (int start = 0; start < z.Length; start += units - unit, unit = 0)
        {
            Span<T> row = z.Slice(start, Math.Min(units - unit, z.Length - start));
            foreach ((int first, int end, ActivationFunction<T> function) in runs)
            {
                (int from, int to) = (Math.Max(0, first - unit), Math.Min(row.Length, end - unit));
                if (from < to)
                {
                    function.Apply(row[from..to], unit + from, units);
                }
            }
        }
    }

    public override void ApplyWithDerivative(Span<T> z, Span<T> derivative, int unit, int units)
    {
        for (int start = 0; start < z.Length; start += units - unit, unit = 0)
        {
            int length = Math.Min(units - unit, z.Length - start);
            Span<T> row = z.Slice(start, length), slopes = derivative.Slice(start, length);
            foreach ((int first, int end, ActivationFunction<T> function) in runs)
            {
                (int from, int to) = (Math.Max(0, first - unit), Math.Min(length, end - unit));
                if (from < to)
                {
                    function.ApplyWithDerivative(row[from..to], slopes[from..to], unit + from, units);
                }
            }
        }
    }
}
