using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

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
        StepSection.Draw(steps);
        Machine? machine = peers.Contains(OptionalPeers.Native) ? Machine.Measure() : null;
        document.Set("bounds", machine is null ? "Left out: measuring the core needs a C++ compiler." : BoundSection.Write(machine, steps));

        IReadOnlyList<TrainTime> training = [.. Sequence.Counts.SelectMany(sequences => TrainMeasurement.Least(sequences, peers))];
        document.Set("train", TrainSection.Write(training));
        TrainSection.Draw(training);
        document.Set("cores", CoresSection.Write());
        document.Set("many", ManySection.Write(machine));
        document.Set("variants", VariantSection.Write());
        document.Set("doubles", DoubleSection.Write());
        document.Set("storage", StorageSection.Write());
        document.Set("widths", WidthSection.Write());
        document.Set("code", CodeSection.Write());
    }

    private static string Conditions(IReadOnlySet<string> peers) => string.Create(CultureInfo.InvariantCulture, $"""
        {Processor.Name}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription},
        vectors of {System.Numerics.Vector<float>.Count} floats{(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? " and of 16" : string.Empty)}, {DateTime.UtcNow:yyyy-MM-dd}. Peers left out: {(OptionalPeers.All.Except(peers).ToArray() is [_, ..] missing ? string.Join(", ", missing) : "none")}.
        Written by `dotnet run -c Release --project benchmarks/Lstm.Benchmarks -- --report`.
        """);
}
