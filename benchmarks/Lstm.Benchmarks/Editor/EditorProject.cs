using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.Benchmarks;

/// <summary>A project with generated types, as it is open in an editor.</summary>
internal sealed class EditorProject
{
    /// <summary>How many types are generated, ten to a file.</summary>
    public const int Types = 50;

    /// <summary>How many files without declarations there are.</summary>
    public const int OtherFiles = 200;

    private const int TypesPerFile = 10;

    public EditorProject() => Compilation = CSharpCompilation.Create(
        "Project",
        [
            .. Enumerable.Range(0, Types / TypesPerFile).Select(static file => Parse(Models(file), $"Models{file}.cs")),
            .. Enumerable.Range(0, OtherFiles).Select(static file => Parse(Other(file, edit: 0), $"Other{file}.cs")),
        ],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public CSharpCompilation Compilation { get; }

    /// <summary>Every edit by name: the project after it, which differs from that before in one file. A number makes each edit a new one.</summary>
    public IReadOnlyList<(string Name, Func<int, CSharpCompilation> After)> Edits =>
    [
        ("a line in another file", edit => Replace("Other7.cs", Other(7, edit))),
        ("a new file", edit => Compilation.AddSyntaxTrees(Parse(Other(OtherFiles, edit), "New.cs"))),
        ("a line in a method beside ten declarations", edit => Replace("Models0.cs", Models(0, body: edit))),
        ("a line above ten declarations", edit => Replace("Models0.cs", $"// {edit}\n{Models(0)}")),
        ("a size of one of ten declarations", edit => Replace("Models0.cs", Models(0, layers: 3 + (edit % 2)))),
    ];

    /// <summary>The tree of a file.</summary>
    public SyntaxTree File(string path) => Compilation.SyntaxTrees.Single(tree => tree.FilePath == path);

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, path: path);

    private CSharpCompilation Replace(string path, string source) => Compilation.ReplaceSyntaxTree(File(path), Parse(source, path));

    /// <summary>Four cells, four networks and two chains.</summary>
    private static string Models(int file, int body = 0, int layers = 2)
    {
        IEnumerable<string> types = Enumerable.Range(0, TypesPerFile).Select(type => (type % 5) switch
        {
            0 or 1 => $"[LstmCell(Input = {1 + type}, Hidden = {8 + file})] public partial struct Cell{type};",
            2 or 3 => $"[LstmNetwork(Input = 1, Hidden = {4 + type + file}, Output = 2, Layers = 2)] public partial struct Net{type};",
            _ => $"[DeepChain(Layers = {(type == 4 ? layers : 50)})] public partial struct Chain{type};",
        });
        return string.Create(CultureInfo.InvariantCulture, $$"""
            using Lstm;
            namespace Project.Models{{file}};
            {{string.Join('\n', types)}}
            public sealed class Agent
            {
                private Net2 net;
                private Net2.State state;
                public int Edited() => {{body}};
                public void Step(float[] x, float[] y) => net.Step(x, ref state, y);
            }
            """);
    }

    /// <summary>A class of forty methods.</summary>
    private static string Other(int file, int edit)
    {
        IEnumerable<string> methods = Enumerable.Range(0, 40).Select(method => $$"""
                [System.Obsolete] public int Method{{method}}(int value, string text)
                {
                    var list = new System.Collections.Generic.List<int> { value, {{(method == 20 ? edit : method)}} };
                    foreach (int item in list) { value += item * text.Length; }
                    return value;
                }

            """);
        return $"namespace Project.Others;\npublic class Other{file}\n{{\n{string.Concat(methods)}}}\n";
    }

    private static IEnumerable<MetadataReference> References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(LstmCellAttribute).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path));
    }
}
