using System;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The file of a <c>[DeepChain]</c> struct: the user's members, and what they do.</summary>
internal static class DeepChainEmitter
{
    public static string Emit(DeepChainPlan plan) => TypeFrame.Emit(
        plan.Target, ChainHeaderText.Of(plan), string.Empty, writer => EmitMembers(writer, plan), writer => ChainKernelEmitter.Emit(writer, plan));

    /// <summary>The user's members alone, for stubs.</summary>
    public static string EmitMembers(DeepChainPlan plan) => TypeFrame.Emit(
        plan.Target, Array.Empty<string>(), string.Empty, writer => EmitMembers(writer, plan), static _ => { });

    private static void EmitMembers(SourceWriter writer, DeepChainPlan plan)
    {
        EmitConstants(writer, plan);
        StorageEmitter.EmitParameters(writer, plan.Scalar, plan.ParameterCount, plan.ParameterCount, Order(plan));
        ChainMemberEmitter.EmitExport(writer, NumberNames.Of(plan.Scalar));
        ChainMemberEmitter.Emit(writer, plan);
        StorageEmitter.EmitDescend(writer, plan.Scalar);
        StorageEmitter.EmitGradient(writer, plan.Target, plan.Scalar, plan.ParameterCount, static () => { });
        StorageEmitter.EmitStorage(writer, plan.Scalar, "Weights", plan.ParameterCount);
    }

    private static void EmitConstants(SourceWriter writer, DeepChainPlan plan) => writer.Lines($"""
        /// <summary>L, the number of layers.</summary>
        public const int LayerCount = {plan.Layers};

        /// <summary>N, the length of x.</summary>
        public const int Width = {plan.Width};

        /// <summary>The number of weights.</summary>
        public const int ParameterCount = {plan.ParameterCount};

        /// <summary>The length of Parameters: ParameterCount, as a chain has no padding.</summary>
        public const int ParameterLength = {plan.ParameterCount};
        """);

    private static string Order(DeepChainPlan plan) => (plan.Layers, plan.Form) switch
    {
        (1, _) => "the 1 x N layer",
        (_, ChainForm.Diagonal) => "the diagonals of layers 1 to L - 1, then the 1 x N layer",
        _ => "layers 1 to L - 1, N x N row-major each, then the 1 x N layer",
    };
}
