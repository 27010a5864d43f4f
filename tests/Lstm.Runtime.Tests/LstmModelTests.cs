using System;
using Xunit;

namespace Lstm.Runtime.Tests;

public class LstmModelTests
{
    [Fact]
    public void Sizes_MayDifferFromLayerToLayer()
    {
        var model = new LstmModel(input: 2, hidden: [3, 5], output: 4);
        Assert.Equal((2, 2, 4), (model.Input, model.LayerCount, model.Output));
        Assert.Equal((3, 5), (model.Hidden(0), model.Hidden(1)));
        Assert.Equal((3 * 2, 5 * 3), (model.W(0, Gate.Focus).Length, model.W(1, Gate.Focus).Length));
        Assert.Equal((3 * 3, 5 * 5), (model.U(0, Gate.Focus).Length, model.U(1, Gate.Focus).Length));
        Assert.Equal((3, 5), (model.B(0, Gate.Focus).Length, model.B(1, Gate.Focus).Length));
        Assert.Equal((4 * 5, 4), (model.V.Length, model.C.Length));
        Assert.Equal((5, 5), (model.InitialLongTermMemory(1).Length, model.InitialWorkingMemory(1).Length));
    }

    [Fact]
    public void NoOutput_HasNoReadout()
    {
        var model = new LstmModel(1, [4]);
        Assert.Equal(0, model.Output);
        Assert.True(model.V.IsEmpty);
        Assert.True(model.C.IsEmpty);
    }

    /// <summary>Every number has a place of its own: written one after the other, each is found again.</summary>
    [Fact]
    public void Spans_DoNotOverlap()
    {
        var model = new LstmModel(2, [3, 5], 4) { HasInitialState = true };
        int count = 0;
        ForEach(model, span =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = ++count;
            }
        });
        int expected = 0;
        ForEach(model, span =>
        {
            foreach (float value in span)
            {
                Assert.Equal(++expected, value);
            }
        });
        int first = 4 * 3 * (2 + 3 + 1);
        int second = 4 * 5 * (3 + 5 + 1);
        Assert.Equal(first + second + (2 * (3 + 5)) + (4 * 5) + 4, count);
    }

    [Fact]
    public void HasInitialState_False_ClearsIt()
    {
        var model = new LstmModel(1, [2]) { HasInitialState = true };
        model.InitialLongTermMemory(0).Fill(1);
        model.InitialWorkingMemory(0).Fill(2);
        Assert.Equal([1f, 1f], model.InitialLongTermMemory(0).ToArray());
        model.HasInitialState = false;
        Assert.Equal([0f, 0f], model.InitialLongTermMemory(0).ToArray());
        Assert.Equal([0f, 0f], model.InitialWorkingMemory(0).ToArray());
    }

    [Fact]
    public void WrongSizes_AreRefusedByName()
    {
        Assert.Throws<ArgumentOutOfRangeException>("input", () => new LstmModel(0, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("hidden[1]", () => new LstmModel(1, [1, -2]));
        Assert.Throws<ArgumentOutOfRangeException>("output", () => new LstmModel(1, [1], -1));
        Assert.Throws<ArgumentException>("hidden", () => new LstmModel(1, []));
        ArgumentException tooLarge = Assert.Throws<ArgumentException>(() => new LstmModel(1, [8, 100_000]));
        Assert.Contains("layer 1, 8 to 100000 would have 40000000000 numbers", tooLarge.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LstmModel(int.MaxValue, [int.MaxValue], int.MaxValue));
        Assert.Throws<ArgumentException>(() => new LstmModel(1, [1_000], int.MaxValue));
    }

    [Fact]
    public void NoSuchLayerOrGate_IsRefusedByName()
    {
        var model = new LstmModel(1, [2]);
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.Hidden(1));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.W(-1, Gate.Save));
        Assert.Throws<ArgumentOutOfRangeException>("gate", () => model.U(0, (Gate)4));
        Assert.Throws<ArgumentOutOfRangeException>("gate", () => model.B(0, (Gate)(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.InitialLongTermMemory(1));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.InitialWorkingMemory(1));
    }

    private delegate void Visit(Span<float> span);

    private static void ForEach(LstmModel model, Visit visit)
    {
        for (int k = 0; k < model.LayerCount; k++)
        {
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                visit(model.W(k, gate));
                visit(model.U(k, gate));
                visit(model.B(k, gate));
            }

            visit(model.InitialLongTermMemory(k));
            visit(model.InitialWorkingMemory(k));
        }

        visit(model.V);
        visit(model.C);
    }
}
