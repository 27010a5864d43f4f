using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>What the runtime needs to know to export, import and load a cell or network: where its parameters stand.</summary>
internal static class ParameterBodyEmitter
{
    public static void EmitCell(SourceWriter writer, KernelPlan kernel) => writer.Lines($$"""
        /// <summary>Where the parameters stand.</summary>
        public static ParameterPlaces Places => new(Cell.Tiles, count: {{kernel.Layout.ParameterCount}}, length: {{kernel.Layout.Length}});
        """);

    public static void EmitNetwork(SourceWriter writer, LstmNetworkPlan plan) => writer.Lines($$"""

        /// <summary>Where the parameters stand.</summary>
        public static ParameterPlaces Places => new(
            FirstCell.Tiles, {{(plan.Inner ?? plan.First).Prefix}}Cell.Tiles, layers: {{plan.Layers}}, outputs: {{plan.Readout.Output}},
            weights: {{plan.Readout.Weights}}, biases: {{plan.Readout.Biases}}, count: {{plan.ParameterCount}}, length: {{plan.Length}});
        """);
}
