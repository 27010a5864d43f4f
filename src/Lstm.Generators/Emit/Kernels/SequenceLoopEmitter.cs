using System;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The loops over sequences and steps around the kernels of <see cref="SequenceEmitter"/>, the same at every width.</summary>
internal static class SequenceLoopEmitter
{
    public static void EmitRunMany(SourceWriter writer, KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        string blocks = "in blocks of whole register tiles, the last few one by one";
        writer.Lines($$"""

            /// <summary>
            /// Runs steps of some sequences, {{blocks}}. Rows of x, wm and record are ordered by step, then by
            /// sequence. A null <paramref name="wm"/> is not written{{NorATape(kernel)}}.
            /// </summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void RunMany<TRun>(\n"
            + $"    ref {number} w, ref {number} x, IntPtr xStride, int steps, int sequences, ref {number} state,\n"
            + $"    ref {number} wm, ref {number} record, ref {number} scratch)\n"
            + "    where TRun : struct"))
        {
            writer.Lines($$"""
                bool returnsWm = !Unsafe.IsNullRef(ref wm);
                int first = 0;
                int together = {{AtWidth(kernel, width => $"{width.Together}", otherwise: "int.MaxValue")}};
                """);
            using (writer.Block("while (sequences - first >= together)"))
            {
                EmitBlock(writer, kernel);
            }

            EmitRest(writer, kernel);
        }
    }

    /// <summary>One walk back over some steps of sequences whose records stand side by side.</summary>
    public static void EmitWalkManyBack(SourceWriter writer, KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>Walks back over steps of some sequences, whose records stand side by side.</summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void WalkManyBack(\n"
            + $"    ref {number} transposed, ref {number} record, ref {number} recordBefore, ref {number} dWm, int steps, int sequences,\n"
            + $"    ref {number} dStates, ref {number} dZ)"))
        using (writer.Block("for (IntPtr step = steps - 1; step >= 0; step--)"))
        {
            writer.Lines($$"""
                IntPtr row = step * sequences;
                ref {{number}} now = {{Code.RefAt("record", $"row * {kernel.Tape.Record}")}};
                ref {{number}} before = {{Code.RefAt("recordBefore", $"row * {kernel.Tape.Record}")}};
                ref {{number}} dMemory = {{Code.RefAt("dWm", $"row * {layout.Padded}")}};
                ref {{number}} dGates = {{Code.RefAt("dZ", $"row * {layout.GatesLength}")}};
                """);
            if (kernel.Platform == PlatformKind.Portable)
            {
                writer.Lines($"""
                    {PortableCellEmitter.Runtime(kernel)}.StepManyBack(
                        Tiles, Shape, ref transposed, ref now, ref before, ref dMemory, sequences, ref dStates, ref dGates);
                    """);
                return;
            }

            KernelEmitter.EmitChoice(
                writer,
                kernel.Batch.Widths.Select(width => width.Lanes),
                kernel,
                names => $"{names}.StepManyBack(ref transposed, ref now, ref before, ref dMemory, sequences, ref dStates, ref dGates);",
                $"LoopedCell<{LaneNames.Scalar(kernel).EquationArguments}, {kernel.Prefix}Shape>.StepManyBack(\n"
                + "    Tiles, ref transposed, ref now, ref before, ref dMemory, sequences, ref dStates, ref dGates);");
        }
    }

    /// <summary>What the comment of a kernel of many sequences says of the tape.</summary>
    public static string NorATape(KernelPlan kernel) =>
        kernel.Backward ? ", nor is a tape unless the type argument asks for it" : string.Empty;

    /// <summary>A block of sequences through all steps.</summary>
    private static void EmitBlock(SourceWriter writer, KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        CellLayout layout = kernel.Layout;
        BatchPlan batch = kernel.Batch;
        string buffered = AtWidth(kernel, width => width.Buffered ? "true" : "false", otherwise: "true");
        string most = AtWidth(kernel, width => $"{width.Block}", otherwise: "0");
        string wmOfStates = Code.RefAt("states", layout.Padded);
        writer.Lines($$"""
            int count = Math.Min((sequences - first) / together * together, {{most}});
            ref {{number}} states = {{Code.RefAt("state", $"(IntPtr)first * {batch.StateStride}")}};
            bool buffered = {{buffered}};
            ref {{number}} z = {{Code.RefAt("scratch", $"buffered ? (IntPtr)Math.Min(sequences, {batch.Block}) * {layout.Padded} : 0")}};
            ref {{number}} newWm = ref (buffered ? ref scratch : {{wmOfStates}});
            """);
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            writer.Lines($$"""
                IntPtr row = ((IntPtr)step * sequences) + first;
                ref {{number}} inputs = ref Unsafe.Add(ref x, row * xStride);
                """);
            EmitRecords(writer, kernel);
            KernelEmitter.EmitChoice(
                writer,
                batch.Widths.Select(width => width.Lanes),
                kernel,
                names => $"{names}.StepMany<TRun>(ref w, ref inputs, xStride, ref states, count, ref newWm, ref z, ref records);",
                string.Empty);
            using (writer.Block("if (buffered)"))
            {
                writer.Line($"Rows.Copy(ref newWm, {layout.Padded}, {wmOfStates}, {batch.StateStride}, count, {layout.Padded});");
            }

            using (writer.Block("if (returnsWm)"))
            {
                string to = Code.RefAt("wm", Code.Multiply("row", kernel.WmStride));
                writer.Line($"Rows.Copy({wmOfStates}, {batch.StateStride}, {to}, {kernel.WmStride}, count, {kernel.WmStride});");
            }
        }

        writer.Line("first += count;");
    }

    /// <summary>Sequences that fill no register tile, by the kernel of one.</summary>
    public static void EmitRest(SourceWriter writer, KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        using (writer.Block("for (; first < sequences; first++)"))
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            writer.Lines($$"""
                IntPtr row = ((IntPtr)step * sequences) + first;
                ref {{number}} output = ref wm;
                if (returnsWm)
                {
                    output = {{Code.RefAt("wm", Code.Multiply("row", kernel.WmStride))}};
                }

                """);
            EmitRecords(writer, kernel);
            writer.Lines($$"""
                Run<TRun>(
                    ref w, ref Unsafe.Add(ref x, row * xStride), 0, 1,
                    {{Code.RefAt("state", $"(IntPtr)first * {kernel.Batch.StateStride}")}}, ref output, ref records);
                """);
        }
    }

    /// <summary>The records of a row, where there are some.</summary>
    private static void EmitRecords(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"ref {NumberNames.Of(kernel.Scalar).Type} records = ref record;");
        if (kernel.Backward)
        {
            using (writer.Block($"if ({Code.IsRecorded})"))
            {
                writer.Line($"records = {Code.RefAt("record", $"row * {kernel.Tape.Record}")};");
            }

            writer.Line();
        }
    }

    /// <summary>A value of the width that runs, as one expression.</summary>
    /// <param name="otherwise">Without vectors.</param>
    private static string AtWidth(KernelPlan kernel, Func<BatchWidthPlan, string> value, string otherwise) =>
        string.Concat(kernel.Batch.Widths.Select(width => $"Width.Is{kernel.Scalar.Bits(width.Lanes)} ? {value(width)} : ")) + otherwise;
}
