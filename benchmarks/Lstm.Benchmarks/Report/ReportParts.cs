using System;
using System.Collections.Generic;
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

    /// <summary>p, d, nanoseconds of a step of each contestant that can take part.</summary>
    public const string Contest = "contest";

    private const string TrainingOn = "training-on-";

    /// <summary>p, d, microseconds of training on so many sequences of each contestant that can take part.</summary>
    public static string Training(int sequences) => TrainingOn + sequences.ToString(CultureInfo.InvariantCulture);

    public static int Run(string part)
    {
        if (Measure(part) is not { } figures)
        {
            return 1;
        }

        foreach ((CellSize size, double[] values) in figures)
        {
            Print(size, values);
        }

        return 0;
    }

    private static IEnumerable<(CellSize Size, double[] Values)>? Measure(string part) => part switch
    {
        Steps => StepMeasurement.Measure([StepContestant.Find(StepContestant.Generated)]),
        Contest => StepMeasurement.Measure(StepContestant.Among(OptionalPeers.Find())),
        Compilation => CellSize.All.Select(static size => (size, new[] { Compile(size) })),
        Doubles => DoubleSection.Measure(),
        Variants => VariantSection.Measure(),
        _ when part.StartsWith(TrainingOn, StringComparison.Ordinal) =>
            Train(int.Parse(part.AsSpan(TrainingOn.Length), CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static IEnumerable<(CellSize Size, double[] Values)> Train(int sequences) =>
        TrainMeasurement.Measure(sequences, TrainContestant.Among(OptionalPeers.Find()));

    private static double Compile(CellSize size)
    {
        GeneratedCell cell = GeneratedCell.Create(CellParameters.Random(size, seed: 1));
        float[] x = Sequence.Random(size.Input, seed: 2);
        TimeSpan before = JitInfo.GetCompilationTime(currentThread: true);
        cell.Stream(x);
        return (JitInfo.GetCompilationTime(currentThread: true) - before).TotalMilliseconds;
    }

    private static void Print(CellSize size, double[] values) =>
        Console.WriteLine(string.Join(
            '\t', values.Prepend(size.Hidden).Prepend(size.Input).Select(static value => value.ToString("R", CultureInfo.InvariantCulture))));
}
