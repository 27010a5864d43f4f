using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>Named access to a network's parameters and state.</summary>
internal static class NetworkAccessEmitter
{
    private const string Kernel = "global::" + KernelEmitter.Namespace + ".Kernel";

    /// <summary><c>W</c>, <c>U</c>, <c>B</c>, <c>V</c> and <c>C</c> of a network, or of its gradient.</summary>
    public static void EmitAccess(SourceWriter writer, LstmNetworkPlan plan, string what, string whatOfBias)
    {
        CellLayout layout = plan.First.Layout;
        string number = NumberNames.Of(plan.First.Scalar).Type;
        string at = $"ref {TypeFrame.Unsafe}.Add(ref _storage.First, {Kernel}";
        writer.Lines($$"""

            /// <summary>
            /// {{what}} of a layer's gate on its input: d x p in layer 0, d x d above,
            /// here {{layout.Hidden}} x {{layout.Input}} and {{layout.Hidden}} x {{layout.Hidden}}.
            /// </summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} W(int layer, global::Lstm.Gate gate, int row, int column) =>
                {{at}}.W(layer, gate, row, column));

            /// <summary>{{what}} of a layer's gate on its wm: d x d, here {{layout.Hidden}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} U(int layer, global::Lstm.Gate gate, int row, int column) =>
                {{at}}.U(layer, gate, row, column));

            /// <summary>{{whatOfBias}} of a layer's gate: d, here {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate or row.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} B(int layer, global::Lstm.Gate gate, int row) =>
                {{at}}.B(layer, gate, row));

            /// <summary>{{what}} of the readout y = V wm + c: K x d, here {{plan.Readout.Output}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such row or column.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} V(int row, int column) =>
                {{at}}.V(row, column));

            /// <summary>{{whatOfBias}} of the readout y = V wm + c: K, here {{plan.Readout.Output}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such row.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} C(int row) =>
                {{at}}.C(row));
            """);
    }

    /// <summary>Where weights stand, with the checks.</summary>
    public static void EmitIndex(SourceWriter writer, LstmNetworkPlan plan)
    {
        if (plan.Inner is { } inner)
        {
            writer.Lines($$"""
                /// <summary>Where a layer's weights begin.</summary>
                public static int WeightsOf(int layer)
                {
                    Require.Index("layer", layer, {{plan.Layers}});
                    return layer == 0 ? 0 : {{plan.First.Layout.Length}} + ((layer - 1) * {{inner.Layout.Length}});
                }

                /// <summary>Where a layer's weights stand, from there.</summary>
                public static CellTiles TilesOf(int layer) => layer == 0 ? FirstCell.Tiles : InnerCell.Tiles;
                """);
        }
        else
        {
            writer.Lines("""
                /// <summary>Where a layer's weights begin.</summary>
                public static int WeightsOf(int layer)
                {
                    Require.Index("layer", layer, 1);
                    return 0;
                }

                /// <summary>Where a layer's weights stand, from there.</summary>
                public static CellTiles TilesOf(int layer) => FirstCell.Tiles;
                """);
        }

        ReadoutPlan readout = plan.Readout;
        writer.Lines($$"""

            public static int W(int layer, global::Lstm.Gate gate, int row, int column) => WeightsOf(layer) + TilesOf(layer).W(gate, row, column);

            public static int U(int layer, global::Lstm.Gate gate, int row, int column) => WeightsOf(layer) + TilesOf(layer).U(gate, row, column);

            public static int B(int layer, global::Lstm.Gate gate, int row) => WeightsOf(layer) + TilesOf(layer).B(gate, row);

            public static int V(int row, int column)
            {
                Require.Index("row", row, {{readout.Output}});
                Require.Index("column", column, {{plan.First.Layout.Hidden}});
                return {{readout.Weights}} + {{Code.Product("row", plan.First.Layout.Padded)}} + column;
            }

            public static int C(int row)
            {
                Require.Index("row", row, {{readout.Output}});
                return {{readout.Biases}} + row;
            }
            """);
    }

    public static void EmitState(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        writer.Lines($$"""

            /// <summary>What every layer remembers: ltm and wm. The default value is the zero state.</summary>
            {{TypeFrame.GeneratedCode}}
            """);
        using (writer.Block(InterfaceEmitter.DeclarationOfState(number)))
        {
            writer.Lines($$"""
                private Memory _storage;

                /// <summary>Numbers that Export writes: ltm and wm of each layer, 2 d L.</summary>
                public const int Length = {{plan.Layout.StateCount}};

                /// <summary>ltm of a layer, the long-term memory (cell state c): d {{number.Type}}s.</summary>
                /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer.</exception>
                {{TypeFrame.UnscopedRef}}
                public {{number.Span}} LongTermMemory(int layer) =>
                    {{TypeFrame.Marshal}}.CreateSpan(ref Of(layer, 0), {{layout.Hidden}});

                /// <summary>wm of a layer, the working memory (hidden state h): d {{number.Type}}s.</summary>
                /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer.</exception>
                {{TypeFrame.UnscopedRef}}
                public {{number.Span}} WorkingMemory(int layer) =>
                    {{TypeFrame.Marshal}}.CreateSpan(ref Of(layer, {{layout.Padded}}), {{layout.Hidden}});

                {{TypeFrame.UnscopedRef}}
                internal ref {{number.Type}} First => ref _storage.First;

                /// <summary>Back to the zero state.</summary>
                public void Reset() => this = default;

                {{TypeFrame.UnscopedRef}}
                private ref {{number.Type}} Of(int layer, int offset)
                {
                    global::Lstm.Kernels.Require.Index("layer", layer, {{plan.Layers}});
                    return ref {{TypeFrame.Unsafe}}.Add(ref _storage.First, (layer * {{plan.LayerStride}}) + offset);
                }
                """);
            StorageEmitter.EmitStateExport(writer, number, layout, plan.Layers, "layer by layer ltm, then wm");
            StorageEmitter.EmitStorage(writer, plan.First.Scalar, "Memory", plan.Layout.StateLength);
        }
    }
}
