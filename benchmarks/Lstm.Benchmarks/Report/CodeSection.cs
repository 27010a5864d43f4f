using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lstm.Benchmarks;

/// <summary>What a cell takes up: machine code, the JIT's time for it, and memory.</summary>
internal static partial class CodeSection
{
    private const int Repeats = 5; // of which the shortest compilation counts, as with all times

    public static string Write()
    {
        string listing = Path.GetTempFileName();
        ChildRun.Start(ReportParts.Compilation, ("DOTNET_JitStdOutFile", listing), ("DOTNET_JitDisasmSummary", "1"));
        IReadOnlyList<string[]>[] compilations = [.. Enumerable.Range(0, Repeats).Select(static _ => ChildRun.Start(ReportParts.Compilation))];
        ILookup<string, int> codeSizes = File.ReadLines(listing).Select(static line => Compiled().Match(line)).Where(static match => match.Success)
            .ToLookup(
                static match => match.Groups["cell"].Value,
                static match => int.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture));
        File.Delete(listing);

        MarkdownTable table = new("(p,d)", "code of a step, bytes", "JIT, ms", "parameters, bytes", "state, bytes", "tape of 64 steps, bytes");
        foreach ((int row, CellSize size) in CellSize.All.Index())
        {
            GeneratedCell cell = GeneratedCell.Create(CellParameters.Random(size, seed: 1));
            table.Add(
                size.ToString(),
                Numbers.Count(codeSizes[$"Cell{size.Input}x{size.Hidden}"].Sum()),
                Numbers.Time(compilations.Min(run => double.Parse(run[row][2], CultureInfo.InvariantCulture))),
                Numbers.Count(cell.CellBytes), Numbers.Count(cell.StateBytes), Numbers.Count(cell.TapeBytes));
        }

        return table.ToString();
    }

    // Members: "  12: JIT compiled Lstm.Benchmarks.Cell1x8:Step(...) [FullOpts, IL size=1234, code size=2345, ...]".
    // Kernels: "  13: JIT compiled Lstm.Generated.Code.<Lstm_Benchmarks_Cell1x8_g>F0A1B__Cell256:Run(...) [FullOpts, ...]".
    [GeneratedRegex(
        @"JIT compiled Lstm\.(Benchmarks\.|Generated\.Code\.<Lstm_Benchmarks_)(?<cell>Cell\d+x\d+)(_g>\w+)?:.*\[FullOpts.*code size=(?<size>\d+)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Compiled();
}
