using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// The kernels of one cell in the portable profile: the class that elsewhere chooses a vector width calls the runtime's loops, which take sizes and
/// places as values.
/// </summary>
internal static class PortableCellEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line("/// <summary>The kernels of a cell: loops of the runtime over the lanes of a tile.</summary>");
        using (KernelEmitter.OpenClass(writer, $"{kernel.Prefix}Cell"))
        {
            EmitPlaces(writer, kernel);
            EmitRun(writer, kernel);
            EmitRunMany(writer, kernel);
            if (kernel.Backward)
            {
                EmitWalkBack(writer, kernel);
            }
        }
    }

    private static void EmitPlaces(SourceWriter writer, KernelPlan kernel)
    {
        TapeLayout tape = kernel.Tape;
        string slopes = Code.Add(string.Empty, tape.Slopes);
        string tanhLtmSlope = Code.Add(string.Empty, tape.TanhLtmSlope);
        writer.Lines($$"""
            /// <summary>Where the weights stand.</summary>
            public static CellTiles Tiles => {{KernelEmitter.Tiles(kernel.Layout)}};

            /// <summary>Sizes and places, in numbers.</summary>
            private static CellShape Shape => new(
                partialSums: {{kernel.PartialSums}}, stateStride: {{kernel.Batch.StateStride}}, record: {{tape.Record}}, slopes: {{slopes}},
                tanhLtm: {{tape.TanhLtm}}, tanhLtmSlope: {{tanhLtmSlope}}, ltm: {{tape.Ltm}}, wm: {{tape.Wm}});
            """);
    }

    private static void EmitRun(SourceWriter writer, KernelPlan kernel) => writer.Lines($$"""

        /// <summary>Runs steps of one sequence.</summary>
        {{StepEmitter.Signature(kernel)}} =>
            {{Runtime(kernel)}}.Run<TRun>(Tiles, Shape, ref w, ref x, xStride, steps, ref state, ref wm, {{kernel.WmStride}}, ref record);
        """);

    /// <summary>Sequences one by one: without vectors, side by side they share nothing.</summary>
    private static void EmitRunMany(SourceWriter writer, KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            /// <summary>
            /// Runs steps of some sequences, one sequence after the other. Rows of x, wm and record are ordered by step, then by sequence. A null
            /// <paramref name="wm"/> is not written{{SequenceLoopEmitter.NorATape(kernel)}}.
            /// </summary>
            """);
        using (writer.Block(
            "public static void RunMany<TRun>(\n"
            + $"    ref {number} w, ref {number} x, int xStride, int steps, int sequences, ref {number} state, "
            + $"ref {number} wm, ref {number} record)\n"
            + "    where TRun : struct"))
        {
            writer.Line("bool returnsWm = !Unsafe.IsNullRef(ref wm);");
            writer.Line("int first = 0;");
            SequenceLoopEmitter.EmitRest(writer, kernel);
        }
    }

    private static void EmitWalkBack(SourceWriter writer, KernelPlan kernel)
    {
        writer.Lines($$"""

            /// <summary>Walks back over steps of one sequence.</summary>
            {{WalkBackEmitter.Signature(kernel)}} =>
                {{Runtime(kernel)}}.WalkBack(Tiles, Shape, ref transposed, ref record, ref dWm, steps, ref dState, ref dZ);
            """);
        SequenceLoopEmitter.EmitWalkManyBack(writer, kernel);
    }

    /// <summary>The runtime's class of loops, for example <c>PortableStandardFloat</c>.</summary>
    public static string Runtime(KernelPlan kernel) => $"{kernel.Arithmetic}{kernel.Activations.Equations}";
}
