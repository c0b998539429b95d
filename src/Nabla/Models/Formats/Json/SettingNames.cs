using System.Diagnostics.CodeAnalysis;

namespace Nabla.Models.Formats.Json;

/// <summary>The names of settings in files and on the command line: <c>one-hot</c>, <c>min-max</c>, <c>early-stop</c>.</summary>
/// <remarks>A table instead of reflection: asking for the member names of an enumeration takes longer than a small prediction.</remarks>
internal static class SettingNames
{
    /// <summary>The names of each enumeration, in the order of its values 0, 1, 2 …</summary>
    private static readonly Dictionary<Type, string[]> Names = new()
    {
        [typeof(Precision)] = ["single", "double"],
        [typeof(EarlyStoppingRule)] = ["best", "average"],
        [typeof(EarlyStoppingMetric)] = ["accuracy", "cost"],
        [typeof(KeepRule)] = ["auto", "best", "last"],
        [typeof(TargetCoding)] = ["one-hot", "binary"],
        [typeof(ClassWeighting)] = ["none", "balanced"],
        [typeof(StopReason)] = ["epochs", "early-stop", "schedule", "interrupt", "diverged"],
        [typeof(DivergenceResponse)] = ["stop", "recover"],
        [typeof(ColumnKind)] = ["numeric", "categorical", "boolean", "date"],
        [typeof(ColumnScaling)] = ["standard", "robust", "min-max", "none"],
        [typeof(TableTask)] = ["auto", "classify", "regress"],
    };

    /// <summary>All names of an enumeration, in the order of its values.</summary>
    /// <exception cref="ArgumentException">The enumeration is not a Nabla setting.</exception>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Table<T>();

    /// <summary>The name of a value.</summary>
    /// <exception cref="ArgumentException">The value is not in its enumeration, or the enumeration is not a Nabla setting.</exception>
    public static string Of<T>(T value) where T : struct, Enum
    {
        string[] names = Table<T>();
        // A boxed enumeration unboxes as its integer.
        int index = (int)(object)value;
        return (uint)index < (uint)names.Length ? names[index] : throw new ArgumentException($"{index} is not a value of {typeof(T).Name}.", nameof(value));
    }

    /// <summary>The value of a name.</summary>
    /// <returns>Whether there is such a name.</returns>
    /// <exception cref="ArgumentException">The enumeration is not a Nabla setting.</exception>
    public static bool TryParse<T>([NotNullWhen(true)] string? name, out T value) where T : struct, Enum
    {
        int index = Array.IndexOf(Table<T>(), name);
        value = index >= 0 ? (T)(object)index : default;
        return index >= 0;
    }

    private static string[] Table<T>() => Names.TryGetValue(typeof(T), out string[]? names)
        ? names
        : throw new ArgumentException($"{typeof(T).Name} is not a Nabla setting.");
}
