using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nabla.Tests.Architecture;

/// <summary>Types as C# writes them, with the question marks of nullable references.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), parameter.GetCustomAttribute<TupleElementNamesAttribute>());

    public static string Of(PropertyInfo property) => Of(property.PropertyType, new NullabilityInfoContext().Create(property), property.GetCustomAttribute<TupleElementNamesAttribute>());

    public static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Of(EventInfo theEvent) => Of(theEvent.EventHandlerType!, null);

    public static string Of(Type type) => Of(type, null);

    /// <summary>Type arguments in angle brackets, or nothing where there are none.</summary>
    public static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";

    private static string Of(Type type, NullabilityInfo? nullability, TupleElementNamesAttribute? elements = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value, null) + "?";
        }

        string mark = !type.IsValueType && Annotated(nullability) ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword + mark;
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!, null)}.{type.Name}" : type.Name;
        if (!type.IsGenericType)
        {
            return name + mark;
        }

        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] marks = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> names = arguments.Select((argument, i) => Of(argument, i < marks.Length ? marks[i] : null));
        if (name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            return $"({string.Join(", ", elements is null ? names : names.Zip(elements.TransformNames, (element, label) => $"{element} {label}"))})";
        }

        return $"{name.Split('`')[0]}<{string.Join(", ", names)}>{mark}";
    }

    private static bool Annotated(NullabilityInfo? nullability) =>
        (nullability?.ReadState is NullabilityState.Unknown or null ? nullability?.WriteState : nullability.ReadState) == NullabilityState.Nullable;
}
