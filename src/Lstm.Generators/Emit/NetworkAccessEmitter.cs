using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>Named access to a network's parameters and state.</summary>
internal static class NetworkAccessEmitter
{
    /// <summary><c>W</c>, <c>U</c>, <c>B</c>, <c>V</c> and <c>C</c> of a network, or of its gradient.</summary>
    public static void EmitAccess(SourceWriter writer, LstmNetworkPlan plan, string what)
    {
        CellLayout layout = plan.First.Layout;
        writer.Lines($$"""

            /// <summary>{{what}} of a layer's gate on its input: d x p in layer 0, d x d above, here {{layout.Hidden}} x {{layout.Input}} and {{layout.Hidden}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
            {{Names.UnscopedRef}}
            public ref {{writer.Real}} W(int layer, global::Lstm.Gate gate, int row, int column)
            {
                int columns = layer == 0 ? {{layout.Input}} : {{layout.Hidden}};
                if (column < 0 || column >= columns)
                {
                    {{Names.Throw}}.OutOfRange("column", column, columns);
                }

                return ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(layer, gate, row, {{layout.FirstInputRow}} + column));
            }

            /// <summary>{{what}} of a layer's gate on its wm: d x d, here {{layout.Hidden}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
            {{Names.UnscopedRef}}
            public ref {{writer.Real}} U(int layer, global::Lstm.Gate gate, int row, int column)
            {
                if (column < 0 || column >= {{layout.Hidden}})
                {
                    {{Names.Throw}}.OutOfRange("column", column, {{layout.Hidden}});
                }

                return ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(layer, gate, row, {{layout.FirstInputRow}} + (layer == 0 ? {{layout.Input}} : {{layout.Hidden}}) + column));
            }

            /// <summary>{{what}}: the bias of a layer's gate: d, here {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer, gate or row.</exception>
            {{Names.UnscopedRef}}
            public ref {{writer.Real}} B(int layer, global::Lstm.Gate gate, int row) => ref {{Names.Unsafe}}.Add(ref _storage.First, Kernel.Index(layer, gate, row, 0));

            /// <summary>{{what}} of the readout y = V wm + c: K x d, here {{plan.Readout.Output}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such row or column.</exception>
            {{Names.UnscopedRef}}
            public ref {{writer.Real}} V(int row, int column)
            {
                if (row < 0 || row >= {{plan.Readout.Output}})
                {
                    {{Names.Throw}}.OutOfRange("row", row, {{plan.Readout.Output}});
                }

                if (column < 0 || column >= {{layout.Hidden}})
                {
                    {{Names.Throw}}.OutOfRange("column", column, {{layout.Hidden}});
                }

                return ref {{Names.Unsafe}}.Add(ref _storage.First, {{plan.Readout.Weights}} + (row * {{layout.Padded}}) + column);
            }

            /// <summary>{{what}}: the bias of the readout y = V wm + c: K, here {{plan.Readout.Output}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such row.</exception>
            {{Names.UnscopedRef}}
            public ref {{writer.Real}} C(int row)
            {
                if (row < 0 || row >= {{plan.Readout.Output}})
                {
                    {{Names.Throw}}.OutOfRange("row", row, {{plan.Readout.Output}});
                }

                return ref {{Names.Unsafe}}.Add(ref _storage.First, {{plan.Readout.Biases}} + row);
            }
            """);
    }

    public static void EmitIndex(SourceWriter writer, LstmNetworkPlan plan)
    {
        writer.Line();
        using (writer.Block("internal static int Index(int layer, global::Lstm.Gate gate, int row, int line)"))
        {
            using (writer.Block($"if (layer < 0 || layer >= {plan.Layers})"))
            {
                writer.Line($"{Names.Throw}.OutOfRange(\"layer\", layer, {plan.Layers});");
            }

            writer.Line();
            writer.Line(plan.Inner is null
                ? "return FirstIndex(gate, row, line);"
                : $"return layer == 0 ? FirstIndex(gate, row, line) : {LstmNetworkEmitter.LayerOffset(plan, "layer")} + InnerIndex(gate, row, line);");
        }
    }

    public static void EmitState(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        writer.Lines($$"""

            /// <summary>What every layer remembers: ltm and wm. The default value is the zero state.</summary>
            {{TypeEmitter.GeneratedCode}}
            """);
        using (writer.Block("public struct State"))
        {
            writer.Lines($$"""
                private Memory _storage;

                /// <summary>ltm of a layer, the long-term memory (cell state c): d {{writer.Real}}s.</summary>
                /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer.</exception>
                {{Names.UnscopedRef}}
                public {{writer.Span}} LongTermMemory(int layer) => {{Names.Marshal}}.CreateSpan(ref Of(layer, 0), {{layout.Hidden}});

                /// <summary>wm of a layer, the working memory (hidden state h): d {{writer.Real}}s.</summary>
                /// <exception cref="global::System.ArgumentOutOfRangeException">No such layer.</exception>
                {{Names.UnscopedRef}}
                public {{writer.Span}} WorkingMemory(int layer) => {{Names.Marshal}}.CreateSpan(ref Of(layer, {{layout.Padded}}), {{layout.Hidden}});

                {{Names.UnscopedRef}}
                internal ref {{writer.Real}} First => ref _storage.First;

                /// <summary>Back to the zero state.</summary>
                public void Reset() => this = default;

                {{Names.UnscopedRef}}
                private ref {{writer.Real}} Of(int layer, int offset)
                {
                    if (layer < 0 || layer >= {{plan.Layers}})
                    {
                        {{Names.Throw}}.OutOfRange("layer", layer, {{plan.Layers}});
                    }

                    return ref {{Names.Unsafe}}.Add(ref _storage.First, (layer * {{plan.StateStride}}) + offset);
                }
                """);
            ParameterEmitter.EmitStorage(writer, "Memory", plan.Layers * plan.StateStride);
        }
    }
}
