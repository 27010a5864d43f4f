using System.Collections.Generic;

namespace Lstm.Benchmarks;

/// <summary>What doubles cost.</summary>
internal static class DoubleSection
{
    public static string Write()
    {
        MarkdownTable steps = new("(p,d), ns per step", "floats", "doubles", "doubles / floats");
        MarkdownTable training = new("(p,d), us for 64 steps", "floats", "doubles", "doubles / floats");
        foreach ((CellSize size, double[] times) in ChildRun.Least(ReportParts.Doubles))
        {
            Add(steps, size, Sequence.Steps, times[0], times[1]);
            Add(training, size, 1000, times[2], times[3]);
        }

        return $"{steps}\n{training}";
    }

    /// <summary>Nanoseconds of a sequence stepped over floats and doubles, then trained on over floats and doubles.</summary>
    public static IEnumerable<(CellSize Size, double[] Times)> Measure() =>
    [
        Measure<Cell1x8, Cell1x8.State, Cell1x8.Gradient, DoubleCell1x8, DoubleCell1x8.State, DoubleCell1x8.Gradient>(new CellSize(1, 8)),
        Measure<Cell1x16, Cell1x16.State, Cell1x16.Gradient, DoubleCell1x16, DoubleCell1x16.State, DoubleCell1x16.Gradient>(new CellSize(1, 16)),
        Measure<Cell1x32, Cell1x32.State, Cell1x32.Gradient, DoubleCell1x32, DoubleCell1x32.State, DoubleCell1x32.Gradient>(new CellSize(1, 32)),
        Measure<Cell16x64, Cell16x64.State, Cell16x64.Gradient, DoubleCell16x64, DoubleCell16x64.State, DoubleCell16x64.Gradient>(new CellSize(16, 64)),
    ];

    private static (CellSize Size, double[] Times) Measure<TFloat, TFloatState, TFloatGradient, TDouble, TDoubleState, TDoubleGradient>(CellSize size)
        where TFloat : unmanaged, IGenerated<TFloat, float, TFloatState, TFloatGradient>
        where TFloatState : unmanaged
        where TFloatGradient : unmanaged, IGradient<float>
        where TDouble : unmanaged, IGenerated<TDouble, double, TDoubleState, TDoubleGradient>
        where TDoubleState : unmanaged
        where TDoubleGradient : unmanaged, IGradient<double>
    {
        using ScalarCell<float, TFloat, TFloatState, TFloatGradient> floats = new(size);
        using ScalarCell<double, TDouble, TDoubleState, TDoubleGradient> doubles = new(size);
        return (size, [.. Interleaved.Measure([floats.Stream, doubles.Stream]), .. Interleaved.Measure([floats.Train, doubles.Train])]);
    }

    private static void Add(MarkdownTable table, CellSize size, double unit, double floats, double doubles) =>
        table.Add(size.ToString(), Numbers.Time(floats / unit), Numbers.Time(doubles / unit), Numbers.Ratio(doubles / floats));
}
