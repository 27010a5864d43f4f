using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Lstm.Generators.Tests.Portable;

/// <summary>The netstandard2.1 build of the runtime asks Mono for nothing that it lacks.</summary>
public sealed class NetStandardRuntimeTests
{
    [Fact]
    public void References_AreNetstandardAndUnsafeOnly()
    {
        using PEReader file = new(File.OpenRead(NetStandard.Runtime));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.Equal(
            ["System.Runtime.CompilerServices.Unsafe", "netstandard"],
            metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Order(System.StringComparer.Ordinal));
    }

    /// <summary>
    /// The indexer of <c>ReadOnlySpan</c> and what <c>foreach</c> over one calls return a <c>ref readonly</c>. netstandard2.1 marks that by a
    /// required modifier of the signature, Mono's library does not, and finds no such method.
    /// </summary>
    [Fact]
    public void MembersOfOtherAssemblies_HaveNoRequiredModifier()
    {
        using PEReader file = new(File.OpenRead(NetStandard.Runtime));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> found = [];
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            // Of a method's signature: a kind, the number of parameters, and then the type that it returns.
            BlobReader signature = metadata.GetBlobReader(member.Signature);
            SignatureHeader header = signature.ReadSignatureHeader();
            if (header.Kind == SignatureKind.Method)
            {
                _ = header.IsGeneric ? signature.ReadCompressedInteger() : 0;
                signature.ReadCompressedInteger();
                if (signature.ReadSignatureTypeCode() == SignatureTypeCode.RequiredModifier)
                {
                    found.Add(metadata.GetString(member.Name));
                }
            }
        }

        Assert.Empty(found);
    }
}
