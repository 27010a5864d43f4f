using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lstm.Benchmarks;

/// <summary>Measures everything and writes <c>docs/benchmarks.md</c> with its charts.</summary>
internal static class ReportCommand
{
    public static void Run(IReadOnlySet<string> peers)
    {
        ReportDocument document = new();
        document.Set("conditions", Conditions(peers));

        IReadOnlyList<StepTime> steps = StepMeasurement.Least(peers);
        document.Set("step", StepSection.Write(steps));
        Machine? machine = peers.Contains(OptionalPeers.Native) ? Machine.Measure() : null;
        document.Set("bounds", machine is null ? "Left out: measuring the core needs a C++ compiler." : BoundSection.Write(machine, steps));

        IReadOnlyList<TrainTime> training = [.. Sequence.Counts.SelectMany(sequences => TrainMeasurement.Least(sequences, peers))];
        document.Set("train", TrainSection.Write(training));
        document.Set("cores", CoresSection.Write());
        document.Set("many", ManySection.Write(machine));
        document.Set("variants", VariantSection.Write());
        document.Set("doubles", DoubleSection.Write());
        document.Set("storage", StorageSection.Write());
        document.Set("widths", WidthSection.Write());
        document.Set("code", CodeSection.Write());
        document.Set("editor", EditorSection.Write());
        Draw();
    }

    /// <summary>Measures what an edit costs, and nothing else.</summary>
    public static void Editor() => new ReportDocument().Set("editor", EditorSection.Write());

    /// <summary>Draws the charts from the tables of <c>docs/benchmarks.md</c>.</summary>
    public static void Draw()
    {
        ReportDocument document = new();
        StepSection.Draw(document);
        TrainSection.Draw(document);
    }

    private static string Conditions(IReadOnlySet<string> peers)
    {
        string[] missing = [.. OptionalPeers.All.Except(peers)];
        string leftOut = missing is [] ? "none" : string.Join(", ", missing);
        string also = Vector512.IsHardwareAccelerated ? " and of 16" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"""
            {Processor.Name}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription},
            vectors of {Vector<float>.Count} floats{also}, {DateTime.UtcNow:yyyy-MM-dd}. Peers left out: {leftOut}.
            Written by `dotnet run -c Release --project benchmarks/Lstm.Benchmarks -- --report`.
            """);
    }
}
