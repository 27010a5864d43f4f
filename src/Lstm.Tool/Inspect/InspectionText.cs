using System;
using System.IO;
using Lstm.Tool.Computing;
using Spectre.Console;

namespace Lstm.Tool.Inspect;

/// <summary>An inspection for people.</summary>
internal static class InspectionText
{
    /// <summary>Writes it.</summary>
    public static void Write(Inspection inspection, TextWriter output)
    {
        IAnsiConsole console = Screen.Of(output);
        LstmModel model = inspection.File.Model;
        Screen.Fact(output, "format", $"{inspection.File.FormatName}, {inspection.File.Length:#,0} bytes");
        string layers = model.LayerCount == 1 ? "an LSTM layer" : $"{model.LayerCount} LSTM layers";
        Screen.Fact(output, "sizes", $"{inspection.File.Sizes}: input, {layers}, {(model.Output > 0 ? "readout" : "no readout")}");
        Screen.Fact(output, "parameters", $"{inspection.Parameters:#,0}");
        Screen.Fact(output, "initial state", InitialState(inspection));
        Screen.Fact(output, "type", inspection.Type.Attribute ?? $"none: {inspection.Type.Hindrance}");
        Screen.Fact(
            output,
            "a step",
            $"{inspection.Cost.MultiplyAdds:#,0} multiply-adds, {inspection.Cost.WeightBytes / 1024.0:#,0.0} KB of weights");
        Screen.Fact(output, "", $"estimated {inspection.Cost.Nanoseconds:#,0} ns on {StepCost.Machine}; dotnet lstm bench measures it");

        output.WriteLine();
        console.Write(Gates(inspection));
        output.WriteLine($"Mean and saturated (within 0.01 of a bound): over {GateStatistics.Steps} steps of noise within 1 of 0.");
        for (int k = 0; k < model.LayerCount; k++)
        {
            output.WriteLine();
            WeightPicture.Write(model, k, console, output);
        }

        output.WriteLine();
        output.WriteLine($"{inspection.File.Path}: {inspection.File.FormatName}, {inspection.File.Sizes}, {inspection.Parameters} parameters");
    }

    private static string InitialState(Inspection inspection) => inspection.File.Model.HasInitialState
        ? $"yes: |ltm| up to {inspection.LargestInitialLtm:0.###}, |wm| up to {inspection.LargestInitialWm:0.###}"
        : "zeros";

    private static Table Gates(Inspection inspection)
    {
        Table table = Screen.Table(2, "layer", "gate", "rms W", "rms U", "mean b", "largest", "mean", "saturated");
        foreach (GateStatistics gate in inspection.Gates)
        {
            Screen.Row(
                table,
                gate.Gate == Gate.Remember ? $"{gate.Layer}" : "",
                gate.Gate.ToString(),
                $"{gate.RmsW:0.000}",
                $"{gate.RmsU:0.000}",
                $"{gate.MeanB:0.000}",
                $"{gate.LargestWeight:0.000}",
                $"{gate.Mean:0.000}",
                $"{gate.Saturated:0 %}");
        }

        return table;
    }
}
