using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// b + W x of several steps of a known sequence, ahead of the recurrence: the runtime's product of many sequences, with steps in the place of
/// sequences and without wm. The sums of <see cref="SumEmitter"/> go on from there, in the same order.
/// </summary>
internal static class InputSumEmitter
{
    /// <summary>Where b + W x of the next steps goes: to the gates' place in the records, or, unrecorded, to the stack.</summary>
    public static void EmitStart(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        int together = kernel.BatchAt(width.Lanes)!.Together;
        int length = kernel.Layout.GatesLength;
        writer.Lines($$"""

            // b + W x of several steps is a product of its own, ahead of the recurrence
            int mostAhead = Math.Min(steps / {{together}} * {{together}}, {{width.StepsAhead}});
            Span<{{number}}> buffer = {{Code.IsUnrecorded}} ? stackalloc {{number}}[mostAhead * {{length}}] : default;
            ref {{number}} inputSums = ref MemoryMarshal.GetReference(buffer);
            IntPtr inputSumsStride = {{(kernel.Backward ? $"{Code.IsRecorded} ? {kernel.Tape.Record} : {length}" : $"{length}")}};
            int stepsWithInputSums = 0;
            """);
    }

    /// <summary>b + W x of the next steps, once those before are done; a few at the end are left to the steps themselves.</summary>
    public static void EmitNext(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        int together = kernel.BatchAt(width.Lanes)!.Together;
        string start = kernel.Backward
            ? $"ref ({Code.IsRecorded} ? ref record : ref MemoryMarshal.GetReference(buffer))"
            : "ref MemoryMarshal.GetReference(buffer)";
        using (writer.Block($"if ({Code.IsManySteps} && step == stepsWithInputSums && steps - step >= {together})"))
        {
            writer.Lines($$"""
                int count = Math.Min((steps - step) / {{together}} * {{together}}, {{width.StepsAhead}});
                inputSums = {{start}};
                InputSums(ref w, ref x, xStride, count, ref inputSums, inputSumsStride);
                stepsWithInputSums += count;
                """);
        }

        writer.Lines($$"""

            bool hasInputSums = {{Code.IsManySteps}} && step < stepsWithInputSums;
            """);
    }

    /// <summary>The method behind it.</summary>
    public static void EmitMethod(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            /// <summary>
            /// b + W x of <paramref name="steps"/> steps; each gets a row of all gates, <paramref name="stride"/> numbers after the one before.
            /// </summary>
            {{Code.HotCall}}
            """);
        using (writer.Block(
            $"private static void InputSums(ref {number} w, ref {number} x, IntPtr xStride, int steps, ref {number} sums, IntPtr stride)"))
        {
            BatchWidthPlan batch = kernel.BatchAt(width.Lanes)!;
            foreach (TileGroup tiles in batch.Tiles)
            {
                string product = SequenceEmitter.Product(kernel, width, batch, tiles, "InputSums");
                SequenceEmitter.EmitTiles(writer, kernel, tiles, (weights, lane) =>
                    writer.Lines($"""
                        {product}(
                            {weights}, ref x, xStride, steps, {Code.RefAt("sums", lane)}, stride);
                        """));
            }
        }
    }
}
