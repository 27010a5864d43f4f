using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>What <c>ExportParameters</c> and <c>ImportParameters</c> of a cell or network do.</summary>
internal static class ParameterBodyEmitter
{
    public static void EmitCell(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        EmitBodies(writer, NumberNames.Of(kernel.Scalar), layout.ParameterCount, layout.Length);
        using (OpenCopy(writer, NumberNames.Of(kernel.Scalar)))
        {
            writer.Line("ParameterOrder.OfCell(Cell.Tiles, ref w, ref ordered, import);");
        }
    }

    public static void EmitNetwork(SourceWriter writer, LstmNetworkPlan plan)
    {
        ReadoutPlan readout = plan.Readout;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        EmitBodies(writer, number, plan.ParameterCount, plan.Length);
        using (OpenCopy(writer, number))
        {
            if (plan.Inner is null)
            {
                writer.Line("ordered = ref ParameterOrder.OfCell(FirstCell.Tiles, ref w, ref ordered, import);");
            }
            else
            {
                using (writer.Block($"for (int layer = 0; layer < {plan.Layers}; layer++)"))
                {
                    writer.Line("ordered = ref ParameterOrder.OfCell(TilesOf(layer), ref Unsafe.Add(ref w, WeightsOf(layer)), ref ordered, import);");
                }

                writer.Line();
            }

            writer.Lines($"""
                ParameterOrder.OfReadout(
                    {Code.RefAt("w", readout.Weights)}, {Code.RefAt("w", readout.Biases)},
                    {readout.Output}, {plan.First.Layout.Hidden}, {plan.First.Layout.Padded}, ref ordered, import);
                """);
        }
    }

    private static void EmitBodies(SourceWriter writer, NumberNames number, int count, int length) => writer.Lines($$"""

        public static void Export(ref {{number.Type}} w, Span<{{number.Type}}> destination)
        {
            ParameterOrder.Check<{{number.Type}}>("destination", destination, {{count}}, ref w, {{length}});
            Copy(ref w, ref MemoryMarshal.GetReference(destination), import: false);
        }

        public static void Import(ref {{number.Type}} w, ReadOnlySpan<{{number.Type}}> source)
        {
            ParameterOrder.Check("source", source, {{count}}, ref w, {{length}});
            MemoryMarshal.CreateSpan(ref w, {{length}}).Clear();
            Copy(ref w, ref MemoryMarshal.GetReference(source), import: true);
        }

        """);

    private static SourceWriter.Scope OpenCopy(SourceWriter writer, NumberNames number) =>
        writer.Block($"private static void Copy(ref {number.Type} w, ref {number.Type} ordered, bool import)");
}
