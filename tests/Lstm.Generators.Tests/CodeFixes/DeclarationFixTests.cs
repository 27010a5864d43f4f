using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.CodeFixes;

public sealed class DeclarationFixTests
{
    private const string Attribute = "[Lstm.LstmCell(Input = 2, Hidden = 4)]";

    [Theory]
    [InlineData("public struct Cell;", "public partial struct Cell;")]
    [InlineData("struct Cell { }", "partial struct Cell { }")]
    [InlineData("/* a */ unsafe /* b */ struct /* c */ Cell { }", "/* a */ unsafe /* b */ partial struct /* c */ Cell { }")]
    [InlineData("partial struct Cell; struct Cell { }", "partial struct Cell; partial struct Cell { }")]
    public Task NotPartial_BecomesPartial(string before, string after) => FixMarkup.Verify(
        "LSTM001", "Write 'partial'", $"{Attribute} {before}", $"{Attribute} {after}");

    [Fact]
    public Task NotPartialInsideTypesThatAreNot_MakesAllPartial() => FixMarkup.Verify(
        "LSTM001",
        "Write 'partial'",
        $$"""
        public static class Outer
        {
            readonly record struct Middle
            {
                interface Inner
                {
                    {{Attribute}}
                    internal struct Cell;
                }
            }
        }
        """,
        $$"""
        public static partial class Outer
        {
            readonly partial record struct Middle
            {
                partial interface Inner
                {
                    {{Attribute}}
                    internal partial struct Cell;
                }
            }
        }
        """);

    [Theory]
    [InlineData("class")]
    [InlineData("ref struct")]
    [InlineData("record")]
    [InlineData("sealed record class")]
    public Task ContainingTypeNotPartial_BecomesPartial(string keyword)
    {
        int last = keyword.StartsWith("sealed", System.StringComparison.Ordinal) ? keyword.IndexOf("record", System.StringComparison.Ordinal)
            : keyword.StartsWith("ref", System.StringComparison.Ordinal) ? 4 : 0;
        string body = $"Outer {{ {Attribute} public partial struct Cell; }}";
        return FixMarkup.Verify("LSTM005", "Write 'partial'", $"{keyword} {body}", $"{keyword.Insert(last, "partial ")} {body}");
    }

    [Fact]
    public async Task PartsInOtherFiles_BecomePartialToo()
    {
        Solution solution = await FixMarkup.Apply(
            "LSTM005",
            "Write 'partial'",
            $"partial class Outer {{ {Attribute} partial struct Cell; }}",
            "class Outer { }");
        Assert.Equal("partial class Outer { }", (await FixMarkup.Texts(solution))[1]);
    }

    [Theory]
    [InlineData("public partial class Cell;", "public partial struct Cell;")]
    [InlineData("public sealed class Cell { public static int Two => 2; }", "public partial struct Cell { public static int Two => 2; }")]
    [InlineData("static class Cell { }", "partial struct Cell { }")]
    [InlineData("partial record Cell;", "partial struct Cell;")]
    [InlineData("record class Cell;", "partial struct Cell;")]
    [InlineData("partial record struct Cell;", "partial struct Cell;")]
    [InlineData("internal ref partial struct Cell;", "internal partial struct Cell;")]
    [InlineData("readonly struct Cell;", "partial struct Cell;")]
    [InlineData("partial struct Cell; readonly partial struct Cell;", "partial struct Cell; partial struct Cell;")]
    [InlineData("interface Cell { }", "partial struct Cell { }")]
    [InlineData("partial class Cell; partial class Cell : System.IDisposable { public void Dispose() { } }",
        "partial struct Cell; partial struct Cell : System.IDisposable { public void Dispose() { } }")]
    public Task NotAPlainStruct_BecomesOne(string before, string after) => FixMarkup.Verify(
        "LSTM002", "Make 'Cell' a 'partial struct'", $"{Attribute} {before}", $"{Attribute} {after}");

    [Theory]
    [InlineData("enum Cell { }")]
    [InlineData("delegate void Cell();")]
    [InlineData("class Cell : System.Exception { }")]
    [InlineData("class Cell { protected void M() { } }")]
    [InlineData("class Cell { ~Cell() { } }")]
    public async Task WhatCannotBeAStruct_IsNotOffered(string declaration) =>
        Assert.Empty(await FixMarkup.Titles("LSTM002", $"{Attribute} {declaration}"));

    [Theory]
    [InlineData("LstmCell", "Input = 0, Hidden = 4", "Input = 1", "Input = 1, Hidden = 4")]
    [InlineData("LstmCell", "Input = 2, Hidden = -1 ", "Hidden = 1", "Input = 2, Hidden = 1 ")]
    [InlineData("LstmCell", "Input = int.MaxValue, Hidden = 4", "Input = 1024", "Input = 1024, Hidden = 4")]
    [InlineData("LstmNetwork", "Input = 2, Hidden = 4, Output = 1025", "Output = 1024", "Input = 2, Hidden = 4, Output = 1024")]
    [InlineData("LstmNetwork", "Input = 2, Hidden = 4, Output = 1, Layers = 9", "Layers = 8", "Input = 2, Hidden = 4, Output = 1, Layers = 8")]
    [InlineData("LstmNetwork", "Input = 2, Hidden = 0, Output = 1, Layers = 2", "Hidden = 1", "Input = 2, Hidden = 1, Output = 1, Layers = 2")]
    [InlineData("DeepChain", "Layers = 1001", "Layers = 1000", "Layers = 1000")]
    [InlineData("DeepChain", "Layers = 2, Width = 8 * 3", "Width = 16", "Layers = 2, Width = 16")]
    [InlineData("DeepChain", "Layers = 2, Width = 0", "Width = 1", "Layers = 2, Width = 1")]
    public Task SizeOutOfRange_BecomesTheNearest(string attribute, string before, string title, string after) => FixMarkup.Verify(
        "LSTM003", $"Write '{title}'", $"[Lstm.{attribute}({before})] partial struct Model;", $"[Lstm.{attribute}({after})] partial struct Model;");

    [Theory]
    [InlineData("LstmCell", "Input = 3, Hidden = 5", "LstmCell(Input = 3, Hidden = 5)")]
    [InlineData("LstmCell(Input = 2)", "Hidden = 5", "LstmCell(Input = 2, Hidden = 5)")]
    [InlineData("LstmNetworkAttribute(Input = 2, Hidden = 3)", "Output = 1", "LstmNetworkAttribute(Input = 2, Hidden = 3, Output = 1)")]
    [InlineData("DeepChain( )", "Layers = 50", "DeepChain(Layers = 50 )")]
    public Task MissingSize_IsAdded(string before, string title, string after) => FixMarkup.Verify(
        "LSTM003", $"Add '{title}'", $"using Lstm; [{before}] partial struct Model;", $"using Lstm; [{after}] partial struct Model;");

    [Fact]
    public Task FileLocal_BecomesInternal() => FixMarkup.Verify(
        "LSTM006",
        "Write 'internal' instead of 'file'",
        $"{Attribute} file partial struct Cell; file partial struct Cell {{ }}",
        $"{Attribute} internal partial struct Cell; internal partial struct Cell {{ }}");

    [Theory]
    [InlineData("", "Lstm.Unrolling.Full", "Lstm.Unrolling.Auto")]
    [InlineData("using Lstm; ", "Unrolling.Full", "Unrolling.Auto")]
    [InlineData("using Lstm; ", "(Unrolling)1", "Unrolling.Auto")]
    public Task TooLargeToUnroll_BecomesAuto(string usings, string before, string after) => FixMarkup.Verify(
        "LSTM008",
        "Write 'Unrolling.Auto'",
        $"{usings}[Lstm.LstmCell(Input = 1, Hidden = 100, Unrolling = {before})] partial struct Model;",
        $"{usings}[Lstm.LstmCell(Input = 1, Hidden = 100, Unrolling = {after})] partial struct Model;");

    [Theory]
    [InlineData("Accuracy = (Lstm.Accuracy)7", "Accuracy.Strict", "Accuracy = Lstm.Accuracy.Strict")]
    [InlineData("Unrolling = (Lstm.Unrolling)3", "Unrolling.None", "Unrolling = Lstm.Unrolling.None")]
    public Task UndefinedValue_BecomesAValueOfTheEnum(string before, string title, string after) => FixMarkup.Verify(
        "LSTM010",
        $"Write '{title}'",
        $"[Lstm.LstmCell(Input = 1, Hidden = 1, {before})] partial struct Model;",
        $"[Lstm.LstmCell(Input = 1, Hidden = 1, {after})] partial struct Model;");

    [Fact]
    public async Task UndefinedValue_OffersEachValue() => Assert.Equal(
        ["Write 'ChainKind.Diagonal'", "Write 'ChainKind.Dense'"],
        await FixMarkup.Titles("LSTM010", "[Lstm.DeepChain(Layers = 1, Kind = (Lstm.ChainKind)9)] partial struct Chain;"));

    [Theory]
    [InlineData("Lstm.LstmCell(Input = 1, Hidden = 2)", "Lstm.LstmCell(Input = 1, Hidden = 2, Arithmetic = Lstm.Arithmetic.Portable)")]
    [InlineData(
        "Lstm.LstmCell(Arithmetic = Lstm.Arithmetic.Fused, Input = 1, Hidden = 2)",
        "Lstm.LstmCell(Arithmetic = Lstm.Arithmetic.Portable, Input = 1, Hidden = 2)")]
    public Task BitsOfThisPlatformOnly_BecomePortable(string before, string after) => FixMarkup.Verify(
        "LSTM023",
        "Write 'Arithmetic = Arithmetic.Portable'",
        $"[assembly: Lstm.LstmPortable] [{before}] partial struct Model {{ }}",
        $"[assembly: Lstm.LstmPortable] [{after}] partial struct Model {{ }}");

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Explicit)]\n[{0}]\npartial struct Cell;", "[{0}]\npartial struct Cell;")]
    [InlineData("[{0}]\n[StructLayout(LayoutKind.Explicit)] // why\npartial struct Cell;", "[{0}]\n // why\npartial struct Cell;")]
    [InlineData("[StructLayout(LayoutKind.Explicit), {0}] partial struct Cell;", "[{0}] partial struct Cell;")]
    [InlineData("[{0}, StructLayout(LayoutKind.Explicit)] partial struct Cell;", "[{0}] partial struct Cell;")]
    public Task LayoutAttribute_IsRemoved(string before, string after)
    {
        const string Usings = "using System.Runtime.InteropServices;\n";
        string attribute = Attribute.Trim('[', ']');
        return FixMarkup.Verify(
            "LSTM015",
            "Remove [StructLayout]",
            Usings + before.Replace("{0}", attribute, System.StringComparison.Ordinal),
            Usings + after.Replace("{0}", attribute, System.StringComparison.Ordinal));
    }
}
