using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>What more digits, and the same bits on every machine, cost.</summary>
internal static class VariantSection
{
    private static readonly (CellSize Size, Func<CellParameters, GeneratedCell> Strict, Func<CellParameters, GeneratedCell> Portable)[] Sizes =
    [
        (new(1, 12), Create<StrictCell1x12, StrictCell1x12.State, StrictCell1x12.Gradient>, Create<PortableCell1x12, PortableCell1x12.State, PortableCell1x12.Gradient>),
        (new(1, 16), Create<StrictCell1x16, StrictCell1x16.State, StrictCell1x16.Gradient>, Create<PortableCell1x16, PortableCell1x16.State, PortableCell1x16.Gradient>),
        (new(1, 20), Create<StrictCell1x20, StrictCell1x20.State, StrictCell1x20.Gradient>, Create<PortableCell1x20, PortableCell1x20.State, PortableCell1x20.Gradient>),
        (new(1, 32), Create<StrictCell1x32, StrictCell1x32.State, StrictCell1x32.Gradient>, Create<PortableCell1x32, PortableCell1x32.State, PortableCell1x32.Gradient>),
        (new(1, 40), Create<StrictCell1x40, StrictCell1x40.State, StrictCell1x40.Gradient>, Create<PortableCell1x40, PortableCell1x40.State, PortableCell1x40.Gradient>),
        (new(16, 64), Create<StrictCell16x64, StrictCell16x64.State, StrictCell16x64.Gradient>, Create<PortableCell16x64, PortableCell16x64.State, PortableCell16x64.Gradient>),
    ];

    public static string Write()
    {
        MarkdownTable steps = new("(p,d), ns per step", "standard, fused", "strict", "portable", "strict / standard", "portable / fused");
        MarkdownTable training = new("(p,d), us for 64 steps", "standard, fused", "strict", "portable", "strict / standard", "portable / fused");
        foreach ((CellSize size, double[] times) in ChildRun.Least(ReportParts.Variants))
        {
            Add(steps, size, Sequence.Steps, times[..3]);
            Add(training, size, 1000, times[3..]);
        }

        return $"{steps}\n{training}";
    }

    /// <summary>Nanoseconds of a sequence stepped by the standard, the strict and the portable cell, then trained on by each.</summary>
    public static IEnumerable<(CellSize Size, double[] Times)> Measure()
    {
        foreach ((CellSize size, Func<CellParameters, GeneratedCell> strict, Func<CellParameters, GeneratedCell> portable) in Sizes)
        {
            CellParameters parameters = CellParameters.Random(size, seed: 1);
            float[] x = Sequence.Random(size.Input, seed: 2);
            float[] dWm = Sequence.Random(size.Hidden, seed: 3);
            GeneratedCell[] cells = [GeneratedCell.Create(parameters), strict(parameters), portable(parameters)];
            double[] steps = Interleaved.Measure([.. cells.Select(cell => (Action)(() => cell.Stream(x)))]);
            double[] training = Interleaved.Measure([.. cells.Select(cell => (Action)(() => cell.Train(x, dWm)))]);
            yield return (size, [.. steps, .. training]);
        }
    }

    private static void Add(MarkdownTable table, CellSize size, double unit, double[] times) =>
        table.Add([size.ToString(), .. times.Select(time => Numbers.Time(time / unit)), .. times.Skip(1).Select(time => Numbers.Ratio(time / times[0]))]);

    private static GeneratedCell Create<TCell, TState, TGradient>(CellParameters parameters)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float> => new GeneratedCell<TCell, TState, TGradient>(parameters, sequences: 1);
}
