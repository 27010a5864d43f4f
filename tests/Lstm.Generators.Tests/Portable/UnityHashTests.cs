using System;
using System.IO;
using Lstm.Generators.Tests.Infrastructure;
using Lstm.Unity.Checks;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Portable;

/// <summary>The hash that the tests of the Unity package know is that of vectors: the same test passes without the portable profile.</summary>
public sealed class UnityHashTests
{
    [Fact]
    public void HashOfTheUnityPackage_IsThatOfVectors()
    {
        const string Forced = "[assembly: Lstm.LstmPortable]";
        string tests = File.ReadAllText(Path.Combine(UnityProject.Package, "Tests", "Editor", "PortableBitsTests.cs"));
        Assert.Contains(Forced, tests, StringComparison.Ordinal);
        CSharpCompilation complete = GeneratorRun.Complete(TestCompilation.Create(
            [tests.Replace(Forced, string.Empty, StringComparison.Ordinal), File.ReadAllText(Path.Combine(UnityProject.Stubs, "NUnit.cs"))]));
        Assert.Contains(complete.SyntaxTrees, tree => tree.ToString().Contains("Vector512", StringComparison.Ordinal));

        using LoadedAssembly assembly = LoadedAssembly.Of(complete);
        Type type = assembly.Type("Lstm.Unity.Tests.PortableBitsTests");
        type.GetMethod("RunAndTraining_HaveTheBitsOfEveryPlatform")!.Invoke(Activator.CreateInstance(type), null);
    }
}
