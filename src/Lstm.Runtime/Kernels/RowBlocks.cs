using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// The rows of many sequences on their way back, in blocks whose dZ need little room: groups of sequences, and for each of them steps, the last
/// first. The rows of a block stand side by side: all sequences for some steps, or some of them for one step.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct RowBlocks
{
    private readonly int steps;
    private readonly int sequences;
    private readonly int sequencesOfGroup;
    private readonly int stepsOfBlock;
    private int first;
    private int end;
    private RowBlock current;

    /// <param name="steps">T.</param>
    /// <param name="sequences">N, at least 1.</param>
    /// <param name="mostRows">The most rows of a block.</param>
    public RowBlocks(int steps, int sequences, int mostRows)
    {
        int groups = ((sequences - 1) / mostRows) + 1;
        this.steps = steps;
        this.sequences = sequences;
        sequencesOfGroup = ((sequences - 1) / groups) + 1;
        stepsOfBlock = mostRows / sequencesOfGroup;
        first = 0;
        end = steps;
        current = default;
    }

    /// <summary>The block.</summary>
    public readonly RowBlock Current => current;

    /// <summary>Itself.</summary>
    public readonly RowBlocks GetEnumerator() => this;

    /// <summary>The next block.</summary>
    public bool MoveNext()
    {
        if (end == 0)
        {
            first += sequencesOfGroup;
            end = steps;
        }

        if (first >= sequences || end == 0)
        {
            return false;
        }

        int block = Math.Min(end, stepsOfBlock);
        end -= block;
        current = new RowBlock(((nint)end * sequences) + first, first, block, Math.Min(sequences - first, sequencesOfGroup));
        return true;
    }
}

/// <summary>Some steps of some sequences.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RowBlock
{
    /// <param name="row">The first row.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="sequences">How many sequences.</param>
    public RowBlock(nint row, int first, int steps, int sequences)
    {
        Row = row;
        First = first;
        Steps = steps;
        Sequences = sequences;
    }

    /// <summary>The first row.</summary>
    public nint Row { get; }

    /// <summary>The first sequence.</summary>
    public int First { get; }

    /// <summary>How many steps.</summary>
    public int Steps { get; }

    /// <summary>How many sequences.</summary>
    public int Sequences { get; }

    /// <summary>How many rows.</summary>
    public int Rows => Steps * Sequences;
}
