using System;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public class FeedbackTests
{
    /// <summary>Feedback: what a cell remembers is what it reads next.</summary>
    [Fact]
    public void WorkingMemoryAsX_HasTheBitsOfACopy()
    {
        Cell5x5 five = default;
        Cell64x64 large = default;
        Network40x40x40Layers2 network = default;
        five.Initialize(1);
        large.Initialize(1);
        network.Initialize(1);
        Cell5x5.State fiveState = default, fiveOther = default;
        Cell64x64.State largeState = default, largeOther = default;
        Network40x40x40Layers2.State state = default, other = default;
        float[] y = new float[40], otherY = new float[40];
        for (int t = 0; t < 5; t++)
        {
            five.Step(fiveState.WorkingMemory, ref fiveState);
            five.Step(fiveOther.WorkingMemory.ToArray(), ref fiveOther);
            large.Step(largeState.WorkingMemory, ref largeState);
            large.Step(largeOther.WorkingMemory.ToArray(), ref largeOther);
            network.Step(state.WorkingMemory(t % 2), ref state, y);
            network.Step(other.WorkingMemory(t % 2).ToArray(), ref other, otherY);
        }

        Numbers.AssertSameBits<float>(fiveOther.WorkingMemory, fiveState.WorkingMemory, "wm of 5 units");
        Numbers.AssertSameBits<float>(largeOther.WorkingMemory, largeState.WorkingMemory, "wm of 64 units");
        Numbers.AssertSameBits<float>(otherY, y, "y");
        Assert.All(fiveState.WorkingMemory.ToArray(), wm => Assert.NotEqual(0, wm));
    }
}
