using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Lstm.Generators.Tests.CodeFixes;

public sealed class CopyFixTests
{
    private const string Types = """
        using System;
        using System.Collections.Generic;
        using Lstm;

        [LstmCell(Input = 1, Hidden = 32, Unrolling = Unrolling.None)] public partial struct Big;
        public struct Pair { public Big Big; }

        """;

    [Theory]
    [InlineData("static int M(Big big) => Big.InputSize;", "static int M(in Big big) => Big.InputSize;")]
    [InlineData("C(int n, Big big) { } static object N(Big[] all) => new C(1, all[0]);",
        "C(int n, in Big big) { } static object N(Big[] all) => new C(1, all[0]);")]
    [InlineData("static void N(Big[] all) { M(all[0], 1); static void M(Big big, int n) { } }",
        "static void N(Big[] all) { M(all[0], 1); static void M(in Big big, int n) { } }")]
    [InlineData("int this[Big big] => 0; int N(Big[] all) => this[all[0]] + this[default];",
        "int this[in Big big] => 0; int N(Big[] all) => this[all[0]] + this[default];")]
    [InlineData("static void M(Big.Gradient gradient) { }", "static void M(in Big.Gradient gradient) { }")]
    public async Task ParameterByValue_BecomesIn(string before, string after)
    {
        Solution solution = await FixMarkup.ApplyAll(
            "LSTM020", "in", FixAllScope.Document, Types + "class C { " + before + " }");
        Assert.Equal([Types + "class C { " + after + " }"], await FixMarkup.Texts(solution));
    }

    [Fact]
    public async Task ParameterByValue_BecomesRef_AndSoDoItsArguments()
    {
        Solution solution = await FixMarkup.Apply(
            "LSTM020",
            "Pass 'big' as 'ref'",
            Types + "public class C { public static void M(int n, Big big) { big.Initialize(1); } "
                + "void N(Big[] all) { M(1, all[0]); M(big: all[1], n: 2); } }",
            "class D { Big own; void N() { C.M(1, own); } }");
        Assert.Equal(
            [
                Types + "public class C { public static void M(int n, ref Big big) { big.Initialize(1); } "
                    + "void N(Big[] all) { M(1, ref all[0]); M(big: ref all[1], n: 2); } }",
                "class D { Big own; void N() { C.M(1, ref own); } }",
            ],
            await FixMarkup.Texts(solution));
    }

    [Theory]
    [InlineData("static void M(Big big) { big = default; }", "ref")]
    [InlineData("static void M(Big big) { Action f = () => big.Initialize(1); }", "")]
    [InlineData("static IEnumerable<int> M(Big big) { yield return 1; }", "")]
    [InlineData("static void M(Big big) { } static void N() { M(default); }", "in")]
    [InlineData("static void M(Big big) { } Action<Big> f = M;", "")]
    [InlineData("public virtual void M(Big big) { }", "")]
    [InlineData("interface I { void M(Big big); }", "")]
    [InlineData("delegate void D(Big big);", "")]
    [InlineData("record R(Big Big);", "")]
    [InlineData("Big M() => default;", "")]
    [InlineData("object M(ref Big big) => big;", "")]
    public async Task Parameter_IsOfferedWhatCompiles(string member, string kind)
    {
        string[] expected = kind.Length == 0 ? [] : [$"Pass 'big' as '{kind}'"];
        Assert.Equal(expected, await FixMarkup.Titles("LSTM020", Types + "class C { " + member + " }"));
    }

    [Theory]
    [InlineData("static void M(ref Big a) { Big b = a; }", "b", "ref readonly", "static void M(ref Big a) { ref readonly Big b = ref a; }")]
    [InlineData("static void M(Big[] a) { var b = a[0]; b.Initialize(1); }", "b", "ref",
        "static void M(Big[] a) { ref var b = ref a[0]; b.Initialize(1); }")]
    [InlineData("Pair pair; void M() { var b = (this.pair.Big); }", "b", "ref readonly",
        "Pair pair; void M() { ref readonly var b = ref this.pair.Big; }")]
    public Task LocalCopy_BecomesAReference(string before, string name, string kind, string after) => Verify(
        "LSTM020", $"Make '{name}' '{kind}'", before, after);

    [Theory]
    [InlineData("static void M(in Big a) { Big b = a; }", "Make 'b' 'ref readonly'")]
    [InlineData("static void M(Big[] a) { Big b = a[0]; b = default; }", "Make 'b' 'ref'")]
    [InlineData("static void M(List<Big> a) { Big b = a[0]; }")]
    [InlineData("static void M(Big[] a) { Big b = a[0], c = default; }")]
    public async Task LocalCopy_IsOfferedWhatCompiles(string member, params string[] titles) =>
        Assert.Equal(titles, await FixMarkup.Titles("LSTM020", Types + "class C { " + member + " }"));

    [Theory]
    [InlineData("static void M(Big[] all) { foreach (Big big in all) { } }", "ref", "foreach (ref Big big in all.AsSpan())")]
    [InlineData("static void M(Big[]? all) { foreach (var big in all ?? []) { } }", "ref", "foreach (ref var big in (all ?? []).AsSpan())")]
    [InlineData("static void M(Span<Big> all) { foreach (Big big in all) { } }", "ref", "foreach (ref Big big in all)")]
    [InlineData("static void M(ReadOnlySpan<Big> all) { foreach (Big big in all) { } }", "ref readonly", "foreach (ref readonly Big big in all)")]
    public Task LoopByValue_BecomesOneOverReferences(string before, string kind, string loop)
    {
        int start = before.IndexOf("foreach", StringComparison.Ordinal);
        int end = before.IndexOf(" { } }", StringComparison.Ordinal);
        return Verify("LSTM020", $"Make 'big' '{kind}'", before, before[..start] + loop + before[end..]);
    }

    [Fact]
    public async Task LoopOverAList_HasNoFix() => Assert.Empty(await FixMarkup.Titles(
        "LSTM020", Types + "class C { static void M(List<Big> all) { foreach (Big big in all) { } } }"));

    [Theory]
    [InlineData("private readonly Big net; void M() { net.Initialize(1); }", "Make 'net' writable",
        "private Big net; void M() { net.Initialize(1); }")]
    [InlineData("readonly Pair pair; void M() { this.pair.Big.Initialize(1); }", "Make 'pair' writable",
        "Pair pair; void M() { this.pair.Big.Initialize(1); }")]
    [InlineData("static void M(in Big net) { net.Initialize(1); } static void N(Big[] a) { M(a[0]); M(in a[1]); }", "Pass 'net' as 'ref'",
        "static void M(ref Big net) { net.Initialize(1); } static void N(Big[] a) { M(ref a[0]); M(ref a[1]); }")]
    [InlineData("static void M(ref readonly Big net) { net.Initialize(1); }", "Pass 'net' as 'ref'",
        "static void M(ref Big net) { net.Initialize(1); }")]
    [InlineData("static void M(Big[] a) { ref readonly Big net = ref a[0]; net.Initialize(1); }", "Make 'net' 'ref'",
        "static void M(Big[] a) { ref Big net = ref a[0]; net.Initialize(1); }")]
    [InlineData("static void M(Big[] a) { foreach (var net in a) { net.Initialize(1); } }", "Make 'net' 'ref'",
        "static void M(Big[] a) { foreach (ref var net in a.AsSpan()) { net.Initialize(1); } }")]
    [InlineData("struct S { Big net; public readonly void M() { net.Initialize(1); } }", "Make the member writable: without 'readonly'",
        "struct S { Big net; public void M() { net.Initialize(1); } }")]
    [InlineData("} public partial struct Big { public readonly void M() { Initialize(1); }", "Make the member writable: without 'readonly'",
        "} public partial struct Big { public void M() { Initialize(1); }")]
    [InlineData("struct S { Big net; int P { readonly get { this.net.Initialize(1); return 0; } set { } } }",
        "Make the member writable: without 'readonly'",
        "struct S { Big net; int P { get { this.net.Initialize(1); return 0; } set { } } }")]
    public Task LostWrite_ReachesTheVariable(string before, string title, string after) => Verify("LSTM022", title, before, after);

    [Theory]
    [InlineData("readonly struct S { readonly Big net; public void M() { net.Initialize(1); } }")]
    [InlineData("static void M(List<Big> list) { list[0].Initialize(1); }")]
    [InlineData("Big Own { get; set; } void M() { Own.Initialize(1); }")]
    [InlineData("static void M(in Big net) { net.Initialize(1); } static void N() { M(default); }")]
    public async Task LostWriteThatNeedsMore_HasNoFix(string member) =>
        Assert.Empty(await FixMarkup.Titles("LSTM022", Types + "class C { " + member + " }"));

    private static Task Verify(string id, string title, string before, string after) =>
        FixMarkup.Verify(id, title, Types + "class C { " + before + " }", Types + "class C { " + after + " }");
}
