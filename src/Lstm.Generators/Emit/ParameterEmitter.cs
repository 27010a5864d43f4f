using System;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>Storage and named access to parameters and their gradient.</summary>
internal static class ParameterEmitter
{
    /// <summary>As much of a tape as is used.</summary>
    private const string Tape = "tape.Slice(0, (int)tapeLength)";

    /// <summary>The private struct behind a public one: floats inline, no pointer, no array.</summary>
    public static void EmitStorage(SourceWriter writer, string name, int length) => writer.Lines($$"""

        [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = {{writer.Element.Bits / 8 * length}})]
        private struct {{name}}
        {
            public {{writer.Real}} First;
        }
        """);

    /// <summary>Where a weight stands in one cell's parameters; <c>line</c> is 0 for b, then p for W, then d for U.</summary>
    public static void EmitIndex(SourceWriter writer, string prefix, CellLayout layout)
    {
        writer.Lines($$"""

            /// <summary>Where a weight stands: line 0 is b, lines 1 to {{layout.Input}} are W, lines {{layout.FirstMemoryRow}} to {{layout.Rows - 1}} are U.</summary>
            """);
        using (writer.Block($"internal static int {prefix}Index(global::Lstm.Gate gate, int row, int line)"))
        {
            writer.Lines($$"""
                if ((int)gate < 0 || (int)gate > 3)
                {
                    {{Names.Throw}}.OutOfRange("gate", (int)gate, 4);
                }

                if (row < 0 || row >= {{layout.Hidden}})
                {
                    {{Names.Throw}}.OutOfRange("row", row, {{layout.Hidden}});
                }

                """);
            foreach (TileRun run in layout.Runs().Reverse())
            {
                Tile tile = run.First;
                string unit = tile.FirstUnit == 0 ? "row" : $"(row - {tile.FirstUnit})";
                string inTile = $"(line * {tile.RowStride}) + ((int)gate * {tile.Units})";
                string place = run.Count > 1
                    ? $"({unit} / {tile.Units} * {run.Floats}) + {inTile} + ({unit} % {tile.Units})"
                    : $"{inTile} + {unit}";
                string index = $"return {Names.Sum(place, tile.Offset)};";
                if (tile.FirstUnit == 0)
                {
                    writer.Line(index);
                }
                else
                {
                    using (writer.Block($"if (row >= {tile.FirstUnit})"))
                    {
                        writer.Line(index);
                    }

                    writer.Line();
                }
            }
        }
    }

    /// <summary><c>W</c>, <c>U</c> and <c>B</c> of a cell, or of its gradient.</summary>
    public static void EmitCellAccess(SourceWriter writer, CellLayout layout, string what) => writer.Lines($$"""

        /// <summary>{{what}} of gate <paramref name="gate"/>: d x p, here {{layout.Hidden}} x {{layout.Input}}.</summary>
        /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
        {{Names.UnscopedRef}}
        public ref {{writer.Real}} W(global::Lstm.Gate gate, int row, int column)
        {
            if (column < 0 || column >= {{layout.Input}})
            {
                {{Names.Throw}}.OutOfRange("column", column, {{layout.Input}});
            }

            return ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(gate, row, {{layout.FirstInputRow}} + column));
        }

        /// <summary>{{what}} of gate <paramref name="gate"/> on wm: d x d, here {{layout.Hidden}} x {{layout.Hidden}}.</summary>
        /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
        {{Names.UnscopedRef}}
        public ref {{writer.Real}} U(global::Lstm.Gate gate, int row, int column)
        {
            if (column < 0 || column >= {{layout.Hidden}})
            {
                {{Names.Throw}}.OutOfRange("column", column, {{layout.Hidden}});
            }

            return ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(gate, row, {{layout.FirstMemoryRow}} + column));
        }

        /// <summary>{{what}}: the bias of gate <paramref name="gate"/>: d, here {{layout.Hidden}}.</summary>
        /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate or row.</exception>
        {{Names.UnscopedRef}}
        public ref {{writer.Real}} B(global::Lstm.Gate gate, int row) => ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(gate, row, 0));
        """);

    /// <summary>The struct that holds a derivative for each parameter.</summary>
    /// <param name="access">Emits access to them by name.</param>
    public static void EmitGradient(SourceWriter writer, int length, Action access)
    {
        writer.Lines($$"""

            /// <summary>dL/dw for every parameter. The default value is 0.</summary>
            {{TypeEmitter.GeneratedCode}}
            """);
        using (writer.Block("public struct Gradient"))
        {
            writer.Lines($$"""
                private Weights _storage;

                /// <summary>Every derivative, packed as the parameters are.</summary>
                {{Names.UnscopedRef}}
                public {{writer.Span}} Values => {{Names.Marshal}}.CreateSpan(ref _storage.First, {{length}});

                /// <summary>Sets every derivative to 0.</summary>
                public void Clear() => Values.Clear();

                {{Names.UnscopedRef}}
                internal ref {{writer.Real}} First => ref _storage.First;
                """);
            access();
        }
    }

    /// <summary>The update with a plain step against the gradient.</summary>
    public static void EmitDescend(SourceWriter writer) => writer.Lines($$"""

        /// <summary>w &lt;- w - eta dL/dw, for every parameter.</summary>
        /// <param name="gradient">dL/dw.</param>
        /// <param name="learningRate">eta.</param>
        public void Descend(in Gradient gradient, {{writer.Real}} learningRate) =>
            global::Lstm.Kernels.Descent.Apply(Parameters, {{Names.Unsafe}}.AsRef(in gradient).Values, learningRate);
        """);

    /// <summary>A span that is one row, checked before anything is written.</summary>
    /// <param name="size">The name of the size that is its length.</param>
    public static void EmitRequireRow(SourceWriter writer, string parameter, string size, int each) =>
        EmitRequire(writer, $"{parameter}.Length != {each}", $"Length(\"{parameter}\", {each}, {parameter}.Length, \"It is {size}.\")");

    /// <summary>A row for each of some states.</summary>
    public static void EmitRequireRow(SourceWriter writer, string parameter, string states, string size, int each) => EmitRequire(
        writer,
        $"{parameter}.Length != {Names.Lengths}.Of({states}.Length, {each})",
        $"Rows(\"{parameter}\", \"{states}\", {states}.Length, \"{size}\", {each}, {parameter}.Length)");

    /// <summary>A row for each step of x.</summary>
    public static void EmitRequireRows(SourceWriter writer, string parameter, string size, int each) => EmitRequire(
        writer,
        $"{parameter}.Length != {Names.Lengths}.Of(steps, {each})",
        $"Rows(\"{parameter}\", steps, \"{size}\", {each}, {parameter}.Length)");

    /// <summary>A row for each step of x and each of some states.</summary>
    public static void EmitRequireRows(SourceWriter writer, string parameter, string states, string size, int each) => EmitRequire(
        writer,
        $"{parameter}.Length != {Names.Lengths}.Of(steps, {states}.Length, {each})",
        $"Rows(\"{parameter}\", steps, \"{states}\", {states}.Length, \"{size}\", {each}, {parameter}.Length)");

    /// <summary>dX, as long as x where it is wanted.</summary>
    public static void EmitRequireInputGradient(SourceWriter writer) =>
        EmitRequire(writer, "!dX.IsEmpty && dX.Length != x.Length", "OtherLength(\"dX\", \"'x'\", x.Length, dX.Length, optional: true)");

    /// <summary>The steps of x, which must be whole ones.</summary>
    public static void EmitRequireSteps(SourceWriter writer, int each)
    {
        if (each == 1)
        {
            writer.Line("int steps = x.Length;");
            return;
        }

        writer.Line($"int steps = x.Length / {each};");
        EmitRequire(writer, $"steps * {each} != x.Length", $"Multiple(\"x\", {each}, x.Length, \"A step takes InputSize numbers.\")");
    }

    /// <summary>The steps of x for as many sequences as there are states.</summary>
    public static void EmitRequireSteps(SourceWriter writer, string states, int each) =>
        writer.Line($"int steps = {Names.Lengths}.Steps(x.Length, \"{states}\", {states}.Length, {each});");

    /// <summary>A tape that may be longer than it needs to be.</summary>
    public static void EmitRequireTape(SourceWriter writer, int header, int record)
    {
        writer.Line($"long tapeLength = {Names.Lengths}.Tape(steps, {header}, {record});");
        EmitRequire(writer, "tape.Length < tapeLength", "Tape(steps, tapeLength, tape.Length)");
    }

    /// <summary>The tape of many sequences.</summary>
    public static void EmitRequireTape(SourceWriter writer, string states, int header, int record)
    {
        writer.Line($"long tapeLength = {Names.Lengths}.Tape(steps, {states}.Length, {header}, {record});");
        EmitRequire(writer, "tape.Length < tapeLength", $"Tape(steps, \"{states}\", {states}.Length, tapeLength, tape.Length)");
    }

    /// <summary>Spans that may only overlap by being one: row by row, what stands there is read before it is written.</summary>
    public static void EmitRefuseUnlessSame(SourceWriter writer, string written, params string[] others)
    {
        foreach (string other in others)
        {
            EmitRefuse(writer, "RefuseUnlessSame", written, written, other, other);
        }
    }

    /// <summary>A tape that is recorded lies, as far as it is used, apart from what is read and from the outputs.</summary>
    public static void EmitRefuseTapeOverlap(SourceWriter writer, string read, string outputs)
    {
        EmitRefuse(writer, "Refuse", "tape", Tape, read, read);
        EmitRefuse(writer, "Refuse", "tape", Tape, outputs, outputs);
    }

    /// <summary>What is written lies apart from the tape that is read, as far as that is used.</summary>
    public static void EmitRefuseTapeOverlap(SourceWriter writer, string written) =>
        EmitRefuse(writer, "Refuse", written, written, "tape", Tape);

    private static void EmitRefuse(SourceWriter writer, string method, string parameter, string written, string other, string values) =>
        writer.Line($"{Names.Overlap}.{method}<{writer.Real}>(\"{parameter}\", {written}, \"{other}\", {values});");

    private static void EmitRequire(SourceWriter writer, string wrong, string error)
    {
        using (writer.Block($"if ({wrong})"))
        {
            writer.Line($"{Names.Throw}.{error};");
        }
    }

    /// <summary>Opens <c>Initialize</c>, with its source of numbers.</summary>
    public static SourceWriter.Scope OpenInitialize(SourceWriter writer)
    {
        writer.Lines($$"""

            /// <summary>Weights and biases uniform in (-1/sqrt d, 1/sqrt d), the same numbers on every machine.</summary>
            /// <param name="seed">Chooses the numbers.</param>
            /// <param name="rememberBias">Every bias of a remember gate: 1 lets a fresh cell keep its memory.</param>
            """);
        SourceWriter.Scope scope = writer.Block($"public void Initialize(ulong seed, {writer.Real} rememberBias = {writer.Element.Whole(1)})");
        writer.Lines("""
            Parameters.Clear();
            global::Lstm.Kernels.UniformRandom random = new global::Lstm.Kernels.UniformRandom(seed);
            """);
        return scope;
    }

    /// <summary>The loops of <c>Initialize</c> over one cell's parameters.</summary>
    public static void EmitInitialize(SourceWriter writer, CellLayout layout, string prefix, string first, string bound) => writer.Lines($$"""
        for (int gate = 0; gate < 4; gate++)
        {
            for (int row = 0; row < {{layout.Hidden}}; row++)
            {
                for (int line = 1; line < {{layout.Rows}}; line++)
                {
                    {{Names.Unsafe}}.Add(ref {{first}}, Kernel.{{prefix}}Index((global::Lstm.Gate)gate, row, line)) = random.Next({{bound}});
                }

                {{writer.Real}} bias = random.Next({{bound}});
                {{Names.Unsafe}}.Add(ref {{first}}, Kernel.{{prefix}}Index((global::Lstm.Gate)gate, row, 0)) = gate == 0 ? rememberBias : bias;
            }
        }
        """);
}
