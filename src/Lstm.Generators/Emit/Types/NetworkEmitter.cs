using System;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The file of an <c>[LstmNetwork]</c> struct: the user's members, and the kernels behind them.</summary>
internal static class NetworkEmitter
{
    public static string Emit(LstmNetworkPlan plan) => TypeFrame.Emit(
        plan.Target, HeaderText.Network(plan), InterfaceEmitter.BaseOf(plan.Target, plan.First),
        writer => EmitMembers(writer, plan), writer => EmitKernels(writer, plan));

    /// <summary>The user's members alone, for stubs.</summary>
    public static string EmitMembers(LstmNetworkPlan plan) => TypeFrame.Emit(
        plan.Target, Array.Empty<string>(), InterfaceEmitter.BaseOf(plan.Target, plan.First), writer => EmitMembers(writer, plan), static _ => { });

    private static void EmitMembers(SourceWriter writer, LstmNetworkPlan plan)
    {
        KernelPlan first = plan.First;
        EmitConstants(writer, plan);
        StorageEmitter.EmitParameters(
            writer, first.Scalar, plan.Length, plan.ParameterCount, "layer by layer in the header comment's order, then V row by row, then c");
        StorageEmitter.EmitExport(
            writer, first.Scalar, "layer by layer W, U, b, each gate after gate (Remember, Save, Focus, Candidate), rows row-major; then V and c");
        NetworkAccessEmitter.EmitAccess(writer, plan, "The weights", "The biases");
        EmitInitialize(writer, plan);
        TrainedEmitter.Emit(writer, plan.Target, plan.Trained);
        NetworkMemberEmitter.Emit(writer, plan);
        InterfaceEmitter.EmitNetwork(writer, plan);
        NetworkAccessEmitter.EmitState(writer, plan);
        if (first.Backward)
        {
            StorageEmitter.EmitDescend(writer, first.Scalar);
            StorageEmitter.EmitGradient(
                writer, plan.Target, first.Scalar, plan.Length,
                () => NetworkAccessEmitter.EmitAccess(writer, plan, "dL/dw for the weights", "dL/db for the biases"));
            TraceEmitter.EmitTrace(writer, NumberNames.Of(first.Scalar));
        }

        StorageEmitter.EmitStorage(writer, first.Scalar, "Weights", plan.Length);
    }

    private static void EmitKernels(SourceWriter writer, LstmNetworkPlan plan)
    {
        using (KernelEmitter.OpenNamespace(writer))
        {
            writer.Line("/// <summary>What the members of the network do.</summary>");
            using (KernelEmitter.OpenClass(writer, "Kernel"))
            {
                NetworkAccessEmitter.EmitIndex(writer, plan);
                ParameterBodyEmitter.EmitNetwork(writer, plan);
                NetworkBodyEmitter.Emit(writer, plan);
                SequenceBodyEmitter.Emit(writer, plan);
            }
        }

        foreach (KernelPlan kernel in plan.Kernels)
        {
            KernelEmitter.Emit(writer, kernel);
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

        /// <summary>The length of Parameters: ParameterCount and padding.</summary>
        public const int ParameterLength = {{plan.Length}};
        """);

    private static void EmitInitialize(SourceWriter writer, LstmNetworkPlan plan) =>
        StorageEmitter.EmitInitialize(writer, plan.First.Scalar, plan.BoundLiteral, () =>
        {
            StorageEmitter.EmitFill(writer, "FirstCell", "ref _storage.First");
            if (plan.Inner is not null)
            {
                using (writer.Block($"for (int layer = 1; layer < {plan.Layers}; layer++)"))
                {
                    writer.Lines($"""
                        int offset = global::{KernelEmitter.Namespace}.Kernel.WeightsOf(layer);
                        """);
                    StorageEmitter.EmitFill(writer, "InnerCell", $"ref {TypeFrame.Unsafe}.Add(ref _storage.First, offset)");
                }
            }

            ReadoutPlan readout = plan.Readout;
            string weights = $"ref {TypeFrame.Unsafe}.Add(ref _storage.First, {readout.Weights})";
            string biases = $"ref {TypeFrame.Unsafe}.Add(ref _storage.First, {readout.Biases})";
            writer.Lines($"""
                global::Lstm.Kernels.InitialWeights.OfReadout(
                    {weights},
                    {biases},
                    {readout.Output}, {plan.First.Layout.Hidden}, {plan.First.Layout.Padded}, ref random, bound);
                """);
        });
}
