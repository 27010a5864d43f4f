using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The members of an <c>[LstmNetwork]</c> struct.</summary>
internal static class LstmNetworkEmitter
{
    public static string Emit(LstmNetworkPlan plan) => TypeEmitter.Emit(
        plan.Target, plan.First.Scalar, PlanText.Network(plan), new[] { TypeEmitter.GeneratedCode }, writer => EmitMembers(writer, plan));

    private static void EmitMembers(SourceWriter writer, LstmNetworkPlan plan)
    {
        EmitConstants(writer, plan);
        NetworkAccessEmitter.EmitAccess(writer, plan, "The weights");
        EmitInitialize(writer, plan);
        NetworkForwardEmitter.EmitStep(writer, plan);
        NetworkForwardEmitter.EmitForward(writer, plan);
        NetworkForwardEmitter.EmitRecordedForward(writer, plan);
        NetworkBackwardEmitter.Emit(writer, plan);
        BatchNetworkEmitter.Emit(writer, plan);
        ParameterEmitter.EmitDescend(writer);
        NetworkAccessEmitter.EmitState(writer, plan);
        ParameterEmitter.EmitGradient(writer, plan.Length, () => NetworkAccessEmitter.EmitAccess(writer, plan, "dL/dw for the weights"));
        ParameterEmitter.EmitStorage(writer, "Weights", plan.Length);
        using (KernelEmitter.Block(writer))
        {
            EmitKernels(writer, plan);
        }
    }

    private static void EmitConstants(SourceWriter writer, LstmNetworkPlan plan) => writer.Lines($$"""
        /// <summary>p, the length of x.</summary>
        public const int InputSize = {{plan.First.Layout.Input}};

        /// <summary>d, the length of each layer's ltm and wm.</summary>
        public const int HiddenSize = {{plan.First.Layout.Hidden}};

        /// <summary>K, the length of y.</summary>
        public const int OutputSize = {{plan.Readout.Output}};

        /// <summary>Stacked cells.</summary>
        public const int LayerCount = {{plan.Layers}};

        /// <summary>Parameters of all layers and the readout.</summary>
        public const int ParameterCount = {{plan.ParameterCount}};

        private Weights _storage;

        /// <summary>
        /// Every parameter, packed as the kernels read them{{(plan.Length > plan.ParameterCount ? "; what is over ParameterCount is padding and must stay 0" : string.Empty)}}:
        /// layer by layer in the header comment's order, then V, row after row, then c.
        /// </summary>
        {{Names.UnscopedRef}}
        public {{writer.Span}} Parameters => {{Names.Marshal}}.CreateSpan(ref _storage.First, {{plan.Length}});
        """);

    private static void EmitInitialize(SourceWriter writer, LstmNetworkPlan plan)
    {
        int padded = plan.First.Layout.Padded;
        using (ParameterEmitter.OpenInitialize(writer))
        {
            ParameterEmitter.EmitInitialize(writer, plan.First.Layout, "First", "_storage.First", plan.BoundLiteral);
            if (plan.Inner is { } inner)
            {
                using (writer.Block($"for (int layer = 1; layer < {plan.Layers}; layer++)"))
                {
                    writer.Line($"ref {writer.Real} layerWeights = ref {Names.Unsafe}.Add(ref _storage.First, {LayerOffset(plan, "layer")});");
                    ParameterEmitter.EmitInitialize(writer, inner.Layout, "Inner", "layerWeights", plan.BoundLiteral);
                }
            }

            writer.Lines($$"""
                for (int row = 0; row < {{plan.Readout.Output}}; row++)
                {
                    for (int column = 0; column < {{plan.First.Layout.Hidden}}; column++)
                    {
                        {{Names.Unsafe}}.Add(ref _storage.First, {{plan.Readout.Weights}} + (row * {{padded}}) + column) = random.Next({{plan.BoundLiteral}});
                    }

                    {{Names.Unsafe}}.Add(ref _storage.First, {{plan.Readout.Biases}} + row) = random.Next({{plan.BoundLiteral}});
                }
                """);
        }
    }

    /// <summary>Where an inner layer's parameters begin, for a variable layer of at least 1.</summary>
    public static string LayerOffset(LstmNetworkPlan plan, string layer) =>
        $"{plan.First.Layout.Length} + (({layer} - 1) * {plan.Inner!.Layout.Length})";

    private static void EmitKernels(SourceWriter writer, LstmNetworkPlan plan)
    {
        NetworkAccessEmitter.EmitIndex(writer, plan);
        KernelPlan[] kernels = plan.Inner is { } inner ? new[] { plan.First, inner } : new[] { plan.First };
        foreach (KernelPlan kernel in kernels)
        {
            ParameterEmitter.EmitIndex(writer, kernel.Prefix, kernel.Layout);
            KernelEmitter.Emit(writer, kernel);
        }

        KernelEmitter.EmitOuter(writer, "Outer", plan.First.Widths.Select(width => (width.Lanes, width.Product)));
        KernelEmitter.EmitOuter(writer, "ReadoutOuter", KernelPlanner.NarrowProducts(plan.Readout.Lanes, plan.First.Scalar));
        ReadoutEmitter.Emit(writer, plan);
        BatchNetworkEmitter.EmitKernel(writer, plan);
        VectorEmitter.Emit(writer, kernels);
    }
}
