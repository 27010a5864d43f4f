using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// The kernels of one cell shape, each type in a namespace block with the usings that it needs: its sizes, a class for each vector width, and the
/// class that chooses among them.
/// </summary>
internal static class KernelEmitter
{
    /// <summary>
    /// The namespace of all kernels. Its types are visible in their file only, so that those of different files may have the same names. A user's
    /// type in one of the namespaces around it takes no name away: the usings inside come first.
    /// </summary>
    public const string Namespace = "Lstm.Generated.Code";

    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        if (kernel.Platform == PlatformKind.Portable)
        {
            using (OpenNamespace(writer))
            {
                PortableCellEmitter.Emit(writer, kernel);
            }

            return;
        }

        using (OpenNamespace(writer))
        {
            EmitShape(writer, kernel);
            EmitCell(writer, kernel);
        }

        foreach (WidthPlan width in kernel.Widths)
        {
            EmitWidth(writer, kernel, width);
        }
    }

    /// <summary>A block of the kernels' namespace.</summary>
    /// <param name="operations">Types of the runtime whose static methods are in scope.</param>
    public static SourceWriter.Scope OpenNamespace(SourceWriter writer, params string[] operations)
    {
        writer.Line();
        SourceWriter.Scope scope = writer.Block($"namespace {Namespace}");
        writer.Lines("""
            using global::System;
            using global::System.Runtime.CompilerServices;
            using global::System.Runtime.InteropServices;
            using global::System.Runtime.Intrinsics;
            using global::Lstm.Kernels;
            """);
        foreach (string type in operations)
        {
            writer.Line($"using static global::Lstm.Kernels.{type};");
        }

        writer.Line();
        return scope;
    }

    /// <summary>A static class that only its file sees.</summary>
    public static SourceWriter.Scope OpenClass(SourceWriter writer, string name)
    {
        writer.Lines(TypeFrame.GeneratedCode);
        return writer.Block($"file static class {name}");
    }

    /// <summary>Where the weights of a cell stand, as the runtime's type says it.</summary>
    public static string Tiles(CellLayout layout) =>
        $"new({layout.Input}, {layout.Hidden}, {layout.TilesOf(16)}, {layout.TilesOf(8)}, {layout.TilesOf(4)})";

    private static void EmitShape(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        TapeLayout tape = kernel.Tape;
        writer.Lines($$"""
            /// <summary>Sizes and places, in numbers.</summary>
            {{TypeFrame.GeneratedCode}}
            file readonly struct {{kernel.Prefix}}Shape : ICellShape
            {
                public static int Input => {{layout.Input}};
                public static int Hidden => {{layout.Hidden}};
                public static int Padded => {{layout.Padded}};
                public static int PartialSums => {{kernel.PartialSums}};
                public static int StateStride => {{kernel.Batch.StateStride}};
                public static int Record => {{tape.Record}};
                public static int Slopes => {{Code.Add(string.Empty, tape.Slopes)}};
                public static int TanhLtm => {{tape.TanhLtm}};
                public static int TanhLtmSlope => {{Code.Add(string.Empty, tape.TanhLtmSlope)}};
                public static int Ltm => {{tape.Ltm}};
                public static int Wm => {{tape.Wm}};
            }

            """);
    }

    private static void EmitCell(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Line("/// <summary>The kernels of a cell, at the widest vectors that this machine runs well; the JIT knows which.</summary>");
        using (OpenClass(writer, $"{kernel.Prefix}Cell"))
        {
            if (kernel.Reverses)
            {
                writer.Lines("""
                    /// <summary>
                    /// Whether this thread's next step takes the tiles from the last to the first: the weights that its last step used
                    /// last are still in the first-level cache. Results do not depend on it.
                    /// </summary>
                    [ThreadStatic]
                    public static bool Reverse;

                    """);
            }

            writer.Lines($$"""
                /// <summary>Where the weights stand.</summary>
                public static CellTiles Tiles => {{Tiles(layout)}};

                """);
            EmitRun(writer, kernel);
            SequenceLoopEmitter.EmitRunMany(writer, kernel);
            if (kernel.Backward)
            {
                EmitWalkBack(writer, kernel);
                SequenceLoopEmitter.EmitWalkManyBack(writer, kernel);
            }
        }
    }

    private static void EmitRun(SourceWriter writer, KernelPlan kernel)
    {
        LaneNames scalar = LaneNames.Scalar(kernel);
        writer.Lines($$"""
            /// <summary>Runs steps of one sequence.</summary>
            {{Code.Inline}}
            """);
        using (writer.Block(StepEmitter.Signature(kernel)))
        {
            EmitChoice(
                writer,
                kernel.Widths.Select(width => width.Lanes),
                kernel,
                names => $"{names}.Run<TRun>(ref w, ref x, xStride, steps, ref state, ref wm, ref record);",
                $"LoopedCell<{scalar.EquationArguments}, {kernel.Prefix}Shape>.Run<TRun>(\n"
                + $"    Tiles, ref w, ref x, xStride, steps, ref state, ref wm, {kernel.WmStride}, ref record);");
        }
    }

    private static void EmitWalkBack(SourceWriter writer, KernelPlan kernel)
    {
        LaneNames scalar = LaneNames.Scalar(kernel);
        writer.Lines($$"""

            /// <summary>Walks back over steps of one sequence.</summary>
            {{Code.Inline}}
            """);
        using (writer.Block(WalkBackEmitter.Signature(kernel)))
        {
            EmitChoice(
                writer,
                kernel.Widths.Select(width => width.Lanes),
                kernel,
                names => $"{names}.WalkBack(ref transposed, ref record, ref dWm, steps, ref dState, ref dZ);",
                $"LoopedCell<{scalar.EquationArguments}, {kernel.Prefix}Shape>.WalkBack(\n"
                + "    Tiles, ref transposed, ref record, ref dWm, steps, ref dState, ref dZ);");
        }
    }

    /// <summary>A call of the widest version that this machine runs well; the JIT drops the others.</summary>
    /// <param name="call">The call, from the class of a width.</param>
    /// <param name="otherwise">What is called without vectors; empty: this is not reached without.</param>
    public static void EmitChoice(SourceWriter writer, IEnumerable<int> widths, KernelPlan kernel, Func<string, string> call, string otherwise)
    {
        string head = "if";
        foreach (int lanes in widths)
        {
            int bits = kernel.Scalar.Bits(lanes);
            using (writer.Block($"{head} (Width.Is{bits})"))
            {
                writer.Lines(call($"{kernel.Prefix}Cell{bits}"));
            }

            head = "else if";
        }

        if (otherwise.Length > 0)
        {
            using (writer.Block("else"))
            {
                writer.Lines(otherwise);
            }
        }
    }

    private static void EmitWidth(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        LaneNames names = LaneNames.Of(kernel, width);
        using (OpenNamespace(writer, names.Operations, names.Equations))
        {
            foreach (string line in GateEmitter.Notes(kernel.Activations))
            {
                writer.Line($"// {line}");
            }

            writer.Line();
            writer.Line($"/// <summary>The kernels at {names.Bits} bits.</summary>");
            using (OpenClass(writer, $"{kernel.Prefix}Cell{names.Bits}"))
            {
                writer.Line($"private const int HiddenSize = {kernel.Layout.Hidden};");
                StepEmitter.Emit(writer, kernel, width);
                if (width.StepsAhead > 0)
                {
                    InputSumEmitter.EmitMethod(writer, kernel, width);
                }

                BatchWidthPlan? batch = kernel.BatchAt(width.Lanes);
                if (batch is not null)
                {
                    SequenceEmitter.EmitStep(writer, kernel, width, batch);
                }

                if (kernel.Backward)
                {
                    WalkBackEmitter.Emit(writer, kernel, width);
                }

                if (kernel.Backward && batch is not null)
                {
                    SequenceEmitter.EmitWalkBack(writer, kernel, width, batch);
                }
            }
        }
    }
}
