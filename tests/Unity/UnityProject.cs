using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Unity.Checks;

/// <summary>
/// Compiles the scripts of the built package as Unity would: C# 9, against netstandard2.1, the DLLs of the package and what the assembly definitions
/// name, with the generator and the analyzers of the package. UnityEngine and NUnit are stubs.
/// </summary>
public sealed class UnityProject : IDisposable
{
    /// <summary>The built package. <c>LSTM_UNITY_PACKAGE</c> names another one.</summary>
    public static readonly string Package =
        Environment.GetEnvironmentVariable("LSTM_UNITY_PACKAGE") ?? Path.Combine(AppContext.BaseDirectory, "UnityPackage");

    /// <summary>The stubs, as text.</summary>
    public static readonly string Stubs = Path.Combine(AppContext.BaseDirectory, "UnityStubs");

    private readonly string? kept = Environment.GetEnvironmentVariable("LSTM_UNITY_OUTPUT");
    private readonly List<(string Name, string File)> compiled = [];
    private readonly AnalyzerFileReference analyzers = new(Path.Combine(Package, "Runtime", "Analyzers", "Lstm.Generators.dll"), new Loader());

    public UnityProject()
    {
        Output = kept ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(Output);
        foreach (string dll in Directory.GetFiles(Path.Combine(Package, "Runtime", "Plugins"), "*.dll"))
        {
            File.Copy(dll, Path.Combine(Output, Path.GetFileName(dll)), overwrite: true);
        }

        Compile("UnityEngine", [Path.Combine(Stubs, "UnityEngine.cs")], [], generates: false);
        Compile("nunit.framework", [Path.Combine(Stubs, "NUnit.cs")], [], generates: false);
        foreach (string definition in new[] { "Runtime/Lstm.Unity", "Samples~/Follower/Lstm.Samples.Follower", "Tests/Editor/Lstm.Unity.Tests" })
        {
            CompileDefinition(Path.Combine(Package, definition + ".asmdef"));
        }

        string[] all = ["UnityEngine", "nunit.framework", "Lstm.Samples.Follower", "Lstm.Unity.Tests"];
        Compile("Runner", [Path.Combine(Stubs, "Runner.cs")], all.Select(Find), generates: false, OutputKind.ConsoleApplication);
    }

    /// <summary>Where the assemblies are. <c>LSTM_UNITY_OUTPUT</c> names a folder that is kept.</summary>
    public string Output { get; }

    /// <summary>What netstandard2.1 has.</summary>
    public static string Standard => Path.Combine(AppContext.BaseDirectory, "NetStandard", "netstandard.dll");

    /// <summary>The DLLs of the package, the compiled scripts and the stubs, by name.</summary>
    public string Find(string name) => Path.Combine(Output, name + ".dll");

    public void Dispose()
    {
        if (kept is null)
        {
            Directory.Delete(Output, recursive: true);
        }
    }

    /// <summary>The scripts of one assembly definition, with the references that it states.</summary>
    private void CompileDefinition(string path)
    {
        using JsonDocument definition = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = definition.RootElement;
        List<string> references = [];
        IEnumerable<string> asked = Strings(root, "references");
        references.AddRange(compiled.Where(assembly => asked.Contains(assembly.Name)).Select(assembly => assembly.File));
        references.AddRange(root.GetProperty("overrideReferences").GetBoolean()
            ? Strings(root, "precompiledReferences").Select(file => Path.Combine(Output, file))
            : Directory.GetFiles(Path.Combine(Package, "Runtime", "Plugins"), "*.dll").Select(file => Path.Combine(Output, Path.GetFileName(file))));
        if (!root.GetProperty("noEngineReferences").GetBoolean())
        {
            references.Add(Find("UnityEngine"));
        }

        // Unity runs an analyzer for the assembly definition above it, and for those that reference that one.
        string name = root.GetProperty("name").GetString()!;
        bool generates = name == "Lstm.Unity" || asked.Contains("Lstm.Unity");
        Compile(name, Directory.GetFiles(Path.GetDirectoryName(path)!, "*.cs"), references, generates);
        compiled.Add((name, Find(name)));
    }

    private void Compile(
        string name, IEnumerable<string> files, IEnumerable<string> references, bool generates, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp9);
        Compilation compilation = CSharpCompilation.Create(
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parsing, file)),
            references.Append(Standard).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(
                kind, optimizationLevel: OptimizationLevel.Release, warningLevel: 9999, deterministic: true,
                // The DLL of Unsafe is for netstandard2.0.
                specificDiagnosticOptions: [new KeyValuePair<string, ReportDiagnostic>("CS1701", ReportDiagnostic.Suppress)]));
        IEnumerable<Diagnostic> reported = [];
        if (generates)
        {
            CSharpGeneratorDriver.Create(analyzers.GetGenerators(LanguageNames.CSharp), parseOptions: parsing)
                .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out ImmutableArray<Diagnostic> ofGenerator);
            reported = ofGenerator.Concat(
                compilation.WithAnalyzers(analyzers.GetAnalyzers(LanguageNames.CSharp)).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult());
        }

        string[] problems = reported.Concat(compilation.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed)
            .Select(diagnostic => diagnostic.ToString())
            .ToArray();
        if (problems.Length > 0)
        {
            throw new InvalidOperationException($"{name}:\n{string.Join('\n', problems.Take(10))}");
        }

        compilation.Emit(Find(name));
    }

    private static string[] Strings(JsonElement root, string property) =>
        [.. root.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Loads the package's generator apart from the one that the tests may have already.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly AssemblyLoadContext context = new("The package's generator");

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => context.LoadFromAssemblyPath(fullPath);
    }
}
