using System.Collections.Immutable;

namespace Nabla.Tests.Architecture.Symbols;

/// <summary>A type, or a member of a type, as compiled code names it.</summary>
/// <param name="Assembly">Simple name of the assembly that defines it, or that the reference names.</param>
/// <param name="Namespace">Namespace of the outermost type.</param>
/// <param name="Type">The type without its namespace and arity: <c>Outer.Inner</c> for a nested type.</param>
/// <param name="Member">The member, or nothing for the type itself. A property has its own name, not the name of an accessor.</param>
internal readonly record struct Symbol(string Assembly, string Namespace, string Type, string Member = "")
{
    /// <summary>Stands for every pointer and function pointer.</summary>
    public static readonly Symbol Pointer = new("", "", "a pointer");

    /// <summary>
    /// The namespace, by folder: a type of daily use has the namespace Nabla, but belongs to the folder of its file.
    /// </summary>
    public string Place => Namespace == "Nabla" && Sources.PlaceOf(Type.Split('.')[0]) is { } place ? place : Namespace;

    /// <summary>Namespace and type.</summary>
    public string FullType => Namespace.Length == 0 ? Type : $"{Namespace}.{Type}";

    public override string ToString() => Member.Length == 0 ? FullType : $"{FullType}.{Member}";
}

/// <summary>One use: a member as it stands in the source, and a symbol that its compiled code names.</summary>
internal readonly record struct Use(Symbol User, Symbol Used)
{
    public override string ToString() => $"{User} uses {Used}";
}

/// <summary>A static field that is not a constant.</summary>
/// <param name="Field">The field, or the property whose value it holds.</param>
/// <param name="IsReadOnly">Whether only the type's initializer assigns it.</param>
/// <param name="Types">The types that its signature names; the outer one is first.</param>
internal readonly record struct StaticField(Symbol Field, bool IsReadOnly, ImmutableArray<Symbol> Types);
