using System;
using Lstm.Integration.Types;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Generated types as a user's code sees them, not through an adapter.</summary>
public class CellTests
{
    [Fact]
    public void Constants_AreTheDeclaration()
    {
        Assert.Equal((3, 5, 4 * 5 * (1 + 3 + 5)), (Cell3x5.InputSize, Cell3x5.HiddenSize, Cell3x5.ParameterCount));
        Assert.Equal(
            (2, 5, 4, 3),
            (Network2x5x4Layers3.InputSize, Network2x5x4Layers3.HiddenSize, Network2x5x4Layers3.OutputSize, Network2x5x4Layers3.LayerCount));
        Assert.Equal((4 * 5 * (1 + 2 + 5)) + (2 * 4 * 5 * (1 + 5 + 5)) + (4 * 6), Network2x5x4Layers3.ParameterCount);
    }

    [Fact]
    public void Cell_WorksThroughIn()
    {
        using AlignedMemory<Cell3x5> memory = new();
        memory.Value.Initialize(seed: 1);
        ref readonly Cell3x5 cell = ref memory.Value;
        Cell3x5.State state = default;
        Cell3x5.Gradient gradient = default;
        float[] tape = new float[Cell3x5.TapeLength(2)], wm = new float[10];

        cell.Step([1, 2, 3], ref state);
        cell.Forward([1, 2, 3, 4, 5, 6], ref state, wm);
        cell.Forward([1, 2, 3, 4, 5, 6], ref state, wm, tape);
        Cell3x5.State dState = default;
        cell.Backward([1, 2, 3, 4, 5, 6], tape, wm, ref dState, ref gradient);

        Assert.Equal(wm[5..], state.WorkingMemory.ToArray());
        Assert.NotEqual(0, gradient.U(Gate.Candidate, 4, 4));
        state.Reset();
        gradient.Clear();
        Assert.Equal(new float[5], state.LongTermMemory.ToArray());
        Assert.Equal(-1, gradient.Values.IndexOfAnyExcept(0));
    }
}
