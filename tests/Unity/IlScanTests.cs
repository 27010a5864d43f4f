using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Unity.Checks;

/// <summary>The scan finds each thing that it is there for.</summary>
public sealed class IlScanTests
{
    [Theory]
    [InlineData("unsafe class C { int M(delegate*<int> f) => f(); }", "C.M has calli")]
    [InlineData("class C { System.Reflection.Emit.OpCode F; }", "uses System.Reflection.Emit.OpCode")]
    [InlineData("class C { System.Linq.Expressions.Expression F; }", "uses System.Linq.Expressions.Expression")]
    [InlineData("class C { int M(System.ReadOnlySpan<int> s) => s[0]; }", "uses get_Item, which returns by a required modifier")]
    [InlineData("class C { public virtual void M<T>() { } }", "C.M is generic and virtual")]
    [InlineData("struct P<T> { } class C { void M<T>() => M<P<T>>(); }", "C.M calls C.M with a type built from a type parameter")]
    [InlineData(
        "struct P<T> { } class C { internal void M<T>() => N<P<T>>(); void N<T>() => D<int>.O<T>(); }"
        + "class D<U> { public static void O<T>() => new C().M<T>(); }",
        "C.M calls C.N with a type built from a type parameter")]
    [InlineData("interface I { void M() { } }", "I.M is a default member of an interface")]
    [InlineData("class C { [System.Runtime.InteropServices.DllImport(\"c\")] static extern int getpid(); }", "C.getpid calls native code")]
    [InlineData("class C { void M(bool b) { try { System.Console.Clear(); } catch (System.Exception) when (b) { } } }", "C.M filters exceptions")]
    [InlineData("class C { void M(__arglist) { N(__arglist); } void N(System.RuntimeArgumentHandle h) { } }", "C.M has arglist")]
    [InlineData(
        "using System.Runtime.InteropServices; [StructLayout(LayoutKind.Explicit)] struct S { [FieldOffset(8)] object A; }",
        "S places references by explicit layout")]
    public void Scan_Finds(string source, string problem) =>
        Assert.Contains(Problems(source), found => found.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Scan_FindsWhatOtherFrameworksHave()
    {
        string core = typeof(object).Assembly.Location;
        Assert.Equal(
            ["uses System.Runtime.Intrinsics.Vector128`1", "uses the assembly System.Private.CoreLib"],
            Problems("struct S { System.Runtime.Intrinsics.Vector128<float> F; }", [core]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scan_FindsWhatALibraryDoesNotHave()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string library = Path.Combine(folder, "Library.dll");
        string user = Path.Combine(folder, "User.dll");
        const string Old = "public class A { public static void Old() { } }";
        Compile(library, Old.Replace("Old() { }", "Old() { } public static void New() { }") + " public class B { }", [UnityProject.Standard]);
        Compile(user, "class C { B b; void M() { A.Old(); A.New(); } }", [UnityProject.Standard, library]);
        Compile(library, Old, [UnityProject.Standard]);
        IReadOnlyList<string> problems = IlScan.Problems(user, [UnityProject.Standard, library]);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(
            ["uses .A.New, which Library does not have", "uses .B, which Library does not have"], problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OrdinaryCode_HasNoProblems() => Assert.Empty(Problems(
        "struct P<T> { } class C<T> { T[] items = new T[3]; void M<U>() => N<P<U>>(); void N<U>() { } }"
        + "class D { delegate void E(); int M(System.Span<int> s, int k) { switch (k) { case 0: case 1: return s[k]; } return 0; } }"));

    private static IReadOnlyList<string> Problems(string source, string[]? references = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            Compile(path, source, references ?? [UnityProject.Standard]);
            return IlScan.Problems(path, [UnityProject.Standard]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Compile(string path, string source, string[] references)
    {
        Compilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9))],
            references.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release));
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(path);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }
}
