namespace Lstm.Generators.Tests.Fuzz;

/// <summary>The pieces that files are made of: those with which a declaration is right, and those with which it is not.</summary>
internal sealed partial class DeclarationText
{
    private static readonly string[] Names =
    [
        "Cell", "Net", "cell", "CELL", "Größe", "grösse", "日本", "Сеть", "e\u0301", "\u00e9", "\\u0043ellU", "Ce\u200dllJ", "@class", "@event",
        "@record", "@struct", "@partial", "@var", "@nint", "@file", "@field", "@value", "@where", "@dynamic", "@unmanaged", "@required", "@scoped",
        "@await", "@Plain", "_", "__", "_1", "Vector512", "Kernel", "MathF", "Span", "ReadOnlySpan", "Math", "Unsafe", "MemoryMarshal", "Object",
        "Void", "Single", "LstmCell", "LstmCellAttribute", "FirstCell", "Cell256", "Shape", "Require", "Sequence", "TapeReader", "ILstm", "Rem", "x",
        "wm", "ltm", "T", "TRun", "self", "First", "Values", "İ", "ı", "I", "i", "\u212a", "Ⅷ", "ª", "A_B", "A1", "a1", "Iota0", "Int32", "String",
        "Half", "N", "LongName" + "Looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
    ];

    private static readonly string[] WrongNames =
    [
        "State", "Gradient", "Step", "Forward", "Backward", "Parameters", "InputSize", "Weights", "W", "Initialize", "Descend", "Trace",
        "LayerCount", "class", "1st", "", "Cell<T>", "\ud83d\ude00", "var", "record", "file", "ParameterCount", "ExportParameters",
    ];

    private static readonly string[] CapturingNames =
    [
        "System", "Lstm", "Span", "ReadOnlySpan", "MathF", "Math", "Unsafe", "MemoryMarshal", "Vector128", "Vector512", "Gate", "State", "Gradient",
        "var", "nint", "_", "Kernel", "Kernels", "Require", "Generated", "Cell512", "Shape", "IntPtr", "String", "Object", "Int32", "ILstm",
        "notnull", "UnscopedRef", "UnscopedRefAttribute", "GeneratedCode", "GeneratedCodeAttribute", "NotSupportedException", "StructLayout",
        "LstmModel",
    ];

    private static readonly string[] Containers =
    [
        "partial class NAME", "static partial class NAME", "abstract partial class NAME", "sealed partial class NAME", "partial struct NAME",
        "readonly partial struct NAME", "ref partial struct NAME", "partial record NAME(int X)", "partial record class NAME",
        "partial record struct NAME", "readonly partial record struct NAME(int X)", "partial interface NAME", "unsafe partial class NAME",
        "partial class NAME(int x)",
    ];

    private static readonly string[] WrongContainers =
    [
        "class NAME", "struct NAME", "record NAME", "interface NAME", "static class NAME", "record struct NAME", "partial class NAME<T>",
        "partial class NAME<T, @class> where T : struct", "partial interface NAME<in T, out U>", "partial enum NAME", "partial struct NAME<T>",
        "partial record NAME<T>(T X)", "namespace NAME", "partial class NAME<T> where T : class, new()", "partial class NAME : Unknown",
    ];

    private static readonly string[] Headers =
    [
        "partial struct NAME", "partial struct NAME", "partial struct NAME", "partial struct NAME", "unsafe partial struct NAME",
        "partial\n/* of two */ struct // parts\nNAME",
    ];

    private static readonly string[] WrongHeaders =
    [
        "struct NAME", "partial class NAME", "class NAME", "partial record NAME", "partial record struct NAME", "record NAME(int X)",
        "readonly partial struct NAME", "ref partial struct NAME", "partial interface NAME", "interface NAME", "enum NAME { One }",
        "delegate void NAME();", "delegate int NAME<T>(T x);", "static partial class NAME", "static class NAME", "partial struct NAME<T>",
        "partial struct NAME<T> where T : unmanaged", "partial struct NAME(int x)", "partial class NAME<T, U>", "partial interface NAME<in T>",
        "abstract partial class NAME", "readonly ref partial struct NAME", "record class NAME;", "partial struct NAME { } partial class NAME",
        "partial struct NAME { } struct NAME", "partial record struct NAME(int X, string Y)",
    ];

    private static readonly string[] Lists =
    [
        "[ATTRIBUTE]\n", "[ATTRIBUTE] ", "[ATTRIBUTE]\n", "[type: ATTRIBUTE]\n", "[global::System.Serializable, ATTRIBUTE]\n", "[ATTRIBUTE,]\n",
        "[ATTRIBUTE]\n[global::System.Obsolete]\n", "[global::System.Obsolete(\"gone\", true)]\n[ATTRIBUTE]\n",
        "[global::System.Diagnostics.CodeAnalysis.Experimental(\"FUZZ\")]\n[ATTRIBUTE]\n",
        "[ATTRIBUTE]\n[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]\n",
        "[global::System.CodeDom.Compiler.GeneratedCode(\"x\", \"1\"), ATTRIBUTE]\n", "/// <summary>Text.</summary>\n[ATTRIBUTE]\n",
        "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]\n[ATTRIBUTE]\n",
        "[global::System.Diagnostics.DebuggerDisplay(\"{ToString()}\")] [ATTRIBUTE]\n",
        "[ATTRIBUTE] [global::System.Runtime.InteropServices.ComVisible(false)]\n", "[global::System.CLSCompliant(false)]\n[ATTRIBUTE]\n",
        "[ATTRIBUTE]\n[global::System.Runtime.CompilerServices.CompilerGenerated]\n",
        "[global::System.Runtime.CompilerServices.SkipLocalsInit, ATTRIBUTE]\n", "[ATTRIBUTE]\n#if NEVER\n[Unknown]\n#endif\n",
        "[global::System.Runtime.Versioning.RequiresPreviewFeatures]\n[ATTRIBUTE]\n",
    ];

    private static readonly string[] WrongLists =
    [
        "[ATTRIBUTE, ATTRIBUTE]\n", "[ATTRIBUTE]\n[ATTRIBUTE]\n", "[assembly: ATTRIBUTE]\n", "[return: ATTRIBUTE]\n", "[ATTRIBUTE] [Unknown]\n",
        "[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Auto)]\n[ATTRIBUTE]\n",
        "[ATTRIBUTE]\n[global::System.Runtime.CompilerServices.InlineArray(3)]\n", "[ATTRIBUTE]\n[global::System.Flags]\n", "[nothing: ATTRIBUTE]\n",
        "[ATTRIBUTE, global::Lstm.DeepChain(Layers = 2)]\n", "[global::Lstm.LstmCell(Input = 1, Hidden = 1)] [ATTRIBUTE]\n", "[Alias(Layers = 2)]\n",
        "[ATTRIBUTE]\n[global::System.Runtime.CompilerServices.IsReadOnly]\n",
        "[global::System.Runtime.InteropServices.StructLayout((short)0, Pack = 1), ATTRIBUTE]\n",
    ];

    private static readonly string[] Members =
    [
        "public static int Twice(int value) => 2 * value;", "private const float steps = 1f, x = 2f, w = 3f, record = 4f;",
        "public void Step(int count) { }", "public static int Load128(int value) => value;", "private class System { }", "private class Lstm { }",
        "private class Span { }", "private class MathF<T> { }", "internal class Unsafe { }", "private delegate void Vector512();",
        "private enum Kernel { One }", "private static int rem, save, focus, cand, ltm, wm;", "private static int nint, var, @class, global;",
        "public override string ToString() => string.Empty;", "static NAME() { }", "public NAME() { }", "public NAME(int value) { }",
        "public int this[int index] => index;", "public static NAME operator +(NAME a, NAME b) => a;",
        "public static bool operator ==(NAME a, NAME b) => true; public static bool operator !=(NAME a, NAME b) => false;",
        "public static implicit operator int(NAME value) => 0;", "public event global::System.Action Changed { add { } remove { } }",
        "public int Steps { get => 1; set { } }", "private struct Inner { public int Field; }", "partial void Hook();",
        "public T Generic<T>(T value) => value;", "public void Step<TRun>(TRun first) { }", "public void Forward() { }",
        "public void Initialize(string text) { }", "public static void Descend(int n) { }",
        "[global::System.ThreadStatic] private static int counter;", "private readonly void Clear() { }",
        "private static void Backward(ref int value, out int other) => other = value;", "private interface IntPtr { }", "public int Own => 3;",
        "public static explicit operator NAME(float value) => default;", "private class Gate { }",
        "private static int First, Values, self, destination;", "#pragma warning disable\n    private static object Any;\n#pragma warning restore",
        "private class GeneratedCode { } private class UnscopedRef { }", "public static NAME Zero => default;",
        "private class Math { } private class MemoryMarshal { }", "public void ForwardMany(global::System.Span<NAME> n) { }",
    ];

    private static readonly string[] WrongMembers =
    [
        "public const int InputSize = 3;", "public const int LayerCount = 3;", "public struct State { }", "public int field;",
        "private string name;", "public int Auto { get; set; }", "public event global::System.Action Raised;", "class Gradient { }",
        "static int ParameterCount;", "void Trace() { }", "public void Step(global::System.ReadOnlySpan<float> x, ref State state) { }",
        "private static float _storage;", "private class Weights { }", "public void ImportParameters(global::System.ReadOnlySpan<float> source) { }",
        "private int Trained;", "Unknown unknown;", "static Unknown Other() => 1;", "fixed int buffer[3];", "public int Forward;",
        "enum Parameters { One }", "NAME self1;", "int ;", "public void Same() { } public void Same() { }",
        "public float Forward(global::System.ReadOnlySpan<float> x) => 0;", "interface State { } delegate void Gradient();",
        "static int State(int value) => value;", "public void Initialize(ulong seed, float rememberBias) { }",
        "public void Initialize(int seed) { }", "struct Gradient<T> { }", "class State<T> { }", "public static int W => 1;",
        "private partial struct State { }", "partial struct Gradient { int more; }", "partial class Trace { }", "void W<T>() { }",
        "int global::Lstm.ILstm<NAME, float, State>.Hidden => 1;", "public void Descend(in Gradient gradient, float learningRate) { }",
        "int Width { get; init; }",
    ];

    private static readonly string[] Directives =
    [
        "#nullable enable", "#nullable disable", "#pragma warning disable", "#line 7 \"CASE\"", "#line hidden", "#line default",
        "#line 7 \"CASE.razor\"",
    ];

    private static readonly string[] Globals =
    [
        "", "", "global using static global::System.Math;", "global using Unsafe = global::System.Random;",
        "global using Span = global::System.Random;", "global using global::System;", "global using Gate = int;",
        "namespace Lstm { class Mine { } }", "namespace Demo { enum Lstm { } }",
    ];

    private static readonly string[] WrongGlobals =
    [
        "class System { }", "class Lstm { }", "namespace Lstm { class Kernels { } }", "namespace Lstm { class Generated { } }",
        "namespace Lstm.Generated { class Code { } }",
        "namespace Lstm { class LstmCellAttribute : global::System.Attribute { public int Input, Hidden; } }", "namespace Lstm { enum Gate { } }",
        "namespace Lstm { class DeepChainAttribute { } }", "namespace Lstm.Kernels { static class Require { } }",
        "namespace System { class Int32 { } }", "namespace System { class Attribute { } }",
    ];

    /// <summary>Namespaces that generated code names or opens, and some that it does not.</summary>
    private static readonly string[] OpenedSpaces =
    [
        "Lstm", "Lstm.Kernels", "Lstm.Generated", "Lstm.Generated.Code", "System", "System.Runtime", "System.Runtime.CompilerServices",
        "System.Runtime.InteropServices", "System.Runtime.Intrinsics", "System.Diagnostics.CodeAnalysis", "System.CodeDom.Compiler",
    ];

    /// <summary>Names of types that stand in these namespaces, for types of the user's own there.</summary>
    private static readonly string[] NamesOfOthers =
    [
        "Gradient", "ITrainableLstm", "IGradient", "ChainKind", "Scalar", "Adam", "Rows", "Lengths", "TapeHead", "UniformRandom", "InitialWeights",
        "ICellShape", "FusedFloat256", "FusedStandardFloat512", "PortableDouble128", "PortableReference", "DiagonalChain", "Descent", "Code", "Rom",
        "ArgumentException", "Runtime", "CompilerServices", "CodeDom", "Diagnostics", "InteropServices", "MethodImpl", "MethodImplAttribute",
        "MethodImplOptions", "LayoutKind", "StructLayoutAttribute", "ExcludeFromCodeCoverageAttribute", "Index", "Range", "Random", "Vector256",
    ];
}
