using System;

namespace Lstm.Benchmarks;

/// <summary>A thousand agents with a state each that share one cell: one call for all, against one call each.</summary>
internal static class ManySection
{
    private const int Agents = 1024;

    /// <param name="machine">Null where it was not measured: then nothing is said of what its arithmetic allows.</param>
    public static string Write(Machine? machine)
    {
        MarkdownTable table = new(
        [
            $"(p,d), {Agents} agents, ns per agent", "a `Step` for each", "one `Step` for all", "gain",
            .. (string[])(machine is null ? [] : ["multiply-adds alone", "limit of the arithmetic"]),
        ]);
        Add<Cell1x16, Cell1x16.State, Cell1x16.Gradient>(table, machine, new CellSize(1, 16));
        Add<Cell8x32, Cell8x32.State, Cell8x32.Gradient>(table, machine, new CellSize(8, 32));
        Add<Cell16x64, Cell16x64.State, Cell16x64.Gradient>(table, machine, new CellSize(16, 64));
        Add<Cell8x128, Cell8x128.State, Cell8x128.Gradient>(table, machine, new CellSize(8, 128));
        return table.ToString();
    }

    private static void Add<TCell, TState, TGradient>(MarkdownTable table, Machine? machine, CellSize size)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        using AlignedMemory<TCell> cell = new();
        using AlignedMemory<TState> together = new(Agents);
        using AlignedMemory<TState> single = new(Agents);
        CellParameters.Random(size, seed: 1).CopyTo<float>(
            (gate, row, column) => ref cell.Value.W(0, gate, row, column),
            (gate, row, column) => ref cell.Value.U(0, gate, row, column),
            (gate, row) => ref cell.Value.B(0, gate, row));
        float[] x = Sequence.Random(size.Input * Agents / Sequence.Steps, seed: 2);
        double[] times = Interleaved.Measure(
        [
            () =>
            {
                ref TCell one = ref cell.Value;
                Span<TState> states = single.GetSpan();
                for (int agent = 0; agent < Agents; agent++)
                {
                    one.Step(x.AsSpan(agent * size.Input, size.Input), ref states[agent]);
                }
            },
            () => cell.Value.Step(x, together.GetSpan()),
        ]);

        double each = times[0] / Agents;
        double forAll = times[1] / Agents;
        string[] ceiling = machine is null ? [] : Ceiling(each, BoundSection.Arithmetic(machine, size));
        table.Add([size.ToString(), Numbers.Time(each), Numbers.Time(forAll), Numbers.Ratio(each / forAll), .. ceiling]);
    }

    private static string[] Ceiling(double each, double bound) => [Numbers.Time(bound), Numbers.Ratio(each / bound)];
}
