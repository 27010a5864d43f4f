using System;

namespace Lstm.Benchmarks;

/// <summary>A thousand agents with a state each that share one cell: one call for all, against one call each.</summary>
internal static class ManySection
{
    private const int Agents = 1024;
    private static readonly CellSize Size = new(8, 32);

    public static string Write()
    {
        using AlignedMemory<Cell8x32> cell = new();
        using AlignedMemory<Cell8x32.State> together = new(Agents);
        using AlignedMemory<Cell8x32.State> single = new(Agents);
        CellParameters.Random(Size, seed: 1).CopyTo<float>(
            (gate, row, column) => ref cell.Value.W(gate, row, column),
            (gate, row, column) => ref cell.Value.U(gate, row, column),
            (gate, row) => ref cell.Value.B(gate, row));
        float[] x = Sequence.Random(Size.Input * Agents / Sequence.Steps, seed: 2);
        double[] times = Interleaved.Measure(
        [
            () => cell.Value.Step(x, together.GetSpan()),
            () =>
            {
                Span<Cell8x32.State> states = single.GetSpan();
                for (int agent = 0; agent < Agents; agent++)
                {
                    cell.Value.Step(x.AsSpan(agent * Size.Input, Size.Input), ref states[agent]);
                }
            },
        ]);

        MarkdownTable table = new($"{Agents} agents of {Size}", "us for all", "ns an agent", "throughput");
        table.Add("one `Step` each", Numbers.Time(times[1] / 1000), Numbers.Time(times[1] / Agents), Numbers.Ratio(1));
        table.Add("one `Step` for all", Numbers.Time(times[0] / 1000), Numbers.Time(times[0] / Agents), Numbers.Ratio(times[1] / times[0]));
        return table.ToString();
    }
}
