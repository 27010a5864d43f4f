using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>A compilation that was emitted, optimized, and loaded; disposing unloads it.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext context = new(nameof(LoadedAssembly), isCollectible: true);
    private readonly Assembly assembly;

    private LoadedAssembly(Stream image) => assembly = context.LoadFromStream(image);

    /// <summary>Emits and loads; fails if the compilation has errors.</summary>
    public static LoadedAssembly Of(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted =
            compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return new LoadedAssembly(image);
    }

    public Type Type(string name) => assembly.GetType(name, throwOnError: true)!;

    public void Dispose() => context.Unload();
}
