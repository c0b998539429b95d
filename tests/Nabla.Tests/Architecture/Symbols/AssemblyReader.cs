using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nabla.Tests.Architecture.Symbols;

/// <summary>Walks through every type of an assembly and lists the symbols that it uses.</summary>
internal sealed class AssemblyReader
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly SymbolNames names;
    private readonly HashSet<Use> uses = [];

    private AssemblyReader(PEReader file)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
        names = new SymbolNames(metadata);
    }

    public static CompiledAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = new AssemblyReader(file);
        foreach (TypeDefinitionHandle type in reader.metadata.TypeDefinitions)
        {
            reader.ReadType(type);
        }

        return new CompiledAssembly(
            reader.metadata.GetString(reader.metadata.GetAssemblyDefinition().Name),
            [.. reader.metadata.TypeDefinitions.Where(type => reader.metadata.GetTypeDefinition(type).GetDeclaringType().IsNil).Select(reader.names.Of)],
            [.. reader.uses],
            [.. reader.metadata.TypeDefinitions.SelectMany(reader.StaticFields)]);
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        Symbol user = names.InSource(handle);
        if (!type.BaseType.IsNil)
        {
            Add(user, names.Of(type.BaseType));
        }

        foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
        {
            Add(user, names.Of(metadata.GetInterfaceImplementation(implementation).Interface));
        }

        ReadGenericParameters(user, type.GetGenericParameters());
        ReadAttributes(user, type.GetCustomAttributes());
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            Symbol member = names.InSource(handle, metadata.GetString(field.Name));
            Add(member, field.DecodeSignature(names.Signatures, null));
            ReadAttributes(member, field.GetCustomAttributes());
        }

        // The accessors, which are methods, name the types of properties and events.
        foreach (PropertyDefinition property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            ReadAttributes(names.InSource(handle, metadata.GetString(property.Name)), property.GetCustomAttributes());
        }

        foreach (EventDefinition theEvent in type.GetEvents().Select(metadata.GetEventDefinition))
        {
            ReadAttributes(names.InSource(handle, metadata.GetString(theEvent.Name)), theEvent.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            ReadMethod(names.InSource(handle, metadata.GetString(method.Name)), method);
        }
    }

    private void ReadMethod(Symbol user, MethodDefinition method)
    {
        Add(user, SignatureTypes.Flatten(method.DecodeSignature(names.Signatures, null)));
        ReadGenericParameters(user, method.GetGenericParameters());
        ReadAttributes(user, method.GetCustomAttributes());
        foreach (ParameterHandle parameter in method.GetParameters())
        {
            ReadAttributes(user, metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            Add(user, metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names.Signatures, null).SelectMany(local => local));
        }

        foreach (ExceptionRegion region in body.ExceptionRegions.Where(region => !region.CatchType.IsNil))
        {
            Add(user, names.Of(region.CatchType));
        }

        foreach (EntityHandle token in Instructions.Tokens(body.GetILReader()))
        {
            Add(user, names.Of(token));
        }
    }

    private void ReadGenericParameters(Symbol user, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(metadata.GetGenericParameter))
        {
            ReadAttributes(user, parameter.GetCustomAttributes());
            foreach (GenericParameterConstraintHandle constraint in parameter.GetConstraints())
            {
                Add(user, names.Of(metadata.GetGenericParameterConstraint(constraint).Type));
            }
        }
    }

    private void ReadAttributes(Symbol user, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Add(user, names.Of(attribute.Constructor));
            Add(user, SignatureTypes.Flatten(attribute.DecodeValue(names.Signatures)));
        }
    }

    private void Add(Symbol user, IEnumerable<Symbol> used)
    {
        foreach (Symbol symbol in used)
        {
            uses.Add(new Use(user, symbol));
        }
    }

    /// <summary>The compiler's caches of delegates are left out: they lie in types with generated names.</summary>
    private IEnumerable<StaticField> StaticFields(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        return WrittenName.IsGenerated(metadata.GetString(type.Name))
            ? []
            : type.GetFields().Select(metadata.GetFieldDefinition)
                .Where(field => (field.Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) == FieldAttributes.Static)
                .Select(field => new StaticField(
                    names.InSource(handle, metadata.GetString(field.Name)),
                    (field.Attributes & FieldAttributes.InitOnly) != 0,
                    field.DecodeSignature(names.Signatures, null)));
    }
}
