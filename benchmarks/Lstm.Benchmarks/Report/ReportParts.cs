using System;
using System.Globalization;
using System.Linq;
using System.Runtime;

namespace Lstm.Benchmarks;

/// <summary>What a child process measures and prints, a line of tab-separated words each.</summary>
internal static class ReportParts
{
    /// <summary>p, d, nanoseconds of a generated step.</summary>
    public const string Steps = "steps";

    /// <summary>p, d, milliseconds that the JIT takes until the first step is done.</summary>
    public const string Compilation = "compilation";

    /// <summary>p, d, nanoseconds of a step over floats, over doubles, of training over floats, over doubles.</summary>
    public const string Doubles = "doubles";

    /// <summary>p, d, nanoseconds of a step in the standard, strict and portable form, of training in each.</summary>
    public const string Variants = "variants";

    public static int Run(string part)
    {
        switch (part)
        {
            case Steps:
                foreach (StepTime time in StepMeasurement.Run(CellSize.All, [StepContestant.Find(StepContestant.Generated)]))
                {
                    Print(time.Size, time.Nanoseconds);
                }

                return 0;
            case Compilation:
                foreach (CellSize size in CellSize.All)
                {
                    Print(size, Compile(size));
                }

                return 0;
            case Doubles:
                foreach ((CellSize size, double[] times) in DoubleSection.Measure())
                {
                    Print(size, times);
                }

                return 0;
            case Variants:
                foreach ((CellSize size, double[] times) in VariantSection.Measure())
                {
                    Print(size, times);
                }

                return 0;
            default:
                return 1;
        }
    }

    private static double Compile(CellSize size)
    {
        GeneratedCell cell = GeneratedCell.Create(CellParameters.Random(size, seed: 1));
        float[] x = Sequence.Random(size.Input, seed: 2);
        TimeSpan before = JitInfo.GetCompilationTime(currentThread: true);
        cell.Stream(x);
        return (JitInfo.GetCompilationTime(currentThread: true) - before).TotalMilliseconds;
    }

    private static void Print(CellSize size, params double[] values) =>
        Console.WriteLine(string.Join('\t', values.Prepend(size.Hidden).Prepend(size.Input).Select(static value => value.ToString("R", CultureInfo.InvariantCulture))));
}
