using System.Collections.Immutable;
using System.Reflection.Metadata;
using MetadataTypeName = System.Reflection.Metadata.TypeName;

namespace Nabla.Tests.Architecture.Symbols;

/// <summary>Decodes a signature to the types that it names, in order: <c>Dictionary&lt;string, Cell[]&gt;</c> gives Dictionary and Cell.</summary>
/// <remarks>Primitive types and type parameters give nothing. A pointer adds <see cref="Symbol.Pointer"/>.</remarks>
internal sealed class SignatureTypes(SymbolNames names)
    : ISignatureTypeProvider<ImmutableArray<Symbol>, object?>, ICustomAttributeTypeProvider<ImmutableArray<Symbol>>
{
    public ImmutableArray<Symbol> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<Symbol> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public ImmutableArray<Symbol> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [names.Of(handle)];

    public ImmutableArray<Symbol> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<Symbol> GetGenericInstantiation(ImmutableArray<Symbol> genericType, ImmutableArray<ImmutableArray<Symbol>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(argument => argument)];

    public ImmutableArray<Symbol> GetModifiedType(ImmutableArray<Symbol> modifier, ImmutableArray<Symbol> unmodifiedType, bool isRequired) =>
        [.. unmodifiedType, .. modifier];

    public ImmutableArray<Symbol> GetFunctionPointerType(MethodSignature<ImmutableArray<Symbol>> signature) => [.. Flatten(signature), Symbol.Pointer];

    public ImmutableArray<Symbol> GetPointerType(ImmutableArray<Symbol> elementType) => [.. elementType, Symbol.Pointer];

    public ImmutableArray<Symbol> GetArrayType(ImmutableArray<Symbol> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<Symbol> GetSZArrayType(ImmutableArray<Symbol> elementType) => elementType;

    public ImmutableArray<Symbol> GetByReferenceType(ImmutableArray<Symbol> elementType) => elementType;

    public ImmutableArray<Symbol> GetPinnedType(ImmutableArray<Symbol> elementType) => elementType;

    public ImmutableArray<Symbol> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<Symbol> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<Symbol> GetSystemType() => [new("System.Runtime", "System", "Type")];

    public bool IsSystemType(ImmutableArray<Symbol> type) => type is [{ Namespace: "System", Type: "Type" }];

    public PrimitiveTypeCode GetUnderlyingEnumType(ImmutableArray<Symbol> type) => names.UnderlyingType(type[0]);

    /// <summary>A <c>typeof</c> in an attribute is a string in the metadata.</summary>
    public ImmutableArray<Symbol> GetTypeFromSerializedName(string name) => [.. names.Of(MetadataTypeName.Parse(name))];

    /// <summary>The types of a method's return value and parameters.</summary>
    public static IEnumerable<Symbol> Flatten(MethodSignature<ImmutableArray<Symbol>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(type => type));

    /// <summary>The types of an attribute's arguments, and the types that they name with <c>typeof</c>.</summary>
    public static IEnumerable<Symbol> Flatten(CustomAttributeValue<ImmutableArray<Symbol>> value) =>
        value.FixedArguments.SelectMany(argument => argument.Type.Concat(Named(argument.Value)))
            .Concat(value.NamedArguments.SelectMany(argument => argument.Type.Concat(Named(argument.Value))));

    private static IEnumerable<Symbol> Named(object? value) => value switch
    {
        ImmutableArray<Symbol> type => type,
        ImmutableArray<CustomAttributeTypedArgument<ImmutableArray<Symbol>>> elements => elements.SelectMany(element => Named(element.Value)),
        _ => [],
    };
}
