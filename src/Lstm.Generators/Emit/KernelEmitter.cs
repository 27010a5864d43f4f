using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>All methods of one cell shape: a kernel for each width, and the one that chooses among them.</summary>
internal static class KernelEmitter
{
    /// <summary>Name, parameters, and arguments of each method that exists once a width.</summary>
    private static (string Name, string Parameters, string Arguments)[] Kernels(SourceWriter writer) => new[]
    {
        ("Run<TRun>",
            $"ref {writer.Real} w, ref {writer.Real} x, nint xStride, int steps, ref {writer.Real} state, ref {writer.Real} wm, ref {writer.Real} record",
            "ref w, ref x, xStride, steps, ref state, ref wm, ref record"),
        ("WalkBack",
            $"ref {writer.Real} transposed, ref {writer.Real} record, ref {writer.Real} dWm, int steps, ref {writer.Real} dState, ref {writer.Real} dZ",
            "ref transposed, ref record, ref dWm, steps, ref dState, ref dZ"),
        ("InputGradient",
            $"ref {writer.Real} w, ref {writer.Real} dZ, int steps, ref {writer.Real} dX",
            "ref w, ref dZ, steps, ref dX"),
    };

    private static (string Parameters, string Arguments) Outer(SourceWriter writer) => (
        $"ref {writer.Real} sums, nint sumsStride, ref {writer.Real} input, nint inputStride, int rows, ref {writer.Real} values, nint valuesStride, int columns, int steps",
        "ref sums, sumsStride, ref input, inputStride, rows, ref values, valuesStride, columns, steps");

    /// <summary>The nested class that keeps the kernels out of the way of the user's own members.</summary>
    public static SourceWriter.Scope Block(SourceWriter writer)
    {
        writer.Lines("""

            /// <summary>The computation, on references into storage that the public members have checked.</summary>
            """);
        return writer.Block("private static class Kernel");
    }

    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        if (kernel.Alternates)
        {
            writer.Lines($$"""

                /// <summary>
                /// Whether this thread's next step takes the tiles from the last to the first: the weights that its last step used
                /// last are still in the first-level cache. Results do not depend on it.
                /// </summary>
                [global::System.ThreadStatic]
                private static bool {{kernel.Prefix}}Back;
                """);
        }

        int[] lanes = kernel.Widths.Select(width => width.Lanes).ToArray();
        foreach ((string name, string parameters, string arguments) in Kernels(writer))
        {
            EmitChoice(writer, kernel.Prefix + name, lanes, parameters, arguments);
        }

        foreach (WidthPlan width in kernel.Widths)
        {
            ForwardEmitter.Emit(writer, kernel, width);
            if (width.Ahead > 0)
            {
                AheadEmitter.Emit(writer, kernel, kernel.TileOf(width));
            }

            BackwardEmitter.Emit(writer, kernel, width);
            ProductEmitter.EmitInputGradient(writer, kernel, width.Lanes);
        }

        BatchForwardEmitter.Emit(writer, kernel);
        BatchBackwardEmitter.Emit(writer, kernel);
        EmitWeightGradient(writer, kernel);
        TapeEmitter.EmitBegin(writer, kernel);
    }

    /// <summary>The product behind every weight gradient of a type, for all widths.</summary>
    public static void EmitOuter(SourceWriter writer, string name, IEnumerable<(int Lanes, EquatableArray<MicroTile> Tiles)> widths)
    {
        (string parameters, string arguments) = Outer(writer);
        EmitChoice(writer, name, widths.Select(width => width.Lanes).ToArray(), parameters, arguments);
        foreach ((int lanes, EquatableArray<MicroTile> tiles) in widths)
        {
            ProductEmitter.EmitOuter(writer, name, lanes, tiles);
        }
    }

    /// <summary>A method that calls the widest version this machine runs well; the choice is made by the JIT.</summary>
    public static void EmitChoice(SourceWriter writer, string name, int[] lanes, string parameters, string arguments)
    {
        writer.Lines($$"""

            /// <summary>Chooses the vector width.</summary>
            {{Names.Inline}}
            """);
        int generic = name.IndexOf('<');
        (string method, string type) = generic < 0 ? (name, string.Empty) : (name.Substring(0, generic), name.Substring(generic));
        using (writer.Block($"internal static void {name}({parameters}){(generic < 0 ? string.Empty : "\n    where TRun : struct")}"))
        {
            string otherwise = string.Empty;
            foreach (Dialect dialect in lanes.Select(count => Dialect.Of(writer.Element, count)))
            {
                string condition = dialect.Lanes == 1 ? otherwise.TrimEnd() : $"{otherwise}if ({dialect.Accelerated})";
                using (writer.Block(condition))
                {
                    writer.Line($"{method}{dialect.Suffix}{type}({arguments});");
                }

                otherwise = "else ";
            }
        }
    }

    /// <summary>dB, dW and dU of a block of steps, tile by tile.</summary>
    private static void EmitWeightGradient(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>
            /// dL/db += sum of dZ, dL/dW += dZ x^T, dL/dU += dZ wm^T, over <paramref name="steps"/> steps;
            /// <paramref name="before"/> is wm of the step before the first, on the tape.
            /// </summary>
            """);
        using (writer.Block(
            $"internal static void {kernel.Prefix}WeightGradient(ref {writer.Real} gradient, ref {writer.Real} x, nint xStride, ref {writer.Real} before, int steps, ref {writer.Real} dZ)"))
        {
            writer.Line($"{writer.Real} one = {writer.Element.Whole(1)};");
            foreach (TileRun run in layout.Runs())
            {
                Tile tile = run.First;
                bool several = run.Count > 1;
                string sums = Names.Sum(several ? $"(tile * {run.Floats})" : string.Empty, tile.Offset);
                string lane = Names.Sum(several ? $"(tile * {tile.RowStride})" : string.Empty, tile.FirstLane);
                SourceWriter.Scope? loop = several ? writer.Block($"for (nint tile = 0; tile < {run.Count}; tile++)") : null;

                string name = $"{tile.FirstUnit}";
                writer.Lines($$"""
                    ref {{writer.Real}} sums{{name}} = {{Names.At("gradient", sums)}};
                    ref {{writer.Real}} gates{{name}} = {{Names.At("dZ", lane)}};
                    Outer(ref sums{{name}}, {{tile.RowStride}}, ref one, 0, 1, ref gates{{name}}, {{layout.Lanes}}, {{tile.RowStride}}, steps);
                    Outer(ref {{Names.Unsafe}}.Add(ref sums{{name}}, {{layout.FirstInputRow * tile.RowStride}}), {{tile.RowStride}}, ref x, xStride, {{layout.Input}}, ref gates{{name}}, {{layout.Lanes}}, {{tile.RowStride}}, steps);
                    Outer(ref {{Names.Unsafe}}.Add(ref sums{{name}}, {{layout.FirstMemoryRow * tile.RowStride}}), {{tile.RowStride}}, ref before, {{kernel.Tape.Record}}, {{layout.Hidden}}, ref gates{{name}}, {{layout.Lanes}}, {{tile.RowStride}}, steps);
                    """);
                loop?.Dispose();
            }
        }
    }
}
