using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Tests.Portable;

/// <summary>What a library for netstandard2.1 with the package compiles against.</summary>
internal static class NetStandard
{
    /// <summary>The folder with the reference assembly of netstandard2.1, <c>Lstm.Runtime</c> for it, and what that depends on.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "NetStandard");

    /// <summary>These assemblies.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
        [.. Directory.GetFiles(Folder, "*.dll").Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The runtime library as such a project gets it.</summary>
    public static string Runtime => Path.Combine(Folder, "Lstm.Runtime.dll");
}
