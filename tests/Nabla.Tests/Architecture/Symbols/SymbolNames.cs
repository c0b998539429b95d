using System.Collections.Immutable;
using System.Reflection.Metadata;
using MetadataTypeName = System.Reflection.Metadata.TypeName;

namespace Nabla.Tests.Architecture.Symbols;

/// <summary>Resolves the handles of one assembly's metadata to symbols.</summary>
internal sealed class SymbolNames
{
    private readonly MetadataReader metadata;
    private readonly string assembly;
    private readonly Dictionary<EntityHandle, ImmutableArray<Symbol>> known = [];

    public SymbolNames(MetadataReader metadata)
    {
        this.metadata = metadata;
        assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        Signatures = new SignatureTypes(this);
    }

    /// <summary>The decoder of signatures that uses these names.</summary>
    public SignatureTypes Signatures { get; }

    /// <summary>A type of this assembly.</summary>
    public Symbol Of(TypeDefinitionHandle handle)
    {
        TypeDefinition[] chain = FromOutermost(handle);
        return new Symbol(assembly, metadata.GetString(chain[0].Namespace), string.Join('.', chain.Select(Name)));
    }

    /// <summary>A type of another assembly.</summary>
    public Symbol Of(TypeReferenceHandle handle)
    {
        TypeReference reference = metadata.GetTypeReference(handle);
        string name = WrittenName.OfType(metadata.GetString(reference.Name));
        switch (reference.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                Symbol outer = Of((TypeReferenceHandle)reference.ResolutionScope);
                return outer with { Type = $"{outer.Type}.{name}" };
            case HandleKind.AssemblyReference:
                AssemblyReference scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
                return new Symbol(metadata.GetString(scope.Name), metadata.GetString(reference.Namespace), name);
            default:
                return new Symbol(assembly, metadata.GetString(reference.Namespace), name);
        }
    }

    /// <summary>A type that an attribute names as text, with its type arguments.</summary>
    public IEnumerable<Symbol> Of(MetadataTypeName name)
    {
        if (name.IsConstructedGenericType)
        {
            return Of(name.GetGenericTypeDefinition()).Concat(name.GetGenericArguments().SelectMany(Of));
        }

        if (!name.IsSimple)
        {
            return Of(name.GetElementType());
        }

        MetadataTypeName outermost = name;
        string type = WrittenName.OfType(name.Name);
        while (outermost.IsNested)
        {
            outermost = outermost.DeclaringType;
            type = $"{WrittenName.OfType(outermost.Name)}.{type}";
        }

        return [new Symbol(name.AssemblyName?.Name ?? assembly, outermost.Namespace, type)];
    }

    /// <summary>The symbols that a token names: first the type or member itself, then its type arguments.</summary>
    public ImmutableArray<Symbol> Of(EntityHandle handle)
    {
        if (!known.TryGetValue(handle, out ImmutableArray<Symbol> symbols))
        {
            symbols = Resolve(handle);
            known.Add(handle, symbols);
        }

        return symbols;
    }

    /// <summary>A member as it stands in the source: a lambda and the state machine of an async method belong to the method around them.</summary>
    public Symbol InSource(TypeDefinitionHandle handle, string member = "")
    {
        TypeDefinition[] chain = FromOutermost(handle);
        IEnumerable<string> written = chain.Select(Name).TakeWhile((name, depth) => depth == 0 || !WrittenName.IsGenerated(name));
        IEnumerable<string> generated = chain.Skip(1).Select(Name).SkipWhile(name => !WrittenName.IsGenerated(name));
        return new Symbol(
            assembly,
            metadata.GetString(chain[0].Namespace),
            string.Join('.', written),
            generated.Append(member).Select(WrittenName.OfMember).FirstOrDefault(name => name.Length > 0, ""));
    }

    /// <summary>The type of an enumeration's values. For an enumeration of another assembly <c>int</c> is assumed.</summary>
    public PrimitiveTypeCode UnderlyingType(Symbol enumeration)
    {
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions.Where(handle => Of(handle) == enumeration))
        {
            FieldDefinitionHandle value = metadata.GetTypeDefinition(handle).GetFields().First();
            BlobReader signature = metadata.GetBlobReader(metadata.GetFieldDefinition(value).Signature);
            signature.ReadSignatureHeader();
            return (PrimitiveTypeCode)signature.ReadByte();
        }

        return PrimitiveTypeCode.Int32;
    }

    private ImmutableArray<Symbol> Resolve(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [Of((TypeDefinitionHandle)handle)];
            case HandleKind.TypeReference:
                return [Of((TypeReferenceHandle)handle)];
            case HandleKind.TypeSpecification:
                return metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Signatures, null);
            case HandleKind.FieldDefinition:
                FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return [Of(field.GetDeclaringType()) with { Member = Member(field.Name) }];
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return [Of(method.GetDeclaringType()) with { Member = Member(method.Name) }];
            case HandleKind.MemberReference:
                MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return Of(member.Parent) is [var declaring, .. var arguments] ? [declaring with { Member = Member(member.Name) }, .. arguments] : [];
            case HandleKind.MethodSpecification:
                MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return [.. Of(specification.Method), .. specification.DecodeSignature(Signatures, null).SelectMany(argument => argument)];
            case HandleKind.StandaloneSignature:
                return [.. SignatureTypes.Flatten(metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(Signatures, null))];
            default:
                throw new NotSupportedException($"{assembly}: a token of kind {handle.Kind} is not decoded.");
        }
    }

    private TypeDefinition[] FromOutermost(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? [.. FromOutermost(outer), type] : [type];
    }

    private string Name(TypeDefinition type) => WrittenName.OfType(metadata.GetString(type.Name));

    private string Member(StringHandle name) => WrittenName.OfMember(metadata.GetString(name));
}
