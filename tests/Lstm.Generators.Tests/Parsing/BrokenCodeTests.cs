using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Parsing;

/// <summary>Code as it stands while somebody types: parsers and analyzers must neither throw nor contradict each other.</summary>
public sealed class BrokenCodeTests
{
    private const string Whole = """
        using Lstm;
        namespace A.B
        {
            public partial class Outer<T>
            {
                [LstmCell(Input = 3, Hidden = 5, Arithmetic = Arithmetic.Portable)]
                private readonly partial struct Cell<U>(int x) { int field; public int P { get; } event System.Action E; struct State { } }
            }
            [LstmNetwork(Input = 1, Hidden = 90, Output = 1), DeepChain(Layers = 2)] file partial struct Net;
            class User { Net field; Net M(Net n) { var m = n; foreach (var k in new Net[2]) { object o = k; } return m; } }
        }
        """;

    private static readonly string[] Tokens =
    [
        "[", "]", "(", ")", "{", "}", "<", ">", ",", ";", "=", "=>", ".", ":", "-", "0", "3", "99999999999", "'", "\"", "1e400", "@", "\\u00e4",
        "Lstm", "LstmCell", "LstmNetwork", "DeepChain", "Input", "Hidden", "Layers", "Weights", "\"a.nam\"", "Width", "Kind",
        "Unrolling", "Arithmetic", "typeof(", "null",
        "default", "new", "partial", "struct", "class", "record", "interface", "enum", "delegate", "ref", "readonly", "file", "static", "fixed",
        "namespace", "using", "int", "Cell", "State", "event", "get;", "return", "var", "foreach", "in", "#if", "\n", "/*", "*/",
        "[Lstm.LstmCell(Input = 3, Hidden = 50)] partial struct",
    ];

    [Fact]
    public async Task EveryPrefix_NeverThrows()
    {
        for (int length = 0; length < Whole.Length; length += 4)
        {
            await Check(Whole[..length]);
        }
    }

    [Fact]
    public async Task EveryTokenLeftOut_NeverThrows()
    {
        string[] words = Whole.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            await Check(string.Join(' ', words.Where((_, index) => index != i)));
        }
    }

    [Fact]
    public async Task RandomTokens_NeverThrow()
    {
        Random random = new(20240607);
        for (int round = 0; round < 200; round++)
        {
            StringBuilder soup = new();
            int count = random.Next(5, 60);
            for (int i = 0; i < count; i++)
            {
                soup.Append(Tokens[random.Next(Tokens.Length)]).Append(' ');
            }

            await Check(soup.ToString());
        }
    }

    [Theory]
    [InlineData("[Lstm.LstmCell(3, 5)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input: 3, Hidden: 5)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = , Hidden = )] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = typeof(Nothing), Hidden = null)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = new int[] { 1 }, Hidden = new object[] { null })] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Input = 2, Hidden = 3, Hidden = 4)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3, Arithmetic = 1, Accuracy = Lstm.Unrolling.Full)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3, Backward = null)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = true, Hidden = false, Backward = 1)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3), Lstm.LstmCell(Input = 1, Hidden = 3)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3)] partial struct ;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3)] partial struct Cell; [Lstm.LstmCell(Input = 1, Hidden = 3)] partial class Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3)] partial struct Cell : Cell { Cell c; Unknown u; int ; }")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 3)]")]
    public Task MalformedArguments_NeverThrow(string source) => Check(source);

    [Theory]
    [InlineData("namespace Lstm { class LstmCellAttribute : System.Attribute { public string Input; public int[] Hidden; } " +
        "[LstmCell(Input = \"\", Hidden = new[] { 1 })] partial struct Cell; }")]
    [InlineData("namespace Lstm { class LstmCellAttribute : System.Attribute { public bool Input; public bool Hidden; public int Backward; } " +
        "[LstmCell(Input = true, Hidden = true, Backward = 1)] partial struct Cell; }")]
    [InlineData("namespace Lstm { class LstmCellAttribute { } class DeepChainAttribute<T> : System.Attribute { } [LstmCell, DeepChain<int>] " +
        "partial struct Cell; }")]
    public Task AttributeOfAnothersMaking_NeverThrows(string source) => Check(source, mustBeExplained: false);

    /// <summary>The probe fails on a parser's exception, and an analyzer's shows as AD0001.</summary>
    private static async Task Check(string source, bool mustBeExplained = true)
    {
        CSharpCompilation compilation = TestCompilation.Create(source);
        IReadOnlyList<object?> specs = SpecReader.ReadAll(compilation);
        IEnumerable<Diagnostic> reported = await AnalyzerMarkup.Report(compilation, new LargeCopyAnalyzer());
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == "AD0001");

        bool refused = specs.Contains(null);
        bool explained = !GeneratorMarkup.Report(compilation).Reported.IsEmpty
            || compilation.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(!refused || explained || !mustBeExplained, $"Nothing says why nothing is generated for: {source}");
    }
}
