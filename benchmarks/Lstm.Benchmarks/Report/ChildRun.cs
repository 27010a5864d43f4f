using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>A part of the report that needs a process of its own, since the runtime reads its switches when it starts.</summary>
internal static class ChildRun
{
    private const int Repeats = 3;

    /// <summary>
    /// The least of each figure over several processes: what is settled once a process, likely where code, stack and pages lie, can cost a step half
    /// its time again.
    /// </summary>
    public static Dictionary<CellSize, double[]> Least(string part) => Enumerable.Range(0, Repeats).SelectMany(_ => Figures(part))
        .GroupBy(static size => size.Key, static size => size.Value)
        .ToDictionary(static size => size.Key, static size => size.Aggregate(static (one, other) => [.. one.Zip(other, Math.Min)]));

    /// <summary>The figures that a part prints behind each size.</summary>
    public static Dictionary<CellSize, double[]> Figures(string part, params (string Name, string Value)[] switches) =>
        Start(part, switches).ToDictionary(
            static words => new CellSize(int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture)),
            static words => Array.ConvertAll(words[2..], static word => double.Parse(word, CultureInfo.InvariantCulture)));

    /// <summary>The words of each line that <see cref="ReportParts"/> prints in a process with these switches set.</summary>
    public static IReadOnlyList<string[]> Start(string part, params (string Name, string Value)[] switches)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, $"--part {part}") { RedirectStandardOutput = true };
        if (System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.Arguments = $"\"{typeof(ChildRun).Assembly.Location}\" {start.Arguments}";
        }

        foreach ((string name, string value) in switches)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))]
            : throw new InvalidOperationException($"The part '{part}' of the report ended with {child.ExitCode}.");
    }
}
