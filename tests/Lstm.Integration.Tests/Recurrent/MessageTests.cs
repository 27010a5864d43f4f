using System;
using Lstm.Integration.Types;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>What an exception says: what is wrong, with both numbers, and where the number comes from that there must be.</summary>
public class MessageTests
{
    [Fact]
    public void LengthsOfOneSequence_FollowFromTheSizesAndFromX()
    {
        Cell3x5 cell = default;
        Cell3x5.State state = default;
        Cell3x5.Gradient gradient = default;
        float[] x = new float[12], wm = new float[20], tape = new float[Cell3x5.TapeLength(4)];
        string needed = FormattableString.Invariant($"{tape.Length}");

        Says("'x' must have length 3, but its length is 2. It is InputSize.", "x", () => cell.Step(x.AsSpan(0, 2), ref state));
        Says(
            "'x' must have a length that is a multiple of 3, but its length is 11. A step takes InputSize numbers.",
            "x", () => cell.Forward(x.AsSpan(1), ref state, wm));
        Says(
            "'wm' must have length 20, but its length is 19. It is steps x HiddenSize = 4 x 5, with the steps of 'x'.",
            "wm", () => cell.Forward(x, ref state, wm.AsSpan(1)));
        Says(
            $"'tape' must have a length of at least {needed}, but its length is 7. It is TapeLength(4), with the steps of 'x'.",
            "tape", () => cell.Forward(x, ref state, wm, tape.AsSpan(0, 7)));
        Says(
            "'dX' must have length 12, but its length is 9. It must be as long as 'x', or empty where it is not wanted.",
            "dX", () => cell.Backward(x, tape, wm, ref state, ref gradient, x.AsSpan(0, 9)));
    }

    [Fact]
    public void LengthsOfManySequences_FollowFromTheStatesToo()
    {
        Network3x12x2Layers2 network = default;
        Network3x12x2Layers2.State[] states = new Network3x12x2Layers2.State[5];
        Network3x12x2Layers2.Gradient gradient = default;
        float[] x = new float[60], y = new float[40], tape = new float[Network3x12x2Layers2.TapeLength(4, 5)];
        string needed = FormattableString.Invariant($"{tape.Length}");

        Says(
            "'x' must have length 15, but its length is 60. It is sequences x InputSize = 5 x 3, with the sequences of 'states'.",
            "x", () => network.Step(x, states, y));
        Says(
            "'y' must have length 10, but its length is 40. It is sequences x OutputSize = 5 x 2, with the sequences of 'states'.",
            "y", () => network.Step(x.AsSpan(0, 15), states, y));
        Says(
            "'x' must have a length that is a multiple of 15, but its length is 59. "
                + "A step takes sequences x InputSize = 5 x 3, with the sequences of 'states'.",
            "x", () => network.Forward(x.AsSpan(1), states, y));
        Says(
            "'x' must have length 0, but its length is 60. 'states' is empty: pass a state for each sequence.",
            "x", () => network.Forward(x, [], []));
        Says(
            "'y' must have length 40, but its length is 39. "
                + "It is steps x sequences x OutputSize = 4 x 5 x 2, with the steps of 'x' and the sequences of 'states'.",
            "y", () => network.Forward(x, states, y.AsSpan(1)));
        Says(
            $"'tape' must have a length of at least {needed}, but its length is 7. "
                + "It is TapeLength(4, 5), with the steps of 'x' and the sequences of 'dStates'.",
            "tape", () => network.Backward(x, tape.AsSpan(0, 7), y, states, ref gradient));
    }

    [Fact]
    public void ModelThatDoesNotFit_SaysBothSizes()
    {
        Cell3x5 cell = default;
        Network3x12x2Layers2 network = default;
        Network3x12x2Layers2.State state = default;

        Says("'model' must have Input 3, but its Input is 2. It is InputSize.", "model", () => cell.Load(new LstmModel(2, [5])));
        Says(
            "'model' must have Output 0, but its Output is 2. "
                + "A cell has no readout: use [LstmNetwork(Input = 3, Hidden = 5, Output = 2, Layers = 1)].",
            "model", () => cell.Load(new LstmModel(3, [5], 2)));
        Says(
            "'model' must have LayerCount 1, but its LayerCount is 2. A cell is one layer: use an [LstmNetwork].",
            "model", () => cell.Load(new LstmModel(3, [5, 5])));
        Says(
            "'model' must have Output 2, but its Output is 0. It is OutputSize. A model with Output 0 has no readout.",
            "model", () => network.Load(new LstmModel(3, [12, 12])));
        Says("'model' must have LayerCount 2, but its LayerCount is 1. It is LayerCount.", "model", () => network.Load(new LstmModel(3, [12], 2)));
        Says(
            "'model' must have 12 units in each layer, but it has 12, 8. It is HiddenSize, which all layers share.",
            "model", () => state.Load(new LstmModel(3, [12, 8], 2)));
    }

    [Fact]
    public void LongestTape_IsSaid()
    {
        Says("'steps' must be at least 0 and at most ", "steps", () => Cell3x5.TapeLength(-1));
        Says("'steps' must be at least 0 and at most ", "steps", () => Cell3x5.TapeLength(int.MaxValue, 2));
        Says("'sequences' must be at least 0 and at most ", "sequences", () => Cell3x5.TapeLength(3, -1));
    }

    [Fact]
    public void Overlap_SaysWhatToDo()
    {
        Cell3x5 cell = default;
        Cell3x5.State state = default;
        float[] memory = new float[20];

        Assert.StartsWith(
            "'wm' overlaps 'x': give it memory of its own. Both can be one span only where they are equally long; they have 20 and 12 numbers.",
            Assert.Throws<ArgumentException>("wm", () => cell.Forward(memory.AsSpan(0, 12), ref state, memory)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'dX' overlaps 'x': give it memory of its own, or the very same span, to work in place.",
            Assert.Throws<ArgumentException>("dX", () =>
            {
                Cell3x5.Gradient gradient = default;
                cell.Backward(memory.AsSpan(0, 12), new float[Cell3x5.TapeLength(4)], new float[20], ref state, ref gradient, memory.AsSpan(1, 12));
            }).Message,
            StringComparison.Ordinal);
    }

    private static void Says(string message, string parameter, Action action)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
