using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Finds the gates and memories of a step on a tape, for the <c>Trace</c> of a generated type.</summary>
/// <remarks>
/// A record begins with the gates, [rem | save | focus | cand] for each tile of units, and ends with ltm and wm. The records of a layer end its part
/// of the tape: those of all sequences at step 0, then those at step 1. So a place follows from the end of the part, whatever it begins with.
/// </remarks>
/// <typeparam name="TNumber">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TapeReader<TNumber>
    where TNumber : unmanaged
{
    private readonly ReadOnlySpan<TNumber> tape;
    private readonly CellTiles tiles;
    private readonly int steps;
    private readonly int sequences;
    private readonly int layers;
    private readonly int record;

    /// <summary>Reads a tape, after checks of its length and its label.</summary>
    /// <param name="tape">The tape; may be longer than it needs to be.</param>
    /// <param name="steps">T.</param>
    /// <param name="sequences">N.</param>
    /// <param name="tiles">The tiles of a layer.</param>
    /// <param name="layers">L.</param>
    /// <param name="header">Numbers before the first record of one sequence.</param>
    /// <param name="record">Numbers of a step of all layers.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> or <paramref name="sequences"/> is negative or too large.</exception>
    /// <exception cref="ArgumentException">
    /// The tape is shorter, or was never recorded, or by another type, or with other steps and sequences.
    /// </exception>
    public TapeReader(ReadOnlySpan<TNumber> tape, int steps, int sequences, CellTiles tiles, int layers, int header, int record, int mark)
    {
        int used = Lengths.OfTape(steps, sequences, header, record);
        if (sequences > 0)
        {
            TapeLabel.RequireForReading(tape, mark, steps, sequences, used);
        }

        this.tape = tape.Slice(0, used);
        this.tiles = tiles;
        this.steps = steps;
        this.sequences = sequences;
        this.layers = layers;
        this.record = record / layers;
    }

    /// <summary>Copies a gate of one step.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="t">The step.</param>
    /// <param name="d">Gets d numbers.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="sequence">The sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such step, layer or sequence; nothing has been written.</exception>
    /// <exception cref="ArgumentException">The destination has another length, or lies on the tape; nothing has been written.</exception>
    public void CopyGate(Gate gate, int t, Span<TNumber> d, int layer, int sequence)
    {
        int at = Record(t, d, layer, sequence);
        for (int first = 0; first < d.Length; first += tiles.Units(first))
        {
            int units = tiles.Units(first);
            int used = Math.Min(units, d.Length - first);
            tape.Slice(at + (4 * first) + ((int)gate * units), used).CopyTo(d.Slice(first));
        }
    }

    /// <summary>Copies ltm of one step.</summary>
    /// <inheritdoc cref="CopyGate"/>
    public void CopyLongTermMemory(int t, Span<TNumber> d, int layer, int sequence) =>
        tape.Slice(Record(t, d, layer, sequence) + record - (2 * tiles.Padded), d.Length).CopyTo(d);

    /// <summary>Copies wm of one step.</summary>
    /// <inheritdoc cref="CopyGate"/>
    public void CopyWorkingMemory(int t, Span<TNumber> d, int layer, int sequence) =>
        tape.Slice(Record(t, d, layer, sequence) + record - tiles.Padded, d.Length).CopyTo(d);

    /// <summary>Where the record of a step begins, after all checks.</summary>
    private int Record(int t, Span<TNumber> d, int layer, int sequence)
    {
        Require.Index(nameof(t), t, steps);
        Require.Index(nameof(layer), layer, layers);
        Require.Index(nameof(sequence), sequence, sequences);
        Require.Row(nameof(d), d.Length, "HiddenSize", tiles.Hidden);
        Overlap.Refuse<TNumber>(nameof(d), d, nameof(tape), tape);
        int label = TapeLabel.Bytes / Unsafe.SizeOf<TNumber>();
        int end = label + ((tape.Length - label) / layers * (layer + 1));
        return end - (((steps * sequences) - ((t * sequences) + sequence)) * record);
    }
}
