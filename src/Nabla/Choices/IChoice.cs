namespace Nabla.Choices;

/// <summary>A value that a registry knows by name: an activation, a cost, a layer, an update rule, with its parameters.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public interface IChoice<T> where T : class, IChoice<T>
{
    /// <summary>The row of the registry that makes such values.</summary>
    Choice<T> Row { get; }

    /// <summary>The values of the row's parameters, in the order of the row.</summary>
    IReadOnlyList<double> Values { get; }
}
