using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Lstm.Unity.Checks;

/// <summary>
/// Looks through an assembly for what IL2CPP cannot turn into C++, what Unity's Mono lacks, and what its reference assemblies do not have.
/// docs/unity.md lists it.
/// </summary>
public sealed class IlScan
{
    /// <summary>Code made or loaded at run time, and vectors of a processor.</summary>
    private static readonly string[] Namespaces =
    [
        "System.Reflection.Emit", "System.Linq.Expressions", "System.Dynamic", "Microsoft.CSharp", "System.Runtime.Intrinsics",
        "System.Runtime.Loader",
    ];

    private readonly List<string> problems = [];
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>> available;
    private readonly PEReader file;
    private readonly MetadataReader metadata;

    private IlScan(PEReader file, IEnumerable<string> references)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
        available = references.ToDictionary(path => Path.GetFileNameWithoutExtension(path), Members);
    }

    /// <summary>What was found, a line each; empty for an assembly that has nothing of it.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="references">Every assembly that it may use.</param>
    public static IReadOnlyList<string> Problems(string path, IEnumerable<string> references)
    {
        using PEReader file = new(File.OpenRead(path));
        IlScan scan = new(file, references);
        scan.References();
        scan.MembersUsed();
        scan.Types();
        scan.Methods();
        return [.. scan.problems, .. GenericCalls.WithoutEnd(file)];
    }

    /// <summary>The names of an assembly's types, and of the members of each.</summary>
    private static Dictionary<string, HashSet<string>> Members(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        Dictionary<string, HashSet<string>> types = [];
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            types[Name(metadata, type)] =
            [
                .. type.GetMethods().Select(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name)),
                .. type.GetFields().Select(handle => metadata.GetString(metadata.GetFieldDefinition(handle).Name)),
            ];
        }

        return types;
    }

    private static string Name(MetadataReader metadata, TypeDefinition type) => type.GetDeclaringType().IsNil
        ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"
        : $"{Name(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}/{metadata.GetString(type.Name)}";

    private void References()
    {
        problems.AddRange(metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => !available.ContainsKey(name))
            .Select(name => $"uses the assembly {name}"));
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            (string assembly, string type) = Find(handle);
            if (available.TryGetValue(assembly, out Dictionary<string, HashSet<string>>? types) && !types.ContainsKey(type))
            {
                problems.Add($"uses {type}, which {assembly} does not have");
            }

            problems.AddRange(Namespaces.Where(name => type.StartsWith(name + ".", StringComparison.Ordinal)).Select(_ => $"uses {type}"));
        }
    }

    private (string Assembly, string Type) Find(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            (string assembly, string outer) = Find((TypeReferenceHandle)type.ResolutionScope);
            return (assembly, $"{outer}/{name}");
        }

        AssemblyReference scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        return (metadata.GetString(scope.Name), $"{metadata.GetString(type.Namespace)}.{name}");
    }

    private void MembersUsed()
    {
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            string name = metadata.GetString(member.Name);
            if (Declaring(member.Parent) is TypeReferenceHandle handle)
            {
                (string assembly, string type) = Find(handle);
                if (available.TryGetValue(assembly, out Dictionary<string, HashSet<string>>? types)
                    && types.TryGetValue(type, out HashSet<string>? members) && !members.Contains(name))
                {
                    problems.Add($"uses {type}.{name}, which {assembly} does not have");
                }
            }

            // Mono finds no member whose signature has a required modifier, such as the indexer of ReadOnlySpan.
            if (member.GetKind() == MemberReferenceKind.Method && member.DecodeMethodSignature(Shape.Provider, null).ReturnType.Modified)
            {
                problems.Add($"uses {name}, which returns by a required modifier");
            }
        }
    }

    /// <summary>The type of another assembly that a member is of; null for arrays and types of this assembly.</summary>
    private TypeReferenceHandle? Declaring(EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadByte();
        EntityHandle generic = blob.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private void Types()
    {
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            IEnumerable<FieldDefinition> fields = type.GetFields().Select(metadata.GetFieldDefinition);
            bool overlaps = (type.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout
                && fields.Any(field => (field.Attributes & FieldAttributes.Static) == 0 && field.DecodeSignature(Shape.Provider, null).Reference);
            if (overlaps)
            {
                problems.Add($"{Name(metadata, type)} places references by explicit layout");
            }
        }
    }

    private void Methods()
    {
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
            string name = $"{Name(metadata, type)}.{metadata.GetString(method.Name)}";
            bool isAbstract = (method.Attributes & MethodAttributes.Abstract) != 0;
            Add((method.Attributes & MethodAttributes.PinvokeImpl) != 0, name, "calls native code");
            Add((method.ImplAttributes & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.InternalCall)) != 0
                && !IsDelegate(type), name, "has no IL");
            Add((method.Attributes & MethodAttributes.Virtual) != 0 && method.GetGenericParameters().Count > 0, name, "is generic and virtual");
            bool ofInterface = (type.Attributes & TypeAttributes.Interface) != 0;
            Add(ofInterface && !isAbstract, name, "is a default member of an interface");
            Add(ofInterface && isAbstract && (method.Attributes & MethodAttributes.Static) != 0, name, "is static and abstract");
            Add(Name(metadata, type) == ".<Module>", name, "is an initializer of the module");
            if (method.RelativeVirtualAddress != 0)
            {
                MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
                Add(body.ExceptionRegions.Any(region => region.Kind == ExceptionRegionKind.Filter), name, "filters exceptions");
                problems.AddRange(IlCode.Forbidden(body.GetILReader()).Select(code => $"{name} has {code}"));
            }
        }
    }

    private bool IsDelegate(TypeDefinition type) => type.BaseType.Kind == HandleKind.TypeReference
        && Find((TypeReferenceHandle)type.BaseType).Type == "System.MulticastDelegate";

    private void Add(bool found, string name, string what)
    {
        if (found)
        {
            problems.Add($"{name} {what}");
        }
    }
}
