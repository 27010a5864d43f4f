using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

/// <summary>
/// <c>Lstm.Runtime</c> compiled from its own text, but for what it asks this machine: which vectors there are is a field, and instructions that this
/// machine may not have become the runtime's emulation of them.
/// </summary>
internal static class EmulatedRuntime
{
    private const string Widest = """
        namespace Lstm.Kernels;

        public static class Width
        {
            public static int Widest;
            public static bool Is512 => Widest >= 512;
            public static bool Is256 => Widest >= 256;
            public static bool Is128 => Widest >= 128;
        }
        """;

    private static readonly Lazy<byte[]> Compiled = new(Compile);

    /// <summary>The assembly.</summary>
    public static byte[] Image => Compiled.Value;

    /// <summary>What a compilation against it refers to.</summary>
    public static IEnumerable<MetadataReference> References =>
    [
        .. TestCompilation.References.Where(reference => Path.GetFileName(reference.Display) != "Lstm.Runtime.dll"),
        MetadataReference.CreateFromImage(Image),
    ];

    private static byte[] Compile()
    {
        CSharpParseOptions options = TestCompilation.ParseOptions()
            .WithDocumentationMode(DocumentationMode.None)
            .WithPreprocessorSymbols("NET8_0_OR_GREATER", "NET5_0_OR_GREATER", "NET");
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "RuntimeSources"), "*.cs", SearchOption.AllDirectories);
        Assert.Contains(files, file => Path.GetFileName(file) == "FusedFloat256.cs");
        IEnumerable<SyntaxTree> trees = files
            .Where(file => Path.GetFileName(file) != "Width.cs")
            .Select(file => CSharpSyntaxTree.ParseText(Emulated(file), options, file))
            .Append(CSharpSyntaxTree.ParseText(Widest, options));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Lstm.Runtime",
            trees,
            [
                .. TestCompilation.References.Where(reference => Path.GetFileName(reference.Display) != "Lstm.Runtime.dll"),
                MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        ImmutableArray<Diagnostic> diagnostics = compilation.Emit(image).Diagnostics;
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    /// <summary>A file without instructions that its width implies; <c>Simd</c> asks for each before it runs it.</summary>
    private static string Emulated(string file)
    {
        string text = File.ReadAllText(file);
        return Path.GetFileName(file).StartsWith("Simd", StringComparison.Ordinal)
            ? text
            : text.Replace("Avx512F.FusedMultiplyAdd(", "Simd.MultiplyAdd(").Replace("Fma.MultiplyAdd(", "Simd.MultiplyAdd(");
    }
}
