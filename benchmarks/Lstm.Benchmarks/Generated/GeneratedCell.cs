using System;
using System.Runtime.CompilerServices;

namespace Lstm.Benchmarks;

/// <summary>A generated cell of any size, with all that it reads and writes in <see cref="AlignedMemory{T}"/>.</summary>
internal abstract class GeneratedCell : IBlockedCell, ITrainedCell
{
    public abstract ReadOnlySpan<float> WorkingMemory { get; }

    /// <summary>Bytes of the parameters, padding included.</summary>
    public abstract int CellBytes { get; }

    /// <summary>Bytes of a state.</summary>
    public abstract int StateBytes { get; }

    /// <summary>Bytes of the tape of <see cref="Sequence.Steps"/> steps of one sequence.</summary>
    public abstract int TapeBytes { get; }

    /// <summary>The cell generated for the size of <paramref name="parameters"/>.</summary>
    public static GeneratedCell Create(CellParameters parameters) => Create(parameters, sequences: 1);

    /// <summary>The same, to train on N sequences at once.</summary>
    public static GeneratedCell Create(CellParameters parameters, int sequences) => (parameters.Size.Input, parameters.Size.Hidden) switch
    {
        (1, 8) => new GeneratedCell<Cell1x8, Cell1x8.State, Cell1x8.Gradient>(parameters, sequences),
        (1, 12) => new GeneratedCell<Cell1x12, Cell1x12.State, Cell1x12.Gradient>(parameters, sequences),
        (1, 16) => new GeneratedCell<Cell1x16, Cell1x16.State, Cell1x16.Gradient>(parameters, sequences),
        (1, 20) => new GeneratedCell<Cell1x20, Cell1x20.State, Cell1x20.Gradient>(parameters, sequences),
        (1, 32) => new GeneratedCell<Cell1x32, Cell1x32.State, Cell1x32.Gradient>(parameters, sequences),
        (1, 40) => new GeneratedCell<Cell1x40, Cell1x40.State, Cell1x40.Gradient>(parameters, sequences),
        (1, 64) => new GeneratedCell<Cell1x64, Cell1x64.State, Cell1x64.Gradient>(parameters, sequences),
        (4, 16) => new GeneratedCell<Cell4x16, Cell4x16.State, Cell4x16.Gradient>(parameters, sequences),
        (16, 64) => new GeneratedCell<Cell16x64, Cell16x64.State, Cell16x64.Gradient>(parameters, sequences),
        (1, 128) => new GeneratedCell<Cell1x128, Cell1x128.State, Cell1x128.Gradient>(parameters, sequences),
        (8, 128) => new GeneratedCell<Cell8x128, Cell8x128.State, Cell8x128.Gradient>(parameters, sequences),
        _ => throw new ArgumentException($"No cell is generated for {parameters.Size}.", nameof(parameters)),
    };

    public abstract void StreamAtOnce(ReadOnlySpan<float> x);

    public abstract void Stream(ReadOnlySpan<float> x);

    public abstract void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm);

    public abstract CellParameters Gradient();
}

/// <inheritdoc/>
internal sealed class GeneratedCell<TCell, TState, TGradient> : GeneratedCell
    where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    private readonly CellSize size;
    private readonly AlignedMemory<TCell> cell = new();
    private readonly AlignedMemory<TState> state;
    private readonly AlignedMemory<TState> dState;
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly AlignedMemory<float> wm;
    private readonly int sequences;
    private readonly AlignedMemory<float> tape;

    public GeneratedCell(CellParameters parameters, int sequences)
    {
        size = parameters.Size;
        this.sequences = sequences;
        state = new AlignedMemory<TState>(sequences);
        dState = new AlignedMemory<TState>(sequences);
        tape = new AlignedMemory<float>(TCell.TapeLength(Sequence.Steps, sequences));
        wm = new AlignedMemory<float>(Sequence.Steps * sequences * size.Hidden);
        parameters.CopyTo<float>(
            (gate, row, column) => ref cell.Value.W(0, gate, row, column),
            (gate, row, column) => ref cell.Value.U(0, gate, row, column),
            (gate, row) => ref cell.Value.B(0, gate, row));
    }

    public override int CellBytes => Unsafe.SizeOf<TCell>();

    public override int StateBytes => Unsafe.SizeOf<TState>();

    public override int TapeBytes => TCell.TapeLength(Sequence.Steps, 1) * sizeof(float);

    public override ReadOnlySpan<float> WorkingMemory => TCell.WorkingMemory(ref state.Value);

    public override void Stream(ReadOnlySpan<float> x)
    {
        ref TCell cell = ref this.cell.Value;
        ref TState state = ref this.state.Value;
        for (int start = 0; start < x.Length; start += size.Input)
        {
            cell.Step(x.Slice(start, size.Input), ref state);
        }
    }

    public override void StreamAtOnce(ReadOnlySpan<float> x) => cell.Value.Forward(x, ref state.Value, wm.GetSpan());

    public override void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm)
    {
        state.GetSpan().Clear();
        dState.GetSpan().Clear();
        gradient.Value = default;
        if (sequences == 1)
        {
            cell.Value.Forward(x, ref state.Value, wm.GetSpan(), tape.GetSpan());
            cell.Value.Backward(x, tape.GetSpan(), dWm, ref dState.Value, ref gradient.Value, dX: default);
        }
        else
        {
            cell.Value.Forward(x, state.GetSpan(), wm.GetSpan(), tape.GetSpan());
            cell.Value.Backward(x, tape.GetSpan(), dWm, dState.GetSpan(), ref gradient.Value, dX: default);
        }
    }

    public override CellParameters Gradient()
    {
        // A gradient lies packed as the parameters do: one step down it from zero reads it out by name.
        using AlignedMemory<TCell> descended = new();
        descended.Value.Descend(gradient.Value, learningRate: -1);
        return CellParameters.From<float>(
            size,
            (gate, row, column) => ref descended.Value.W(0, gate, row, column),
            (gate, row, column) => ref descended.Value.U(0, gate, row, column),
            (gate, row) => ref descended.Value.B(0, gate, row));
    }
}
