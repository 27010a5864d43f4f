using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The vocabulary of the kernels: loads, stores, multiply-adds and activations, one line each where possible.</summary>
internal static class VectorEmitter
{
    /// <param name="kernels">All of a type: they have the same widths, but need not use the same words.</param>
    public static void Emit(SourceWriter writer, params KernelPlan[] kernels)
    {
        KernelPlan kernel = kernels[0];
        WidthPlan[] widths = kernels.SelectMany(each => each.Widths).ToArray();
        foreach (Dialect dialect in kernel.Widths.Select(width => Dialect.Of(writer.Element, width.Lanes)))
        {
            EmitMemory(writer, dialect);
            if (widths.Any(width => width.Lanes == dialect.Lanes && width.KeepsState))
            {
                EmitState(writer, dialect);
            }

            EmitMultiplyAdd(writer, dialect, kernel.Arithmetic);
            EmitSum(writer, dialect);
            if (widths.Any(width => width.Forward.Any(section => section.Pads && section.Units.Any(unit => unit.Lanes == dialect.Lanes))))
            {
                EmitReal(writer, dialect, kernel.Layout.Hidden);
            }

            ActivationEmitter.Emit(writer, dialect, kernel);
        }
    }

    private static string Read(Dialect dialect) => dialect.Lanes == 1
        ? $"{Names.Unsafe}.Add(ref from, offset)"
        : $"{Names.Unsafe}.As<{dialect.Element.Type}, {dialect.Type}>(ref {Names.Unsafe}.Add(ref from, offset))";

    private static void EmitMemory(SourceWriter writer, Dialect dialect)
    {
        string type = dialect.Type;
        string broadcast = dialect.Constant($"{Names.Unsafe}.Add(ref from, offset)");
        string target = dialect.Lanes == 1
            ? $"{Names.Unsafe}.Add(ref to, offset)"
            : $"{Names.Unsafe}.As<{writer.Real}, {type}>(ref {Names.Unsafe}.Add(ref to, offset))";
        writer.Lines($$"""

            {{Names.Inline}}
            private static {{type}} Load{{dialect.Suffix}}(ref {{writer.Real}} from, nint offset) => {{Read(dialect)}};

            {{Names.Inline}}
            private static {{type}} Broadcast{{dialect.Suffix}}(ref {{writer.Real}} from, nint offset) => {{broadcast}};

            {{Names.Inline}}
            private static void Store(ref {{writer.Real}} to, nint offset, {{type}} value) => {{target}} = value;
            """);
    }

    /// <summary>
    /// The state from where it lies, or from the registers of a sequence: loading what has just been stored, and taking a lane out of
    /// what has just been loaded, both cost a single step more than reading memory does.
    /// </summary>
    private static void EmitState(SourceWriter writer, Dialect dialect)
    {
        writer.Lines($$"""

            /// <summary>Numbers of the state: for one step from memory, in a sequence kept from the step before.</summary>
            {{Names.Inline}}
            private static {{dialect.Type}} Kept<TRun>({{dialect.Type}} kept, ref {{writer.Real}} from, nint offset)
                where TRun : struct => {{Names.IsOneStep}} ? Load{{dialect.Suffix}}(ref from, offset) : kept;

            /// <summary>One of them in every lane.</summary>
            {{Names.Inline}}
            private static {{dialect.Type}} Lane<TRun>({{dialect.Type}} kept, {{dialect.Integer}} lane, ref {{writer.Real}} from, nint offset)
                where TRun : struct => {{Names.IsOneStep}} ? Broadcast{{dialect.Suffix}}(ref from, offset) : {{dialect.Vector}}.Shuffle(kept, {{dialect.Vector}}.Create(lane));
            """);
    }

    private static void EmitMultiplyAdd(SourceWriter writer, Dialect dialect, ArithmeticKind arithmetic)
    {
        string type = dialect.Type;
        string Sum(string a) => (arithmetic, dialect.Lanes) switch
        {
            (ArithmeticKind.Fused, _) => $"{dialect.Fused}({a}, b, c)",
            (_, 1) when dialect.Element.Bits == 32 => $"(float)((float)({a} * b) + c)",
            _ => $"({a} * b) + c",
        };
        writer.Lines($$"""

            {{Names.Inline}}
            private static {{type}} MultiplyAdd({{type}} a, {{type}} b, {{type}} c) => {{Sum("a")}};

            {{Names.Inline}}
            private static {{type}} MultiplyAdd(ref {{writer.Real}} from, nint offset, {{type}} b, {{type}} c) => {{Sum(Read(dialect))}};
            """);
    }

    /// <summary>The sum over lanes, halving: the order that every width shares.</summary>
    private static void EmitSum(SourceWriter writer, Dialect dialect)
    {
        string body = dialect.Lanes switch
        {
            1 => "a",
            _ when dialect.Bits > 128 => "Sum(a.GetLower() + a.GetUpper())",
            2 => "a.GetElement(0) + a.GetElement(1)",
            _ => "(a.GetElement(0) + a.GetElement(2)) + (a.GetElement(1) + a.GetElement(3))",
        };
        if (dialect.Lanes > 1)
        {
            string extension = $"global::System.Runtime.Intrinsics.Vector{dialect.Bits}";
            body = body
                .Replace("a.GetElement(", $"{extension}.GetElement(a, ")
                .Replace("a.GetLower()", $"{extension}.GetLower(a)")
                .Replace("a.GetUpper()", $"{extension}.GetUpper(a)");
            writer.Lines($$"""

                {{Names.Inline}}
                private static {{writer.Real}} Sum({{dialect.Type}} a) => {{body}};
                """);
        }
    }

    /// <summary>Sums of the units that exist, 0 for padding.</summary>
    private static void EmitReal(SourceWriter writer, Dialect dialect, int hidden)
    {
        string v = dialect.Vector;
        string lanes = string.Join(", ", Enumerable.Range(0, dialect.Lanes).Select(lane => $"{lane}{dialect.IntegerSuffix}"));
        string body = dialect.Lanes == 1
            ? $"first < {hidden} ? sum : {writer.Element.Whole(0)}"
            : $"{v}.BitwiseAnd(sum, {v}.{dialect.AsReal}({v}.LessThan({v}.Create({lanes}) + {v}.Create(({dialect.Integer})first), {v}.Create({hidden}{dialect.IntegerSuffix}))))";
        writer.Lines($$"""

            /// <summary>The sums of the units that exist; 0 for padding, where an infinite input times a weight of 0 would be NaN.</summary>
            {{Names.Inline}}
            private static {{dialect.Type}} Real({{dialect.Type}} sum, nint first) => {{body}};
            """);
    }
}
