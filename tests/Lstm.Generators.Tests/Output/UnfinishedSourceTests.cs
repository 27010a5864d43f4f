using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>
/// Code as it stands while somebody types. The generator neither throws, which the compiler reports as CS8785, nor
/// writes text that is no C#.
/// </summary>
public sealed class UnfinishedSourceTests
{
    /// <summary>A program in tokens, each of which may go missing, move or be doubled.</summary>
    private const string Program =
        "using Lstm ; namespace A . B { public partial class Outer { "
        + "[ LstmCell ( Input = 3 , Hidden = 5 , Unrolling = Unrolling . None ) ] private partial struct Cell { public void Own ( ) { } } } "
        + "[ LstmNetwork ( Input = 1 , Hidden = 9 , Output = 1 , Layers = 2 ) ] partial struct Net ; "
        + "[ DeepChain ( Layers = 3 , Width = 2 , Kind = ChainKind . Dense ) ] public partial struct Chain ; }";

    private static readonly string[] Others =
    [
        "0", "-1", "999999999", "99999999999", "2.5f", "null", "default", "\"3\"", "'3'", "typeof(int)", "nameof(Cell)", "(Unrolling)7", "new", "<T>",
        "class", "record", "interface", "enum", "ref", "readonly", "file", "static", "unsafe", "@", "#if", "/*", "\"", "'", "\\u0043ell", "\0",
        "\u202e", "[LstmCell]", "[LstmCell(3, 5)]", "[DeepChain(Layers = 3)]", "[LstmNetwork(Input = x)]", "int field;", "struct State { }",
        "}", "{", ")", "]",
    ];

    /// <summary>Texts found to be C#: an edit changes few of the generated files, and parsing them is what takes the time.</summary>
    private static readonly HashSet<string> Parsed = [];

    [Theory]
    [InlineData("[Lstm.LstmCell(")]
    [InlineData("[Lstm.LstmCell(Input")]
    [InlineData("[Lstm.LstmCell(Input = ")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = )] partial struct")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct ;")]
    [InlineData("[Lstm.LstmCell(Input = \"3\", Hidden = 5.0)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5, Arithmetic = (Lstm.Arithmetic)17)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5), Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell; [Lstm.LstmCell(Input = 4, Hidden = 5)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell; namespace Cell { [Lstm.DeepChain(Layers = 3)] partial struct Cell; }")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5), Lstm.DeepChain(Layers = 3)] partial struct Cell;")]
    [InlineData("[Lstm.LstmNetwork(Input = 1 / 0, Hidden = int.MaxValue, Output = int.MinValue, Layers = -1)] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = )] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"a\", Weights = null)] partial struct Net;")]
    [InlineData("[Lstm.LstmCell(Weights = new[] { \"a\" }, Hidden = 3)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Weights = \"a, Hidden = 3)] partial struct Cell;")]
    [InlineData(
        "namespace Lstm { class LstmCellAttribute : System.Attribute { public object[] Weights; } [LstmCell(Weights = new object[1])] struct C; }")]
    [InlineData("[Lstm.DeepChain(Layers = default(int[]))] partial struct Chain;")]
    [InlineData(
        "namespace Lstm { class LstmCellAttribute : System.Attribute { public object[] Input; public LstmCellAttribute Hidden; } "
        + "[LstmCell(Input = new object[] { 1, null })] partial struct Cell; }")]
    public void HalfTypedDeclaration_NeverThrows(string source) => Check(source);

    [Fact]
    public void EveryTokenLeftOut_NeverThrows()
    {
        string[] tokens = Program.Split(' ');
        for (int i = 0; i < tokens.Length; i++)
        {
            Check(string.Join(' ', tokens.Where((_, index) => index != i)));
        }
    }

    [Fact]
    public void RandomEdits_NeverThrow()
    {
        Random random = new(20250308);
        GeneratorDriver driver = GeneratorRun.Driver();
        for (int round = 0; round < 120; round++)
        {
            List<string> tokens = [.. Program.Split(' ')];
            for (int edits = random.Next(1, 12); edits > 0; edits--)
            {
                int at = random.Next(tokens.Count);
                switch (random.Next(4))
                {
                    case 0: tokens.RemoveAt(at); break;
                    case 1: tokens.Insert(at, tokens[random.Next(tokens.Count)]); break;
                    case 2: tokens[at] = Others[random.Next(Others.Length)]; break;
                    default: tokens.Insert(at, Others[random.Next(Others.Length)]); break;
                }
            }

            driver = Check(string.Join(' ', tokens), driver);
        }
    }

    /// <summary>Runs the driver on, so that steps meet the last source's cached values, too.</summary>
    private static GeneratorDriver Check(string source, GeneratorDriver? driver = null)
    {
        driver = (driver ?? GeneratorRun.Driver()).RunGenerators(TestCompilation.Create(source));
        GeneratorRunResult result = GeneratorRun.Result(driver);
        foreach (GeneratedSourceResult file in result.GeneratedSources.Where(file => Parsed.Add(file.SourceText.ToString())))
        {
            Diagnostic[] problems = [.. file.SyntaxTree.GetDiagnostics()];
            Assert.True(problems.Length == 0, $"From: {source}\n{string.Join<Diagnostic>("\n", problems)}");
        }

        return driver;
    }
}
