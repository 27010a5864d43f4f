using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace Lstm.Unity.Checks;

/// <summary>The scripts of the package compile (in the fixture), have nothing that Unity's platforms lack, and run.</summary>
public sealed class PackageCodeTests(UnityProject project) : IClassFixture<UnityProject>
{
    [Theory]
    [InlineData("Lstm.Runtime")]
    [InlineData("Lstm.Unity")]
    [InlineData("Lstm.Samples.Follower")]
    [InlineData("Lstm.Unity.Tests")]
    public void Assembly_HasNothingThatPlatformsLack(string name)
    {
        string[] references = ["Lstm.Runtime", "System.Runtime.CompilerServices.Unsafe", "UnityEngine", "nunit.framework"];
        Assert.Empty(IlScan.Problems(project.Find(name), references.Select(project.Find).Append(UnityProject.Standard)));
    }

    [Theory]
    [InlineData("Lstm.Samples.Follower", "Lstm.Samples.FollowerNet")]
    [InlineData("Lstm.Unity.Tests", "Lstm.Unity.Tests.Net")]
    public void Generator_HasRun(string assembly, string type)
    {
        AssemblyLoadContext context = Load();
        Assert.NotNull(Find(context, assembly).GetType(type)!.GetMethod("ExportParameters"));
        context.Unload();
    }

    /// <summary>The same lines as on Mono, where tests/Unity/check runs it.</summary>
    [Fact]
    public void TestsAndSample_Run()
    {
        AssemblyLoadContext context = Load();
        MethodInfo main = Find(context, "Runner").EntryPoint!;
        TextWriter console = Console.Out;
        using StringWriter lines = new();
        try
        {
            Console.SetOut(lines);
            main.Invoke(null, null);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        Assert.Equal(
            File.ReadAllText(Path.Combine(UnityProject.Stubs, "output.txt")).ReplaceLineEndings("\n"), lines.ToString().ReplaceLineEndings("\n"));
    }

    private AssemblyLoadContext Load()
    {
        AssemblyLoadContext context = new(nameof(PackageCodeTests), isCollectible: true);
        foreach (string path in Directory.GetFiles(project.Output, "*.dll"))
        {
            // The framework has Unsafe. The runtime library is asked for here first: the tests themselves may have that for .NET 8.
            if (!path.EndsWith("System.Runtime.CompilerServices.Unsafe.dll", StringComparison.Ordinal))
            {
                context.LoadFromStream(new MemoryStream(File.ReadAllBytes(path)));
            }
        }

        return context;
    }

    private static Assembly Find(AssemblyLoadContext context, string name) => context.Assemblies.Single(assembly => assembly.GetName().Name == name);
}
