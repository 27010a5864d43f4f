using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Lstm.Unity.Checks;

/// <summary>
/// Generic methods that come back to themselves with a type built from their own type parameter. With a value type each round is another method, and
/// IL2CPP, which writes all of them beforehand, comes to no end.
/// </summary>
internal sealed class GenericCalls
{
    private readonly MetadataReader metadata;
    private readonly Dictionary<MethodDefinitionHandle, HashSet<MethodDefinitionHandle>> calls = [];
    private readonly List<(MethodDefinitionHandle Caller, MethodDefinitionHandle Called)> growing = [];

    private GenericCalls(PEReader file)
    {
        metadata = file.GetMetadataReader();
        foreach (MethodDefinitionHandle caller in metadata.MethodDefinitions)
        {
            calls[caller] = [];
            int address = metadata.GetMethodDefinition(caller).RelativeVirtualAddress;
            foreach (int token in address == 0 ? Enumerable.Empty<int>() : IlCode.Methods(file.GetMethodBody(address).GetILReader()))
            {
                Add(caller, MetadataTokens.EntityHandle(token));
            }
        }
    }

    /// <summary>A line for each.</summary>
    public static IEnumerable<string> WithoutEnd(PEReader file)
    {
        GenericCalls all = new(file);
        return all.growing.Where(call => all.Reaches(call.Called, call.Caller))
            .Select(call => $"{all.Name(call.Caller)} calls {all.Name(call.Called)} with a type built from a type parameter");
    }

    private void Add(MethodDefinitionHandle caller, EntityHandle called)
    {
        bool grows = false;
        if (called.Kind == HandleKind.MethodSpecification)
        {
            MethodSpecification instance = metadata.GetMethodSpecification((MethodSpecificationHandle)called);
            grows = instance.DecodeSignature(Shape.Provider, null).Any(argument => argument.Grows);
            called = instance.Method;
        }

        foreach (MethodDefinitionHandle method in Definitions(called))
        {
            calls[caller].Add(method);
            if (grows)
            {
                growing.Add((caller, method));
            }
        }
    }

    /// <summary>The methods of this assembly that a token may mean; of a generic type those of that name.</summary>
    private IEnumerable<MethodDefinitionHandle> Definitions(EntityHandle called)
    {
        if (called.Kind == HandleKind.MethodDefinition)
        {
            return [(MethodDefinitionHandle)called];
        }

        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)called);
        if (member.Parent.Kind != HandleKind.TypeSpecification)
        {
            return [];
        }

        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return [];
        }

        blob.ReadByte();
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind != HandleKind.TypeDefinition
            ? []
            : metadata.GetTypeDefinition((TypeDefinitionHandle)type).GetMethods()
                .Where(method => metadata.StringComparer.Equals(metadata.GetMethodDefinition(method).Name, metadata.GetString(member.Name)));
    }

    private bool Reaches(MethodDefinitionHandle from, MethodDefinitionHandle to)
    {
        HashSet<MethodDefinitionHandle> seen = [];
        Stack<MethodDefinitionHandle> open = new([from]);
        while (open.TryPop(out MethodDefinitionHandle method))
        {
            if (method == to)
            {
                return true;
            }

            if (seen.Add(method))
            {
                foreach (MethodDefinitionHandle next in calls[method])
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    private string Name(MethodDefinitionHandle handle)
    {
        MethodDefinition method = metadata.GetMethodDefinition(handle);
        TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
        return $"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}";
    }
}
