using Xunit;

namespace AmpModel.Tests;

public class RunawayGuardTests
{
    [Fact]
    public void MultipliedLoss_BringsTheBestWeightsBack()
    {
        var guard = new RunawayGuard(length: 2);

        Assert.False(Check(1.0, [1, 1], [1, 1]));
        Assert.False(Check(0.1, [2, 2], [2, 2])); // the best
        Assert.False(Check(0.4, [3, 3], [3, 3])); // a bump
        Assert.True(Check(0.6, [4, 4], [2, 2]));
        Assert.True(Check(double.NaN, [5, 5], [2, 2]));
        Assert.False(Check(0.05, [6, 6], [6, 6]));
        Assert.True(Check(0.4, [7, 7], [6, 6]));

        bool Check(double loss, float[] weights, float[] expected)
        {
            bool restored = guard.Restores(loss, weights);
            Assert.Equal(expected, weights);
            return restored;
        }
    }
}
