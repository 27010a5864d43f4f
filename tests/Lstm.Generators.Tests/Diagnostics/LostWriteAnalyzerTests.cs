using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

public sealed class LostWriteAnalyzerTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;
        using Lstm;

        """;

    /// <summary>What a user has after generation, bodies left out; with members of the user's own.</summary>
    private const string Types = Usings + """
        [LstmNetwork(Input = 1, Hidden = 4, Output = 1)]
        public partial struct Net
        {
            static float number;
            public Span<float> Parameters => default;
            public ref float W(int layer, Gate gate, int row, int column) => ref number;
            public ref float U(int layer, Gate gate, int row, int column) => ref number;
            public ref float B(int layer, Gate gate, int row) => ref number;
            public ref float V(int row, int column) => ref number;
            public ref float C(int row) => ref number;
            public void Initialize(ulong seed, float rememberBias = 1) { }
            public void ImportParameters(ReadOnlySpan<float> source) { }
            public readonly void ExportParameters(Span<float> destination) { }
            public void Load(object model) { }
            public void Descend(in Gradient gradient, float learningRate) { }
            public readonly void Step(ReadOnlySpan<float> x, ref State state) { }
            public struct State : IState<float>
            {
                public Span<float> LongTermMemory(int layer) => default;
                public void Reset() { }
                public void Load(object model) { }
                public void Import(ReadOnlySpan<float> source) { }
            }
            public struct Gradient : IGradient<float>
            {
                public Span<float> Values => default;
                public ref float W(int layer, Gate gate, int row, int column) => ref number;
                public void Clear() { }
            }
        }

        public partial struct Net { public void Print() { } }
        public struct Plain { public void Initialize(ulong seed) { } }
        public struct Pair { public Net Net; }
        public sealed class Box { public Net Net; public Net Copied => Net; public ref Net Referred => ref Net; }

        namespace Lstm
        {
            public interface IState<TNumber> { void Reset(); void Import(ReadOnlySpan<TNumber> source); }
            public interface IGradient<TNumber> { Span<TNumber> Values { get; } void Clear(); }
        }

        """;

    [Theory]
    [InlineData("Initialize(1)")]
    [InlineData("Descend(default, 0.1f)")]
    [InlineData("ImportParameters(new float[3])")]
    [InlineData("Load(null!)")]
    [InlineData("W(0, Gate.Save, 0, 0) = 1")]
    [InlineData("U(0, Gate.Save, 0, 0) += 1")]
    [InlineData("B(0, Gate.Save, 0)++")]
    [InlineData("V(0, 0) *= 2")]
    [InlineData("C(0) = 1")]
    [InlineData("Parameters[0] = 1")]
    [InlineData("Parameters[1..][0]--")]
    [InlineData("Parameters[^1] = 1")]
    [InlineData("Parameters.Fill(1)")]
    [InlineData("Parameters.Slice(1).Clear()")]
    public Task Write_OnAReadonlyField_IsReported(string write) => Verify(
        $"readonly Net net; void M() {{ {{|LSTM022:net|}}.{write}; }}",
        $"'{write.Split('(', '[', '.')[0]}' works on a copy of 'net', because 'net' is a readonly field: the weights of 'net' stay as they are; "
            + "write the field without 'readonly'");

    [Theory]
    [InlineData("new float[3].CopyTo({|LSTM022:net|}.Parameters);")]
    [InlineData("new Random(1).NextBytes(MemoryMarshal.AsBytes({|LSTM022:net|}.Parameters));")]
    [InlineData("{|LSTM022:net|}.Parameters.Reverse();")]
    [InlineData("Set(out {|LSTM022:net|}.C(0));")]
    [InlineData("Swap(ref {|LSTM022:net|}.C(0), ref {|LSTM022:net|}.Parameters[1]);")]
    [InlineData("Fill({|LSTM022:net|}.Parameters, 1);")]
    [InlineData("Span<float> weights = {|LSTM022:net|}.Parameters; weights[0] = 1;")]
    [InlineData("var weights = {|LSTM022:net|}.Parameters; Fill(weights.Slice(1), 1);")]
    [InlineData("ref float weight = ref {|LSTM022:net|}.C(0); weight = 1;")]
    [InlineData("foreach (ref float weight in {|LSTM022:net|}.Parameters) { weight *= 2; }")]
    [InlineData("float other = 1; ({|LSTM022:net|}.C(0), other) = (1, 2);")]
    [InlineData("float other = 1; (other, (other, {|LSTM022:net|}.W(0, Gate.Save, 0, 0))) = (1, (2, 3));")]
    [InlineData("Span<float> weights; weights = {|LSTM022:net|}.Parameters; weights[0] = 1;")]
    [InlineData("var holder = new Holder { Span = {|LSTM022:net|}.Parameters };")]
    [InlineData("var holder = new Holder(); holder.Span = {|LSTM022:net|}.Parameters;")]
    [InlineData("Action<ulong, float> start = {|LSTM022:net|}.Initialize;")]
    [InlineData("Action start = () => {|LSTM022:net|}.Initialize(1);")]
    public Task WriteThroughAReference_IsReported(string statement) => Verify(
        "readonly Net net; static void Set(out float number) => number = 0; static void Swap(ref float a, ref float b) { } "
        + "static void Fill(Span<float> span, float value) { } ref struct Holder { public Span<float> Span; } void M() { " + statement + " }");

    [Theory]
    [InlineData("static readonly Net net; static void M() { {|LSTM022:net|}.Initialize(1); }", "'net' is a readonly field")]
    [InlineData("static void M(in Net net) { {|LSTM022:net|}.Initialize(1); }", "'net' is a read-only parameter")]
    [InlineData("static void M(ref readonly Net net) { {|LSTM022:net|}.Initialize(1); }", "'net' is a read-only parameter")]
    [InlineData("static void M(Net[] a) { ref readonly Net net = ref a[0]; {|LSTM022:net|}.Initialize(1); }", "'net' is a 'ref readonly' local")]
    [InlineData("static void M(List<Net> list) { {|LSTM022:list[0]|}.Initialize(1); }", "'list[0]' is returned by value")]
    [InlineData("static void M(IList<Net> list) { {|LSTM022:list[0]|}.Initialize(1); }", "'list[0]' is returned by value")]
    [InlineData("static void M(List<Net> list) { {|LSTM022:list[^1]|}.Initialize(1); }", "'list[^1]' is returned by value")]
    [InlineData("static void M(ReadOnlySpan<Net> span) { {|LSTM022:span[^1]|}.Initialize(1); }", "'span[^1]' is read-only")]
    [InlineData("static void M(List<Pair> list) { {|LSTM022:list[^2].Net|}.Initialize(1); }", "'list[^2]' is returned by value")]
    [InlineData("static void M(Dictionary<int, Net> all) { {|LSTM022:all[3]|}.Initialize(1); }", "'all[3]' is returned by value")]
    [InlineData("static ref readonly Net Get() => throw null!; static void M() { {|LSTM022:Get()|}.Initialize(1); }", "'Get()' is read-only")]
    [InlineData("static void M(ReadOnlySpan<Net> span) { {|LSTM022:span[0]|}.Initialize(1); }", "'span[0]' is read-only")]
    [InlineData("Net Own { get; set; } void M() { {|LSTM022:Own|}.Initialize(1); }", "'Own' is returned by value")]
    [InlineData("Net Own { get; } C() { {|LSTM022:Own|}.Initialize(1); }", "'Own' is returned by value")]
    [InlineData("static void M(Box box) { {|LSTM022:box.Copied|}.Initialize(1); }", "'box.Copied' is returned by value")]
    [InlineData("static void M(Box? box) { box?{|LSTM022:.Copied|}.Initialize(1); }", "'Copied' is returned by value")]
    [InlineData("static void M(Net? net) { {|LSTM022:net.Value|}.Initialize(1); }", "'net.Value' is returned by value")]
    [InlineData("static void M(Net? net) { {|LSTM022:net|}?.Initialize(1); }", "'?.' takes the value out of a nullable")]
    [InlineData("static Net Make() => default; static void M() { {|LSTM022:Make()|}.Initialize(1); }", "'Make()' is returned by value")]
    [InlineData("static void M(Func<Net> make) { {|LSTM022:make()|}.Initialize(1); }", "'make()' is returned by value")]
    [InlineData("static async Task M(Task<Net> net) { ({|LSTM022:await net|}).Initialize(1); }", "'await' returns a value")]
    [InlineData("static void M(object net) { ({|LSTM022:(Net)net|}).Initialize(1); }", "a cast is a value")]
    [InlineData("static void M(bool first, ref Net a, ref Net b) { ({|LSTM022:first ? a : b|}).Initialize(1); }", "the expression is a value")]
    [InlineData("static void M(Net? a, Net b) { ({|LSTM022:a ?? b|}).Initialize(1); }", "the expression is a value")]
    [InlineData("static void M(Net[] nets) { ({|LSTM022:nets[0] = nets[1]|}).Initialize(1); }", "an assignment is a value")]
    public Task WhatIsCopiedFirst_IsReportedWithItsCause(string member, string cause) => VerifyCause(member, cause);

    [Theory]
    [InlineData("readonly Pair pair; void M() { {|LSTM022:pair.Net|}.Initialize(1); }", "'pair' is a readonly field")]
    [InlineData("static void M(in Pair pair) { {|LSTM022:pair.Net|}.Initialize(1); }", "'pair' is a read-only parameter")]
    [InlineData("static void M(List<Pair> list) { {|LSTM022:list[0].Net|}.Initialize(1); }", "'list[0]' is returned by value")]
    [InlineData("static void M(List<(Net, int)> list) { {|LSTM022:list[0].Item1|}.Initialize(1); }", "'list[0]' is returned by value")]
    [InlineData("struct S { Net net; readonly void M() { {|LSTM022:net|}.Initialize(1); } }", "'M' is a readonly member")]
    [InlineData("struct S { Net net; readonly int P { get { {|LSTM022:net|}.Initialize(1); return 0; } } }", "'P' is a readonly member")]
    [InlineData("readonly struct S(Net net) { public void M() { {|LSTM022:net|}.Initialize(1); } }", "'net' is read-only in this member")]
    [InlineData("readonly Net net; C(Action<Action> f) { f(() => {|LSTM022:net|}.Initialize(1)); }", "'net' is a readonly field")]
    [InlineData("readonly Net net; C(C other) { {|LSTM022:other.net|}.Initialize(1); }", "'other.net' is a readonly field")]
    [InlineData("static readonly Net net; C() { {|LSTM022:net|}.Initialize(1); }", "'net' is a readonly field")]
    public Task Chain_IsReportedWithTheCauseAtItsRoot(string member, string cause) => VerifyCause(member, cause);

    [Fact]
    public Task ReadonlyMemberOfTheStructItself_IsReported() => AnalyzerMarkup.Verify<LostWriteAnalyzer>(
        Types + "public partial struct Net { public readonly void Restart() { {|LSTM022:Initialize|}(1); {|LSTM022:this|}.C(0) = 1; } }");

    [Theory]
    [InlineData("foreach (var net in nets) { {|LSTM022:net|}.Initialize(1); }", "net")]
    [InlineData("foreach (Net net in nets) { {|LSTM022:net|}.C(0) = 1; }", "net")]
    [InlineData("foreach (var (net, i) in new List<(Net, int)>()) { {|LSTM022:net|}.Parameters.Clear(); }", "net")]
    [InlineData("foreach (var pair in new Pair[2]) { {|LSTM022:pair.Net|}.Initialize(1); }", "pair")]
    public Task LoopVariable_IsACopyOfTheElement(string loop, string variable) => VerifyCause(
        "static void M(Net[] nets) { " + loop + " }", $"the loop variable '{variable}' is declared by value: the weights of the element stay");

    [Theory]
    [InlineData("readonly Net.State state; void M() { {|LSTM022:state|}.Reset(); }", "memories")]
    [InlineData("readonly Net.State state; void M() { {|LSTM022:state|}.Load(this); }", "memories")]
    [InlineData("readonly Net.State state; void M() { {|LSTM022:state|}.Import(default); }", "memories")]
    [InlineData("static void M(List<Net.State> states) { {|LSTM022:states[0]|}.LongTermMemory(0)[1] = 1; }", "memories")]
    [InlineData("static void M<T>(in T state) where T : struct, IState<float> { {|LSTM022:state|}.Reset(); }", "memories")]
    [InlineData("static void M(in Net.Gradient gradient) { {|LSTM022:gradient|}.Clear(); }", "values")]
    [InlineData("static void M(in Net.Gradient gradient) { {|LSTM022:gradient|}.Values.Clear(); }", "values")]
    [InlineData("static void M(in Net.Gradient gradient) { {|LSTM022:gradient|}.W(0, Gate.Save, 0, 0) += 1; }", "values")]
    [InlineData("static void M(ref Net.Gradient gradient) { Action clear = {|LSTM022:gradient|}.Clear; }", "values")]
    [InlineData("static void M(ref Net.Gradient gradient) { ((IGradient<float>){|LSTM022:gradient|}).Clear(); }", "values")]
    [InlineData("static void M<T>(in T gradient) where T : struct, IGradient<float> { {|LSTM022:gradient|}.Clear(); }", "values")]
    [InlineData("class G<T> where T : unmanaged, IGradient<float> { readonly T own; void M() { {|LSTM022:own|}.Values[0] = 1; } }", "values")]
    public Task StatesAndGradients_AreCheckedToo(string member, string contents) => VerifyCause(member, $"the {contents} of ");

    [Theory]
    [InlineData("Net net; void M() { net.Initialize(1); net.C(0) = 1; net.Parameters.Clear(); }")]
    [InlineData("Net net; static void M(C c) { c.net.Initialize(1); }")]
    [InlineData("readonly Box box = new(); void M() { box.Net.Initialize(1); box.Referred.Initialize(1); }")]
    [InlineData("readonly Net[] nets = new Net[2]; void M() { nets[0].Initialize(1); }")]
    [InlineData("static void M(Net[,] nets, Pair[] pairs) { nets[0, 1].Initialize(1); pairs[0].Net.Initialize(1); }")]
    [InlineData("static Box Make() => new(); static void M() { Make().Net.Initialize(1); }")]
    [InlineData("static Box Make() => new(); static void M() { Make()?.Net.Initialize(1); }")]
    [InlineData("static ref Net Get(Net[] a) => ref a[0]; static void M(Net[] a) { Get(a).Initialize(1); }")]
    [InlineData("static void M(Span<Net> a) { a[0].Initialize(1); foreach (ref Net net in a) { net.Initialize(1); } }")]
    [InlineData("static void M(Net[] a, Span<Net> b) { a[^1].Initialize(1); b[^1].Initialize(1); a[1..][0].Initialize(1); }")]
    [InlineData("static void M(Net[] a) { ref Net net = ref a[0]; net.Initialize(1); }")]
    [InlineData("static void M(bool first, ref Net a, ref Net b) { (first ? ref a : ref b).Initialize(1); }")]
    [InlineData("static void M(AlignedMemory<Net> net) { net.Value.Initialize(1); net.GetSpan()[0].C(0) = 1; }")]
    [InlineData("static void M(ref Net a, out Net b, Net c) { b = default; a.Initialize(1); b.Initialize(1); c.Initialize(1); }")]
    [InlineData("static unsafe void M(Net* p) { p->Initialize(1); p[1].C(0) = 1; (*p).C(0) = 2; }")]
    [InlineData("static void M() { Net net = new(); (net).Initialize(1); Action start = () => net.Initialize(1); new Net().Initialize(1); }")]
    [InlineData("static void M(List<Net> list) { Net net = list[0]; net.Initialize(1); list[0] = net; }")]
    [InlineData("static void M(List<Net> list) { CollectionsMarshal.AsSpan(list)[0].Initialize(1); }")]
    [InlineData("static void M(object o) { if (o is Net net) { net.Initialize(1); } }")]
    [InlineData("readonly Net net; readonly Pair pair; C() { net.Initialize(1); this.pair.Net.C(0) = 1; }")]
    [InlineData("static readonly Net net; static C() { net.Initialize(1); }")]
    [InlineData("readonly Net net; int Seed { init { net.Initialize((ulong)value); } }")]
    [InlineData("struct S(Net net) { public void M() { net.Initialize(1); } }")]
    [InlineData("class D(Net net) { public void M() { net.Initialize(1); } }")]
    [InlineData("static void M<T>(ref T gradient) where T : struct, IGradient<float> { gradient.Clear(); gradient.Values[0] = 1; }")]
    [InlineData("static void M<T>(in T gradient) where T : class, IGradient<float> { gradient.Clear(); }")]
    [InlineData("static void M(List<IGradient<float>> boxes) { boxes[0].Clear(); }")]
    public Task Variable_ReportsNothing(string member) => Verify(member);

    [Theory]
    [InlineData("float f = net.C(0) + net.Parameters[0]; net.Step(default, ref state); net.ExportParameters(new float[4]);")]
    [InlineData("net.Parameters.CopyTo(new float[4]); net.Parameters.ToArray(); int n = net.Parameters.Length;")]
    [InlineData("Read(net.Parameters); ReadOnlySpan<float> weights = net.Parameters; Read(weights);")]
    [InlineData("var weights = net.Parameters; Read(weights); float f = weights[0]; weights = default;")]
    [InlineData("Span<float> other; other = net.Parameters; Read(other); float f, g; (f, g) = (net.C(0), other[0]);")]
    [InlineData("ref float weight = ref net.C(0); float f = weight; ref readonly float other = ref net.C(1); Get(in net.C(0));")]
    [InlineData("foreach (float weight in net.Parameters) { } int i = net.Parameters.IndexOf(1f); bool b = net.Parameters.SequenceEqual(default);")]
    [InlineData("Read(MemoryMarshal.AsBytes(net.Parameters)); string s = nameof(net.Initialize); net.Print();")]
    [InlineData("plain.Initialize(1); new List<Plain>()[0].Initialize(1);")]
    public Task Read_ReportsNothing(string statements) => Verify(
        "readonly Net net; readonly Plain plain; static void Read(ReadOnlySpan<float> span) { } static void Read(ReadOnlySpan<byte> span) { } "
        + "static float Get(in float number) => number; void M(ref Net.State state) { " + statements + " }");

    [Fact]
    public async Task GeneratedCode_IsLeftAlone()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            [Types, "// <auto-generated/>\nclass C { readonly Net net; void M() { net.Initialize(1); } }"]);
        Assert.Empty(await AnalyzerMarkup.Report<LostWriteAnalyzer>(compilation));
    }

    [Fact]
    public async Task MembersThatAreReallyGenerated_AreRecognized()
    {
        CSharpCompilation compilation = TestCompilation.Create(Usings + """
            [LstmCell(Input = 1, Hidden = 2)] public partial struct Cell;
            [DeepChain(Layers = 2)] public partial struct Chain;
            class C
            {
                readonly Cell cell; readonly Cell.State state; readonly Cell.Gradient gradient; readonly Chain chain;
                void M()
                {
                    cell.Initialize(1); cell.W(Gate.Save, 0, 0) = 1; cell.Descend(gradient, 1); cell.Parameters.Clear();
                    state.Reset(); state.WorkingMemory[0] = 1; gradient.Clear(); gradient.Values[0] = 1;
                    chain.Parameters.Fill(1); chain.Descend(default, 1);
                }
            }
            """);
        Assert.Equal(10, (await AnalyzerMarkup.Report<LostWriteAnalyzer>(GeneratorRun.Complete(compilation))).Length);
    }

    [Fact]
    public async Task StructOfAReferencedAssembly_IsRecognized()
    {
        CSharpCompilation compilation = TestCompilation.CreateReferencing(
            Types, "class C { readonly Net net; void M() { net.Initialize(1); net.Step(default, ref s); net.C(0) = 1; } Net.State s; }");
        Assert.Equal(["LSTM022", "LSTM022"], (await AnalyzerMarkup.Report<LostWriteAnalyzer>(compilation)).Select(diagnostic => diagnostic.Id));
    }

    private static Task Verify(string member, params string[] messages) =>
        AnalyzerMarkup.Verify<LostWriteAnalyzer>(Types + "class C { " + member + " }", messages);

    private static async Task VerifyCause(string member, string part)
    {
        await Verify(member);
        CSharpCompilation compilation = TestCompilation.Create(Types + "class C { " + member.Replace("{|LSTM022:", "").Replace("|}", "") + " }");
        Diagnostic reported = Assert.Single(await AnalyzerMarkup.Report<LostWriteAnalyzer>(compilation));
        Assert.Contains(part, reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }
}
