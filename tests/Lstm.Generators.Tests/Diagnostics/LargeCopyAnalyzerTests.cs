using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

public sealed class LargeCopyAnalyzerTests
{
    /// <summary>
    /// What a user has after generation, bodies left out. Big takes 4 bytes * 4 gates * 32 units * (1 + 1 + 32) weights = 17,408 bytes, Wide
    /// 8 * 4 * 24 * (1 + 1 + 24) = 19,968, Small 2,688.
    /// </summary>
    private const string Types = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.CodeAnalysis;
        using Lstm;

        [LstmCell(Input = 1, Hidden = 32)]
        public partial struct Big
        {
            static float number;
            public const int InputSize = 1;
            public Span<float> Parameters => default;
            public ref float W(Gate gate, int row, int column) => ref number;
            public readonly void Step(ReadOnlySpan<float> x, ref State state) { }
            public struct State { public void Reset() { } }
            public struct Gradient { public void Clear() { } }
        }

        [LstmCell(Input = 1, Hidden = 12)] public partial struct Small { public struct Gradient { } }
        [LstmCell(Input = 1, Hidden = 24, Scalar = Scalar.Double)] public partial struct Wide { public struct Gradient { } }
        [LstmNetwork(Input = 1, Hidden = 512, Output = 1, Layers = 8)] public partial struct Deep { public struct State { } }
        [LstmCell(Input = 1, Hidden = 32, Backward = false)] public partial struct Runs { public struct Gradient { } }
        [LstmCell(Input = 0, Hidden = 900)] public partial struct Wrong;
        public struct Other;
        public static class Sink
        {
            public static void Use<T>(T value) { }
            public static void Keep(in Big big) { }
            public static void Fill(ref Big big) { }
        }

        """;

    [Theory]
    [InlineData("void M({|LSTM020:Big|} big) { }")]
    [InlineData("C({|LSTM020:Big|} big) { }")]
    [InlineData("int this[{|LSTM020:Big|} big] => 0;")]
    [InlineData("delegate void D({|LSTM020:Big|} big);")]
    [InlineData("void M() { void Local({|LSTM020:Big|} big) { } }")]
    [InlineData("void M() { var f = (int n, {|LSTM020:Big|} big) => n; }")]
    [InlineData("void M() { Action<Big> f = {|LSTM020:big|} => { }; }")]
    [InlineData("interface I { void M({|LSTM020:Big|} big); }")]
    [InlineData("record R({|LSTM020:Big|} Big);")]
    public Task ParameterByValue_IsReportedOnItsType(string member) => Verify(
        member, "passed by value", "'in Big' or 'ref Big'");

    [Theory]
    [InlineData("Big.Gradient", 17408)]
    [InlineData("Deep.State", 32768)]
    [InlineData("Wide", 19968)]
    [InlineData("Wide.Gradient", 19968)]
    [InlineData("Runs", 17408)]
    [InlineData("Deep", 62990340)]
    public Task NestedAndNetworkTypes_AreMeasuredToo(string type, int bytes) => Verify(
        $"void M(int n, {{|LSTM020:{type}|}} value) {{ }}", "passed by value", $"'in {type}' or 'ref {type}'", type, bytes);

    [Theory]
    [InlineData("{|LSTM020:Big|} M() => default;")]
    [InlineData("{|LSTM020:Big|} M() { return field; } Big field;")]
    [InlineData("{|LSTM020:Big|} Property { get; set; }")]
    [InlineData("{|LSTM020:Big|} this[int i] => default;")]
    [InlineData("delegate {|LSTM020:Big|} D();")]
    [InlineData("abstract class A { public abstract {|LSTM020:Big|} M(); } class B : A { public override Big M() => default; }")]
    [InlineData("void M() { {|LSTM020:Big|} Local() => new(); }")]
    [InlineData("static {|LSTM020:Big|} M(ref Big big) => big;")]
    public Task ResultByValue_IsReportedOnItsType(string member) => Verify(
        member, "returned by value", "'ref Big', or a parameter 'ref Big' that is filled");

    [Theory]
    [InlineData("void M(ref Big a) { var b = {|LSTM020:a|}; }")]
    [InlineData("void M(in Big a) { Big b; b = {|LSTM020:a|}; }")]
    [InlineData("Big field; void M() { Big local = default; field = {|LSTM020:local|}; }")]
    [InlineData("static void M(Big[] array) { array[1] = {|LSTM020:array[0]|}; }")]
    [InlineData("static void M(Span<Big> span) { span[1] = {|LSTM020:span[0]|}; }")]
    [InlineData("Big field; static void M(C c) { Big b = {|LSTM020:c.field|}; }")]
    [InlineData("static ref Big Get(Big[] a) => ref a[0]; static void M(Big[] a) { Big b = {|LSTM020:Get(a)|}; }")]
    [InlineData("Big field; static void M(ref Big a) { var c = new C { field = {|LSTM020:a|} }; }")]
    [InlineData("static void M(ref Big a) { var b = {|LSTM020:a|} with { }; }")]
    [InlineData("static void M(ref Big a) { var b = ({|LSTM020:a|}, 1); }")]
    [InlineData("static void M(ref Big a) { Big[] b = { {|LSTM020:a|} }; }")]
    [InlineData("static void M(ref Big a, ref Big b, bool first) { Big c = first ? {|LSTM020:a|} : {|LSTM020:b|}; }")]
    [InlineData("static void M(ref Big a) { Sink.Use({|LSTM020:a|}); }")]
    [InlineData("static void M(ref Big a, Action<Big> f) { f({|LSTM020:a|}); }")]
    [InlineData("static void M(List<Big> list, ref Big a) { list.Add({|LSTM020:a|}); }")]
    [InlineData("static void M(Big[] a) { Func<Big> f = () => {|LSTM020:a[0]|}; }")]
    [InlineData("static void M(ref Big a) { object b = {|LSTM020:a|}; }")]
    [InlineData("static void M(ref Big a) { Console.WriteLine($\"{{|LSTM020:a|}}\"); }")]
    [InlineData("static void M(ref Big a) { Big? b = {|LSTM020:a|}; }")]
    [InlineData("static IEnumerable<Big> M(Big[] a) { yield return {|LSTM020:a[0]|}; }")]
    public Task Copy_IsReportedOnWhatIsCopied(string member) => Verify(
        member, "copied by value", "'ref Big' or 'in Big' to use it where it is");

    [Theory]
    [InlineData("static void M(Big[] cells) { foreach (var {|LSTM020:cell|} in cells) { } }")]
    [InlineData("static void M(Span<Big> cells) { foreach (Big {|LSTM020:cell|} in cells) { } }")]
    [InlineData("static void M(IEnumerable<Big> cells) { foreach (var {|LSTM020:cell|} in cells) { } }")]
    public Task LoopByValue_IsReportedOnTheVariable(string member) => Verify(
        member, "copied in every iteration", "'foreach (ref Big cell in ...)' over a span");

    [Theory]
    [InlineData("static void M(List<Big> list) { Big b = {|LSTM020:list[0]|}; }")]
    [InlineData("static void M(List<Big> list) { {|LSTM020:list[0]|}.W(Gate.Save, 0, 0) = 1; }")]
    [InlineData("static void M(Stack<Big> stack) { {|LSTM020:stack.Pop()|}.Parameters.Clear(); }")]
    public Task ValueFromALibrary_IsReportedWhereItIsTaken(string member) => Verify(
        member, "returned by value", "something that gives a 'ref' to it, such as an array, a span or a field");

    [Theory]
    [InlineData("void M() { object o = {|LSTM020:new Big()|}; }")]
    [InlineData("void M() { ValueType o = {|LSTM020:default(Big)|}; }")]
    public Task BoxedNewValue_IsReportedOnIt(string member) => Verify(member, "boxed", "a class that has it as a field");

    [Theory]
    [InlineData("static void M(in Big a) { {|LSTM020:a|}.W(Gate.Save, 0, 0) = 1; }", "W", "'a' is a read-only parameter", "'ref Big'")]
    [InlineData(
        "readonly Big field; void M() { var p = {|LSTM020:field|}.Parameters; }", "Parameters", "'field' is a readonly field",
        "the field without 'readonly'")]
    [InlineData(
        "static void M(ReadOnlySpan<Big> a) { {|LSTM020:a[0]|}.W(Gate.Save, 0, 0) = 1; }", "W", "'a[0]' is read-only",
        "a 'Span<Big>', 'ref Big' as the type that is returned, or a copy in a variable")]
    [InlineData(
        "static void M(Big[] a) { ref readonly Big b = ref a[0]; {|LSTM020:b|}.W(Gate.Save, 0, 0) = 1; }", "W", "'b' is a 'ref readonly' local",
        "'ref Big'")]
    [InlineData(
        "struct S { public Big big; } static void M(in S s) { {|LSTM020:s.big|}.W(Gate.Save, 0, 0) = 1; }", "W", "'s' is a read-only parameter",
        "'ref S'")]
    [InlineData("static void M(ref readonly Big a) { {|LSTM020:a|}.W(Gate.Save, 0, 0) = 1; }", "W", "'a' is a read-only parameter", "'ref Big'")]
    public Task HiddenCopy_IsReportedWithItsCause(string member, string called, string cause, string instead) =>
        Verify(member, $"copied to call '{called}', because {cause}", instead);

    [Fact]
    public Task InheritedMember_IsReportedBecauseItBoxes() => Verify(
        "static void M(ref Big a) { var t = {|LSTM020:a|}.GetHashCode(); }",
        "boxed to call 'GetHashCode'",
        "a 'GetHashCode' of its own, or do without the call");

    [Theory]
    [InlineData("Big field = new Big(); Big other = default; static readonly Big Shared = new();")]
    [InlineData("void M() { Big a = new Big(); Big b = default; b = new(); a = default; _ = a; }")]
    [InlineData("void M(in Big a, ref Big b, out Big c, ref readonly Big d) { c = default; Sink.Keep(in a); Sink.Keep(a); Sink.Fill(ref b); }")]
    [InlineData("static ref Big M(Big[] a) { ref Big b = ref a[0]; b = ref a[1]; return ref b; }")]
    [InlineData("static ref Big M(bool first, ref Big a, ref Big b) => ref first ? ref a : ref b;")]
    [InlineData("static ref Big Local(Big[] a) { ref Big Get() => ref a[0]; return ref Get(); }")]
    [InlineData("ref struct Holder { public ref Big Big; public ref Big Property => ref Big; }")]
    [InlineData("static void M(Span<Big> cells) { foreach (ref Big cell in cells) { cell.W(Gate.Save, 0, 0) = 1; } " +
        "foreach (ref readonly Big cell in cells) { } }")]
    [InlineData("static void M(ref Big a, in Big b, ref Big.State s) { a.W(Gate.Save, 0, 0) = 1; a.Parameters.Clear(); b.Step(default, ref s); " +
        "s.Reset(); }")]
    [InlineData("Big field; readonly Big fixedField; C() { fixedField.Parameters.Clear(); field.Parameters.Clear(); } " +
        "void M(ref Big.State s) { fixedField.Step(default, ref s); field.W(Gate.Save, 0, 0)++; }")]
    [InlineData("static int M(Big[] a) => a.Length + Big.InputSize + nameof(a).Length + System.Runtime.CompilerServices.Unsafe.SizeOf<Big>();")]
    [InlineData("static unsafe void M(Big* p) { p->W(Gate.Save, 0, 0) = 1; Big* q = &p[0]; }")]
    [InlineData("static void M(Big[] a) { Action f = () => a[0].W(Gate.Save, 0, 0) = 1; var s = new Span<Big>(ref a[0]); a[0] = default; " +
        "a.AsSpan().Clear(); }")]
    [InlineData("static void M(Small a, Big.State s, Small.Gradient g, Other o, Wrong w) { var b = a; var t = s; object x = g; " +
        "foreach (var c in new Small[2]) { } }")]
    [InlineData("static void M(Runs.Gradient ofTheUsersOwn) { var copy = ofTheUsersOwn; }")]
    [InlineData("static (Big, int) Tuple() => default; static void M() { Big a, b; (a, b) = (default(Big), default(Big)); }")]
    [InlineData("class Generic<T> { T M(T a) { var b = a; return b; } } Generic<Big> g = new();")]
    public Task UseInPlace_ReportsNothing(string member) => AnalyzerMarkup.Verify<LargeCopyAnalyzer>(Types + "class C { " + member + " }");

    [Theory]
    [InlineData("object M() => {|LSTM021:new Deep[2]|};")]
    [InlineData("object M() => {|LSTM021:new List<Deep>()|};")]
    public Task ArrayOfWhatTheRuntimeRefuses_ReportsLstm021(string member) =>
        AnalyzerMarkup.Verify<LargeCopyAnalyzer>(Types + "class C { " + member + " }");

    [Fact]
    public Task ArrayElementTooLarge_SaysWhatToWriteInstead() => AnalyzerMarkup.Verify<LargeCopyAnalyzer>(
        Types + "class C { object M() => {|LSTM021:new Deep[2]|}; object N() => new Big[2]; object O() => new Deep[2][]; }",
        "'Deep' (62990340 bytes) is larger than the 65535 bytes that the runtime allows an array's element: write a field or an AlignedMemory<Deep>");

    /// <summary>16 units of 239 and of 238 inputs take 65,536 and 65,280 bytes.</summary>
    [Fact]
    public Task ArrayElementOf64KiB_IsTheFirstThatIsTooLarge() => AnalyzerMarkup.Verify<LargeCopyAnalyzer>("""
        [Lstm.LstmCell(Input = 239, Hidden = 16)] public partial struct Over { }
        [Lstm.LstmCell(Input = 238, Hidden = 16)] public partial struct Within { }
        class C { object M() => {|LSTM021:new Over[1]|}; object N() => new Within[1]; }
        """);

    [Fact]
    public Task Pragma_SuppressesTheWarning() => AnalyzerMarkup.Verify<LargeCopyAnalyzer>(Types + """
        class C
        {
        #pragma warning disable LSTM020
            void M(Big big) { }
        #pragma warning restore LSTM020
            void N({|LSTM020:Big|} big) { }
        }
        """);

    [Fact]
    public async Task GeneratedCode_IsLeftAlone()
    {
        CSharpCompilation compilation = TestCompilation.Create([Types, "// <auto-generated/>\nclass C { void M(Big big) { var b = big; } }"]);
        Assert.Empty(await AnalyzerMarkup.Report<LargeCopyAnalyzer>(compilation));
    }

    [Fact]
    public async Task StructOfAReferencedAssembly_IsMeasuredToo()
    {
        CSharpCompilation compilation = TestCompilation.CreateReferencing(
            Types, "class C { void M(Big big) { } }");
        Assert.Equal("LSTM020", Assert.Single(await AnalyzerMarkup.Report<LargeCopyAnalyzer>(compilation)).Id);
    }

    private static Task Verify(string member, string what, string instead, string type = "Big", int bytes = 17408)
    {
        int count = member.Split("{|LSTM020").Length - 1;
        return AnalyzerMarkup.Verify<LargeCopyAnalyzer>(
            Types + "class C { " + member + " }",
            [.. Enumerable.Repeat($"'{type}' ({bytes} bytes) is {what}: write {instead}", count)]);
    }
}
