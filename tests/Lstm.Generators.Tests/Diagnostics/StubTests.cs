using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>
/// Programs that use a wrong declaration. Their users must see what is wrong with it, once, and no error about members that are missing because
/// of it.
/// </summary>
public sealed class StubTests
{
    private const string Cell = "[Lstm.LstmCell(Input = 4, Hidden = 16)] ";

    /// <summary>Uses everything public of a cell; NET and SELF stand for its type and for what its members are called on.</summary>
    private const string CellUser = """
        class Agent
        {
            private NET.State state;
            private NET net;
            static int Sizes => NET.InputSize + NET.HiddenSize + NET.ParameterCount + NET.TapeLength(3) + NET.TapeLength(3, 2);
            void Run(System.Span<float> x, ref NET.State other, System.Span<NET.State> many)
            {
                net.Initialize(1);
                net.Step(x, ref state); net.Step(x, ref other); net.Step(x, many);
                net.Forward(x, ref state, x); net.Forward(x, many, x); net.Forward(x, ref state, x, x); net.Forward(x, many, x, x);
                var gradient = new NET.Gradient();
                net.Backward(x, x, x, ref state, ref gradient); net.Backward(x, x, x, many, ref gradient, x);
                net.Descend(in gradient, 0.1f);
                net.W(Lstm.Gate.Save, 0, 0) = net.U(Lstm.Gate.Save, 0, 0) + net.B(Lstm.Gate.Save, 0) + gradient.B(Lstm.Gate.Save, 0);
                net.Parameters.Clear(); gradient.Values.Clear(); gradient.Clear();
                state.LongTermMemory.Clear(); state.WorkingMemory.Clear(); state.Reset();
            }
        }
        """;

    private const string NetworkUser = """
        class Agent
        {
            private NET.State state;
            private NET net;
            private float[] buffer = new float[NET.InputSize + NET.HiddenSize + NET.OutputSize + NET.LayerCount + NET.ParameterCount];
            void Run(System.Span<float> x, ref NET.State other, System.Span<NET.State> many)
            {
                net.Initialize(1, 0.5f);
                net.Step(x, ref state, x); net.Step(x, many, x);
                net.Forward(x, ref other, x); net.Forward(x, many, x, x);
                var gradient = new NET.Gradient();
                net.Backward(x, x, x, ref state, ref gradient);
                net.W(0, Lstm.Gate.Save, 0, 0) = net.V(0, 0) + net.C(0);
                state.LongTermMemory(0).Clear();
            }
        }
        """;

    private const string ChainUser = """
        class Agent
        {
            private NET net;
            private NET.Gradient gradient;
            private const int All = NET.LayerCount + NET.Width + NET.ParameterCount;
            float Run(System.Span<float> x, System.Span<double> log10)
            {
                net.GradientMagnitudes(x, 1, log10);
                net.Descend(in gradient, 1);
                return net.Forward(x) + net.Backward(x, 1, ref gradient, x) + net.Parameters[0];
            }
        }
        """;

    /// <summary>The id, a declaration of NET, and the compiler's errors that no generated member can prevent.</summary>
    public static TheoryData<string, string, string, string> WrongDeclarations
    {
        get
        {
            TheoryData<string, string, string, string> data = [];
            Add("LSTM001", "[Lstm.LstmCell(Input = 4, Hidden = 16)] public struct Net { }", "CS0260");
            Add("LSTM001", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 2)] struct Net { }", "CS0260");
            Add("LSTM001", "[Lstm.DeepChain(Layers = 5)] struct Net { }", "CS0260");
            Add("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial class Net { }");
            Add("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial class Step { }", "", "Step");
            Add("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] sealed partial record Net { }");
            Add("LSTM002", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 2)] partial record struct Net { }");
            Add("LSTM002", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 2)] readonly partial struct Net { }");
            Add("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial interface Net { }", "CS0592");
            Add("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] class Net { }", "CS0260");
            Add("LSTM003", "[Lstm.LstmCell(Input = 4, Hidden = 2000)] public partial struct Net { }");
            Add("LSTM003", "[Lstm.LstmCell] public partial struct Net { }");
            Add("LSTM003", "[Lstm.LstmNetwork(Input = -4, Hidden = 16, Output = 1)] public partial struct Net { }");
            Add("LSTM003", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 1, Layers = 99)] public partial struct Net { }");
            Add("LSTM003", "[Lstm.DeepChain(Layers = 0)] public partial struct Net { }");
            Add("LSTM004", "[Lstm.LstmCell(Input = 4, Hidden = 16)] public partial struct Net<T> { }", "", "Net<int>");
            Add(
                "LSTM004", "partial class Out<T, U> where T : class { [Lstm.LstmCell(Input = 4, Hidden = 16)] public partial struct Net { } }",
                "", "Out<string, int>.Net");
            Add("LSTM005", "class Out { [Lstm.LstmCell(Input = 4, Hidden = 16)] public partial struct Net { } }", "CS0260", "Out.Net");
            Add(
                "LSTM005", "partial class A { public static class Out { "
                    + "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 1)] internal partial struct Net { } } }",
                "CS0260", "A.Out.Net");
            Add("LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Step { }", "", "Step");
            Add("LSTM007", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 2)] partial struct Forward { }", "", "Forward");
            Add("LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct State { }", "CS0542", "State");
            Add("LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct W { }", "", "W");
            Add("LSTM008", "[Lstm.LstmCell(Input = 4, Hidden = 500, Unrolling = Lstm.Unrolling.Full)] partial struct Net { }");
            Add("LSTM008", "[Lstm.DeepChain(Layers = 1000, Unrolling = Lstm.Unrolling.Full)] partial struct Net { }");
            Add("LSTM009", "[Lstm.LstmNetwork(Input = 1024, Hidden = 1024, Output = 1, Layers = 8)] partial struct Net { }");
            Add("LSTM010", "[Lstm.LstmCell(Input = 4, Hidden = 16, Accuracy = (Lstm.Accuracy)7)] partial struct Net { }");
            Add("LSTM010", "[Lstm.DeepChain(Layers = 4, Kind = (Lstm.ChainKind)7)] partial struct Net { }");
            Add("LSTM012", "[Lstm.LstmCell(Input = 4, Hidden = 16)] [Lstm.DeepChain(Layers = 4)] partial struct Net { }");
            Add("LSTM012", "[Lstm.DeepChain(Layers = 4)] partial struct Net { } [Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net { }");
            Add("LSTM013", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net { public int Steps { get; set; } }");
            Add("LSTM013", "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 1)] partial struct Net(int steps) { int Steps => steps; }");
            Add("LSTM013", "[Lstm.DeepChain(Layers = 3)] partial struct Net { string name; }");
            Add("LSTM014 LSTM014", Cell + "partial struct Net { public const int InputSize = 3; public struct Weights { } }");
            Add("LSTM014", Cell + "partial struct Net { public void Step(System.ReadOnlySpan<float> x, ref State state) { } }");
            const string Auto = "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] ";
            Add("LSTM015", Auto + Cell + "partial struct Net { }");
            Add("", "[Lstm.LstmCell(Input = 4, Hidden = \"16\")] partial struct Net { }", "CS0029");
            Add("", "[Lstm.LstmCell(Input = 4, Hidden = unknown)] partial struct Net { }", "CS0103");
            Add("", "[Lstm.LstmCell(Input = 4, Hidden = 16), Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net { }", "CS0579");
            Add("", $"{Cell}partial struct Net {{ }} {Cell}partial struct Net {{ }}", "CS0579");
            return data;

            void Add(string id, string declaration, string compilers = "", string net = "Net") => data.Add(id, declaration, compilers, net);
        }
    }

    [Theory]
    [MemberData(nameof(WrongDeclarations))]
    public void UserOfAWrongDeclaration_SeesOnlyWhatIsWrong(string id, string declaration, string compilers, string net)
    {
        string user = User(declaration).Replace("NET", net, System.StringComparison.Ordinal);
        Check([declaration, user], id, compilers);
        Check([declaration, user, "class Other : Missing { }"], id, $"{compilers} CS0246");
        Check([$"#pragma warning disable\n{declaration}", user], id, compilers);
    }

    /// <summary>
    /// A <c>file</c> type, an enum and a delegate get no members from another file: the field below is the compiler's error as well.
    /// </summary>
    [Theory]
    [InlineData("LSTM006", "[Lstm.LstmCell(Input = 4, Hidden = 16)] file partial struct Net { }")]
    [InlineData("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] enum Net { }")]
    [InlineData("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] delegate void Net();")]
    public void TypeThatNoOtherFileCanAddTo_StillShowsItsError(string id, string declaration)
    {
        (ImmutableArray<Diagnostic> reported, _) = GeneratorMarkup.Report(
            TestCompilation.Create($"{declaration} class Agent {{ void Run() {{ Net.State state = default; }} }} class Other : Missing {{ }}"));
        Assert.Equal(id, Assert.Single(reported).Id);
    }

    /// <summary>A type parameter that has no name yet cannot be written in another file.</summary>
    [Theory]
    [InlineData("partial class Out< > { [Lstm.DeepChain(Layers = 3)] partial struct Net { } }")]
    [InlineData("[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net<T, > { }")]
    public void UnnamedTypeParameter_GetsNoFile(string declaration) =>
        Assert.Empty(GeneratorRun.Files(TestCompilation.Create(declaration)));

    /// <summary>Stubs have no error of their own, whatever they stand beside; where they could not but have one there are none.</summary>
    [Theory]
    [InlineData("LSTM002", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial interface Net<in T, out U> { }", "CS0592")]
    [InlineData("LSTM004", "partial interface Out<in T> { [Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net { } }", "CS8427")]
    [InlineData("LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] [System.Obsolete(\"\", true)] partial struct Step { }", "")]
    [InlineData(
        "LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] [System.Diagnostics.CodeAnalysis.Experimental(\"MINE\")] partial struct Step { }", "")]
    [InlineData("LSTM007", "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Backward { private struct Gradient { } }", "")]
    [InlineData("", "[Lstm.LstmCell(Input = 4, Hidden = 16)] private partial struct Net { }", "CS1527")]
    public void Stubs_AddNoError(string id, string declaration, string compilers)
    {
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(TestCompilation.Create(declaration));
        Assert.Equal(id, string.Join(' ', reported.Select(diagnostic => diagnostic.Id)));
        Assert.Equal(compilers, string.Join(' ', errors.Select(error => error.Id)));
    }

    /// <summary>Behind a type called <c>Lstm</c> outside every namespace, the compiler itself does not find the attributes.</summary>
    [Theory]
    [InlineData("class System { }", "System")]
    [InlineData("namespace Lstm { class Kernels { } }", "Lstm.Kernels")]
    [InlineData("namespace Lstm { class Generated { } }", "Lstm.Generated")]
    [InlineData("namespace Lstm.Generated { class Rom { } }", "Lstm.Generated.Rom")]
    [InlineData("namespace System { class Runtime { } }", "System.Runtime")]
    [InlineData("namespace System { class CodeDom { } }", "System.CodeDom")]
    public void TypeThatHidesANamespace_ReportsLstm016AtEveryAttribute(string type, string name)
    {
        const string Source = """
            namespace A
            {
                using Lstm;
                [{|LSTM016:LstmCell|}(Input = 4, Hidden = 16)] partial struct Cell { }
                [{|LSTM016:DeepChain|}(Layers = 3)] partial struct Chain { }
            }
            """;
        GeneratorMarkup.Verify(
            $"{Source} {type}",
            $"The type '{name}' hides the namespace '{name}' from the code that is generated for 'Cell': write another name",
            $"The type '{name}' hides the namespace '{name}' from the code that is generated for 'Chain': write another name");
    }

    /// <summary>Types of the user's own under the names of generated ones: members that would need the generated types are left out.</summary>
    [Theory]
    [InlineData("private struct State { }")]
    [InlineData("static int State; private class Gradient { }")]
    [InlineData("internal enum Gradient { } public delegate void State();")]
    [InlineData("int State(int value) => value;")]
    public void TypeThatTheUserTook_LeavesTheOtherMembers(string members)
    {
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(TestCompilation.Create($$"""
            [Lstm.LstmCell(Input = 4, Hidden = 16)] public partial struct Net { {{members}} }
            class Agent { int Run(Net net) { net.Initialize(1); return Net.InputSize + net.Parameters.Length; } }
            """));
        Assert.Equal(["LSTM014"], reported.Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Empty(errors);
    }

    /// <summary>Constants that a program reads are then as near to what was meant as they can be.</summary>
    [Theory]
    [InlineData("[Lstm.LstmCell(Input = 4, Hidden = 2000)] partial struct Net { }", "HiddenSize = 1024;")]
    [InlineData("[Lstm.LstmCell(Input = -4, Hidden = 16)] partial struct Net { }", "InputSize = 1;")]
    [InlineData("[Lstm.DeepChain(Layers = 4, Width = 17)] partial struct Net { }", "Width = 16;")]
    public void SizeOutOfRange_BecomesTheNearestThatIsAllowed(string declaration, string constant) => Assert.Contains(
        constant, Assert.Single(GeneratorRun.Files(TestCompilation.Create(declaration))).Text, System.StringComparison.Ordinal);

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    public void OldLanguage_ReadsTheStubs(LanguageVersion language)
    {
        string[] declarations =
        [
            "[Lstm.LstmCell(Input = 4, Hidden = 16)] partial struct Net { }",
            "[Lstm.LstmNetwork(Input = 4, Hidden = 16, Output = 1)] partial struct Net { }",
            "[Lstm.DeepChain(Layers = 4)] partial struct Net { }",
        ];
        Assert.All(declarations, declaration =>
            Check([declaration, User(declaration).Replace("NET", "Net", System.StringComparison.Ordinal)], "LSTM011", "", language));
    }

    /// <summary>A struct named like a member beside a right one: what is wrong with one declaration does not touch another.</summary>
    [Fact]
    public void EveryWrongDeclarationOfAProject_IsReportedOnce()
    {
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(TestCompilation.Create(
        [
            "namespace A; [Lstm.LstmCell(Input = 0, Hidden = -1)] partial struct Cell { } "
                + "[Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct Right { }",
            "namespace B; [Lstm.DeepChain(Layers = 0)] partial struct Cell { } [Lstm.LstmNetwork] partial class Net { }",
            "class User : Missing { A.Cell.State a; B.Cell.Gradient b; B.Net.State c; A.Right.State d; }",
        ]));
        Assert.Equal(["LSTM003", "LSTM003", "LSTM003", "LSTM002"], reported.Select(diagnostic => diagnostic.Id));
        Assert.Equal(["CS0246"], errors.Select(error => error.Id));
    }

    private static string User(string declaration) =>
        declaration.Contains("LstmNetwork", System.StringComparison.Ordinal) ? NetworkUser
        : declaration.IndexOf("DeepChain", System.StringComparison.Ordinal) is >= 0 and < 10 ? ChainUser
        : CellUser;

    private static void Check(string[] sources, string id, string compilers, LanguageVersion language = LanguageVersion.Latest)
    {
        CSharpCompilation compilation = TestCompilation.Create(sources, language);
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(compilation, language);
        Assert.True(
            string.Join(' ', reported.Select(diagnostic => diagnostic.Id)) == id
                && errors.Select(error => error.Id).ToHashSet().SetEquals(compilers.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            string.Join('\n', sources.Take(1).Concat(reported.Concat(errors).Select(diagnostic => diagnostic.ToString()))));
        Assert.All(reported, diagnostic => Assert.Equal((DiagnosticSeverity.Error, false), (diagnostic.Severity, diagnostic.IsSuppressed)));
    }
}
