using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Lstm.Unity.Checks;

/// <summary>The files of the built package are those that Unity needs, each with its <c>.meta</c>.</summary>
public sealed class PackageFileTests
{
    private static readonly string[] Plugins =
        ["Runtime/Plugins/Lstm.Runtime.dll", "Runtime/Plugins/System.Runtime.CompilerServices.Unsafe.dll"];

    private const string Generator = "Runtime/Analyzers/Lstm.Generators.dll";

    /// <summary>Files and folders that Unity imports: it leaves out what ends with ~.</summary>
    private static readonly string[] Imported =
    [
        .. Directory.GetFileSystemEntries(UnityProject.Package, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(UnityProject.Package, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part.EndsWith('~')))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Package_HasEveryDllOnce()
    {
        Assert.Equal([Generator, .. Plugins], Imported.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)));
        Assert.Subset(
            Imported.ToHashSet(),
            new HashSet<string>
            {
                "package.json", "README.md", "CHANGELOG.md", "LICENSE.md", "Third Party Notices.md", "Runtime/Plugins/Lstm.Runtime.xml",
            });
    }

    [Fact]
    public void EveryFileAndFolder_HasItsMeta()
    {
        string[] metas = [.. Imported.Where(path => path.EndsWith(".meta", StringComparison.Ordinal))];
        Assert.Equal(Imported.Except(metas).Select(path => path + ".meta").Order(StringComparer.Ordinal), metas);
        Assert.Equal(metas.Length, Directory.GetFiles(UnityProject.Package, "*.meta", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void EveryGuid_IsThereOnce()
    {
        string[] guids =
        [
            .. Imported.Where(path => path.EndsWith(".meta", StringComparison.Ordinal))
                .Select(path => Regex.Match(Read(path), "^fileFormatVersion: 2\nguid: ([0-9a-f]{32})\n").Groups[1].Value),
        ];
        Assert.DoesNotContain(string.Empty, guids);
        Assert.Equal(guids.Length, guids.Distinct().Count());
    }

    [Fact]
    public void Generator_IsLabelledAndOnNoPlatform()
    {
        string meta = Read(Generator + ".meta");
        Assert.Contains("\nlabels:\n- RoslynAnalyzer\n", meta, StringComparison.Ordinal);
        Assert.DoesNotContain("enabled: 1", meta, StringComparison.Ordinal);
        Assert.Contains("- first:\n      Any:\n    second:\n      enabled: 0", meta, StringComparison.Ordinal);
        Assert.Contains("- first:\n      Editor: Editor\n    second:\n      enabled: 0", meta, StringComparison.Ordinal);
    }

    [Fact]
    public void Plugins_AreOnEveryPlatform()
    {
        foreach (string meta in Plugins.Select(path => Read(path + ".meta")))
        {
            Assert.DoesNotContain("RoslynAnalyzer", meta, StringComparison.Ordinal);
            Assert.Contains("isExplicitlyReferenced: 0", meta, StringComparison.Ordinal);
            Assert.Contains("- first:\n      Any:\n    second:\n      enabled: 1", meta, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Manifest_HasTheVersionOfTheRuntimeAndItsSamples()
    {
        using JsonDocument manifest = JsonDocument.Parse(Read("package.json"));
        JsonElement root = manifest.RootElement;
        Assert.Equal("com.lstm.generators", root.GetProperty("name").GetString());
        string version = root.GetProperty("version").GetString()!;
        AssemblyName runtime = AssemblyName.GetAssemblyName(Path.Combine(UnityProject.Package, Plugins[0]));
        Assert.Equal(runtime.Version!.ToString(3), version.Split('-')[0]);
        JsonElement sample = Assert.Single(root.GetProperty("samples").EnumerateArray());
        Assert.True(Directory.Exists(Path.Combine(UnityProject.Package, sample.GetProperty("path").GetString()!)));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(UnityProject.Package, path)).ReplaceLineEndings("\n");
}
