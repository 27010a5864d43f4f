using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Lstm.Benchmarks;

/// <summary>A step where the cell and its state do not begin on a cache line: in a field, an array element and a local.</summary>
internal static class StorageSection
{
    private const int Passes = 8; // over the sequence, so that copying the cell to the stack does not count

    public static string Write()
    {
        MarkdownTable table = new("(p,d), ns per step", "AlignedMemory", "field", "array element", "stack", "field / aligned", "array / aligned", "stack / aligned");
        Add<Cell1x8, Cell1x8.State, Cell1x8.Gradient>(table, new CellSize(1, 8));
        Add<Cell1x16, Cell1x16.State, Cell1x16.Gradient>(table, new CellSize(1, 16));
        Add<Cell1x32, Cell1x32.State, Cell1x32.Gradient>(table, new CellSize(1, 32));
        Add<Cell1x40, Cell1x40.State, Cell1x40.Gradient>(table, new CellSize(1, 40)); // more than 65,535 bytes .NET takes into no array
        return table.ToString();
    }

    private static void Add<TCell, TState, TGradient>(MarkdownTable table, CellSize size)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        using AlignedMemory<TCell> cell = new();
        using AlignedMemory<TState> state = new();
        CellParameters.Random(size, seed: 1).CopyTo<float>(
            (gate, row, column) => ref cell.Value.W(0, gate, row, column),
            (gate, row, column) => ref cell.Value.U(0, gate, row, column),
            (gate, row) => ref cell.Value.B(0, gate, row));
        float[] x = Sequence.Random(size.Input, seed: 2);
        StrongBox<Unaligned<TCell, TState>> field = new(new Unaligned<TCell, TState> { Before = 0, Cell = cell.Value });
        Unaligned<TCell, TState>[] array = [field.Value, field.Value, field.Value];

        double[] times = Interleaved.Measure(
        [
            () => Stream<TCell, TState, TGradient>(in cell.Value, ref state.Value, x),
            () => Stream<TCell, TState, TGradient>(in field.Value.Cell, ref field.Value.State, x),
            () => Stream<TCell, TState, TGradient>(in array[1].Cell, ref array[1].State, x),
            () => OnStack<TCell, TState, TGradient>(in cell.Value, x),
        ]);
        table.Add(
        [
            size.ToString(), .. times.Select(static time => Numbers.Time(time / (Passes * Sequence.Steps))),
            .. times.Skip(1).Select(time => Numbers.Ratio(time / times[0])),
        ]);
    }

    private static void OnStack<TCell, TState, TGradient>(in TCell cell, ReadOnlySpan<float> x)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        Unaligned<TCell, TState> local = new() { Before = 0, Cell = cell };
        Stream<TCell, TState, TGradient>(in local.Cell, ref local.State, x);
    }

    private static void Stream<TCell, TState, TGradient>(in TCell cell, ref TState state, ReadOnlySpan<float> x)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        int input = x.Length / Sequence.Steps;
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int start = 0; start < x.Length; start += input)
            {
                // Generated steps are readonly members, which a type parameter does not know: without this it would copy the cell.
                Unsafe.AsRef(in cell).Step(x.Slice(start, input), ref state);
            }
        }
    }

    /// <summary>Four bytes in front put the rest off every boundary that objects and stack frames have.</summary>
    private struct Unaligned<TCell, TState>
        where TCell : unmanaged
        where TState : unmanaged
    {
        public float Before;
        public TCell Cell;
        public TState State;
    }
}
