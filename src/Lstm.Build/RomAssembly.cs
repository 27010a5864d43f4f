using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Lstm.Build;

/// <summary>
/// Writes an assembly without code: one struct as large as some data, and in it one static field, <c>Data</c>, which lies over the data in the file.
/// The runtime maps the file into read-only memory, and so the field is there without any work at the start of a program.
/// </summary>
internal static class RomAssembly
{
    /// <summary>The name of the field.</summary>
    private const string Field = "Data";

    /// <summary>The assembly as bytes, the same for the same arguments.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="type">The struct's name, in <see cref="RomType.Namespace"/>.</param>
    /// <param name="data">The data. It begins at an address that is a multiple of 64.</param>
    public static byte[] Write(string name, string type, byte[] data)
    {
        // Sections begin at multiples of 64, in memory and in the file. What stands in front of the data is known when it is written: write it, look
        // where the data came to lie, and put the missing bytes into the stream of code, which is empty otherwise.
        byte[] assembly = Write(name, type, data, padding: 0);
        int past = AddressOf(assembly) % PackedWeights.Alignment;
        if (past != 0)
        {
            assembly = Write(name, type, data, PackedWeights.Alignment - past);
        }

        return AddressOf(assembly) % PackedWeights.Alignment == 0
            ? assembly
            : throw new InvalidOperationException($"The data of {name} lies at {AddressOf(assembly)}, no multiple of {PackedWeights.Alignment}.");
    }

    /// <summary>Where the field lies from the beginning of the loaded assembly.</summary>
    public static int AddressOf(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly, writable: false));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetFieldDefinition(metadata.FieldDefinitions.Single()).GetRelativeVirtualAddress();
    }

    private static byte[] Write(string name, string type, byte[] data, int padding)
    {
        byte[] identity = SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes($"{name}/{type}/"), .. SHA256.HashData(data)]);
        var contentId = new BlobContentId(new Guid(identity.AsSpan(0, 16)), BitConverter.ToUInt32(identity, 16));
        var code = new BlobBuilder();
        code.WriteBytes(0, padding);
        var content = new BlobBuilder();
        content.WriteBytes(data);
        var builder = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll | Characteristics.LargeAddressAware),
            new MetadataRootBuilder(Metadata(name, type, data.Length, contentId.Guid)),
            code,
            mappedFieldData: content,
            deterministicIdProvider: _ => contentId);
        var assembly = new BlobBuilder();
        builder.Serialize(assembly);
        return assembly.ToArray();
    }

    private static MetadataBuilder Metadata(string name, string type, int size, Guid moduleId)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(moduleId), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        AssemblyReferenceHandle runtime = metadata.AddAssemblyReference(
            metadata.GetOrAddString("System.Runtime"), new Version(4, 0, 0, 0), default,
            metadata.GetOrAddBlob(ImmutableArray.Create<byte>(0xB0, 0x3F, 0x5F, 0x7F, 0x11, 0xD5, 0x0A, 0x3A)), default, default);
        TypeReferenceHandle valueType = metadata.AddTypeReference(runtime, metadata.GetOrAddString("System"), metadata.GetOrAddString("ValueType"));

        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));
        TypeDefinitionHandle holder = metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.ExplicitLayout | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            metadata.GetOrAddString(RomType.Namespace), metadata.GetOrAddString(type), valueType, MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));

        // The native compiler takes the alignment of the data from here.
        metadata.AddTypeLayout(holder, PackedWeights.Alignment, (uint)size);

        var signature = new BlobBuilder();
        new BlobEncoder(signature).FieldSignature().Type(holder, isValueType: true);
        FieldDefinitionHandle field = metadata.AddFieldDefinition(
            FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.HasFieldRVA,
            metadata.GetOrAddString(Field), metadata.GetOrAddBlob(signature));
        metadata.AddFieldRelativeVirtualAddress(field, offset: 0);
        return metadata;
    }
}
