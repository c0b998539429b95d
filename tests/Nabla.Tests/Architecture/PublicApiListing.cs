using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nabla.Tests.Architecture;

/// <summary>The public surface of an assembly as text: a line a type, a line a member, sorted, so that a change is a readable diff.</summary>
/// <remarks>What the compiler adds to every record (equality, ToString, Deconstruct, copying) follows from the record's own line and is left out.</remarks>
internal static class PublicApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] OfEveryRecord = ["Equals", "GetHashCode", "ToString", "Deconstruct", "PrintMembers", "<Clone>$", "op_Equality", "op_Inequality", "EqualityContract"];

    /// <summary>All lines: types by full name, below each its members by name, indented.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type => Members(type).Prepend(Head(type)))];

    private static string Head(Type type)
    {
        bool record = IsRecord(type);
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (record ? "record struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (record ? "record" : "class"),
        };
        IEnumerable<Type> bases = type.IsEnum ? [] : type.GetInterfaces().Where(face => face.IsPublic && face.Name != "IEquatable`1").OrderBy(face => face.Name, StringComparer.Ordinal);
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && !typeof(Delegate).IsAssignableFrom(type))
        {
            bases = bases.Prepend(parent);
        }

        string list = string.Join(", ", bases.Select(TypeName.Of));
        return $"{kind} {type.Namespace}.{TypeName.Of(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (field.Name, Value: Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)))
                .OrderBy(field => field.Value)
                .Select(field => $"    {field.Name} = {field.Value}");
        }

        bool record = IsRecord(type);
        return type.GetMembers(Declared)
            .Where(member => !(record && OfEveryRecord.Contains(member.Name)))
            .Select(member => (member.Name, Line: Describe(member)))
            .Where(member => member.Line is not null)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Line, StringComparer.Ordinal)
            .Select(member => "    " + member.Line);
    }

    /// <summary>The member's line, or null where it cannot be seen from outside or is part of another one.</summary>
    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) && !IsCopyConstructor(constructor) => $"{Modifiers(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !(method.IsSpecialName && IsAccessor(method)) =>
            $"{Modifiers(method)}{TypeName.Of(method.ReturnParameter)} {method.Name}{TypeName.Arguments(method.GetGenericArguments())}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => Property(property),
        FieldInfo { IsPublic: true } field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{TypeName.Of(field)} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "")}",
        EventInfo { AddMethod: { } add } theEvent when IsVisible(add) => $"event {TypeName.Of(theEvent)} {theEvent.Name}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(nonPublic: true).First(IsVisible);
        string get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsVisible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : property.Name;
        return $"{Modifiers(first)}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}{TypeName.Of(property)} {name} {{ {get}{set}}}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{way}{TypeName.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "")}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "") + (method.IsStatic ? "static " : method.IsAbstract && method.DeclaringType is { IsInterface: false } ? "abstract " : "");

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && method.DeclaringType is { IsSealed: false });

    private static bool IsAccessor(MethodInfo method) => !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsCopyConstructor(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType && IsRecord(constructor.DeclaringType);
}
