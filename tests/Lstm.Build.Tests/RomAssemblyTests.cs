using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Xunit;

namespace Lstm.Build.Tests;

public sealed class RomAssemblyTests
{
    /// <summary>Names of many lengths, so that what stands in front of the data has many lengths too.</summary>
    [Fact]
    public void Data_BeginsAtAMultipleOf64_InMemoryAndInTheFile()
    {
        for (int length = 1; length <= 80; length++)
        {
            byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)(i + 1))];
            byte[] assembly = RomAssembly.Write(new string('a', length), new string('T', 81 - length), data);
            int address = RomAssembly.AddressOf(assembly);
            Assert.Equal(0, address % 64);

            using var reader = new PEReader(new MemoryStream(assembly));
            SectionHeader section = reader.PEHeaders.SectionHeaders[reader.PEHeaders.GetContainingSectionIndex(address)];
            Assert.True((section.SectionCharacteristics & SectionCharacteristics.MemWrite) == 0);
            int place = section.PointerToRawData + address - section.VirtualAddress;
            Assert.Equal(0, place % 64);
            Assert.Equal(data, assembly.AsSpan(place, length).ToArray());
        }
    }

    [Fact]
    public void SameData_GivesTheSameBytes_OtherDataAnotherModule()
    {
        byte[] one = RomAssembly.Write("a.Rom", "T", [1, 2, 3]);
        Assert.Equal(one, RomAssembly.Write("a.Rom", "T", [1, 2, 3]));
        Assert.NotEqual(Module(one), Module(RomAssembly.Write("a.Rom", "T", [1, 2, 4])));

        static Guid Module(byte[] assembly) => Assembly.Load(assembly).ManifestModule.ModuleVersionId;
    }

    /// <summary>4 MB.</summary>
    [Fact]
    public void LargeData_IsReadByTheRuntime()
    {
        byte[] data = new byte[4 << 20];
        new Random(1).NextBytes(data);
        FieldInfo field = Assembly.Load(RomAssembly.Write("large.Rom", "Large", data)).GetType("Lstm.Generated.Rom.Large")!.GetField("Data")!;
        Assert.True(field.IsInitOnly);
        Assert.Equal(data.Length, Marshal.SizeOf(field.FieldType));
        Assert.Equal(data.Length, field.FieldType.StructLayoutAttribute!.Size);
    }

    [Theory]
    [InlineData("App", "pedal.nam", "_App_pedal_nam")]
    [InlineData("My.App", "a_b", "_My_App_a__b")]
    [InlineData("App", "warm, é", "_App_warm_u002C_u0020_u00E9")]
    public void TypeName_IsACSharpName(string project, string item, string name) => Assert.Equal(name, RomType.NameOf(project, item));
}
