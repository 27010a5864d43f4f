using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>
/// What holds a step back: the least time it could take by each of four resources, from the measured figures of the machine,
/// and how far off the largest of them it is.
/// </summary>
internal static class BoundSection
{
    private const int FirstLevelBytes = 32 * 1024;
    private const int LastTile = 16;

    // tanh as a rational function of degree 9/8: its multiply-adds and products, five of them to a vector of units.
    private const int ActivationOperations = 5 * 13;

    public static string Write(Machine machine, IReadOnlyList<StepTime> times)
    {
        MarkdownTable table = new(
            "(p,d)", "multiply-adds", "first-level loads", "second-level loads", "dependency", "bound by",
            "generated", "generated / bound", "C++ / bound");
        foreach (IGrouping<CellSize, StepTime> size in times.GroupBy(static time => time.Size))
        {
            (string Name, double Nanoseconds)[] bounds = Bounds(machine, size.Key);
            (string name, double bound) = bounds.MaxBy(static bound => bound.Nanoseconds);
            double generated = size.First(static time => time.Contestant == StepContestant.Generated).Nanoseconds;
            double native = size.First(static time => time.Contestant == StepContestant.Native).Nanoseconds;
            table.Add(
            [
                size.Key.ToString(), .. bounds.Select(static bound => Numbers.Time(bound.Nanoseconds)), name,
                Numbers.Time(generated), Numbers.Ratio(generated / bound), Numbers.Ratio(native / bound),
            ]);
        }

        MarkdownTable figures = new("figure of this core", "measured");
        figures.Add("vectors", $"{machine.Lanes} floats");
        figures.Add(
            "multiply-adds", $"{Numbers.Ratio(machine.MultiplyAdds)} vectors/ns, {Numbers.Time(machine.MultiplyAdds * machine.Lanes * 2)} GFLOP/s");
        figures.Add("latency of a multiply-add", $"{Numbers.Time(machine.MultiplyAddLatency)} ns");
        figures.Add("latency from a step's sums to the next step's inputs", $"{Numbers.Time(machine.ActivationLatency)} ns");
        figures.Add("first-level cache", $"{Numbers.Time(machine.FirstLevel)} bytes/ns");
        figures.Add("second-level cache", $"{Numbers.Time(machine.SecondLevel)} bytes/ns");
        return $"{figures}\nNanoseconds per step that each resource alone would take:\n\n{table}";
    }

    /// <summary>Nanoseconds that the multiply-adds of a step take, activations included, were there nothing else.</summary>
    public static double Arithmetic(Machine machine, CellSize size)
    {
        int vectors = Vectors(machine, size);
        return ((vectors * Rows(size)) + (ActivationOperations * vectors / 4.0)) / machine.MultiplyAdds;
    }

    private static (string Name, double Nanoseconds)[] Bounds(Machine machine, CellSize size)
    {
        int vectors = Vectors(machine, size);
        int rows = Rows(size);
        double bytes = (double)vectors * machine.Lanes * rows * sizeof(float);

        // The units that a step ends with are the last to be known and go into every sum of the next one.
        double latency = machine.MultiplyAddLatency;
        double chain = Math.Min(size.Hidden, LastTile) * latency * Math.Min(1, vectors / (machine.MultiplyAdds * latency));
        double beyond = Math.Max(0, bytes - FirstLevelBytes);
        return
        [
            ("multiply-adds", Arithmetic(machine, size)),
            ("first-level loads", bytes / machine.FirstLevel),
            ("second-level loads", beyond / machine.SecondLevel),
            ("dependency", machine.ActivationLatency + chain),
        ];
    }

    // Of sums, four gates a unit.
    private static int Vectors(Machine machine, CellSize size) => ((4 * size.Hidden) + machine.Lanes - 1) / machine.Lanes;

    // Of weights: b, W and U.
    private static int Rows(CellSize size) => 1 + size.Input + size.Hidden;
}
