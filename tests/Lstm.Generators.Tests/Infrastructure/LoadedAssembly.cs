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

    private readonly Assembly? dependency;

    private LoadedAssembly(Stream image, byte[]? dependency)
    {
        this.dependency = dependency is null ? null : context.LoadFromStream(new MemoryStream(dependency));
        context.Resolving += (_, name) => name.Name == this.dependency?.GetName().Name ? this.dependency : null;
        assembly = context.LoadFromStream(image);
    }

    /// <summary>What it was loaded with.</summary>
    public Assembly Dependency => dependency ?? throw new InvalidOperationException("It was loaded alone.");

    /// <summary>Emits and loads; fails if the compilation has errors.</summary>
    /// <param name="dependency">An assembly that it uses and that only it sees.</param>
    public static LoadedAssembly Of(CSharpCompilation compilation, byte[]? dependency = null)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted =
            compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return new LoadedAssembly(image, dependency);
    }

    public Type Type(string name) => assembly.GetType(name, throwOnError: true)!;

    public void Dispose() => context.Unload();
}
