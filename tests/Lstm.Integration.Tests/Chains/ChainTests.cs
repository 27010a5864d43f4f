using Lstm.Integration.Types;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>Generated chains as a user's code sees them, not through an adapter.</summary>
public class ChainTests
{
    [Fact]
    public void Constants_AreTheDeclaration()
    {
        Assert.Equal((50, 2, 100), (Diagonal50x2.LayerCount, Diagonal50x2.Width, Diagonal50x2.ParameterCount));
        Assert.Equal((6, 4, 84), (Dense6x4.LayerCount, Dense6x4.Width, Dense6x4.ParameterCount));
        Assert.Equal((1, 16, 16), (Dense1x16.LayerCount, Dense1x16.Width, Dense1x16.ParameterCount));
        Assert.Equal((1000, 16, 255_760), (Dense1000x16.LayerCount, Dense1000x16.Width, Dense1000x16.ParameterCount));
    }

    [Fact]
    public void Gradient_ValuesAreItsStorage_AndClearZeroesThem()
    {
        Diagonal3x2 chain = default;
        chain.Parameters.Fill(1);
        Diagonal3x2.Gradient gradient = default;
        chain.Backward([1, 2], 0, ref gradient);

        // e = yHat = 3; every product of weights is 1.
        Assert.Equal([3, 6, 3, 6, 3, 6], gradient.Values.ToArray());
        gradient.Clear();
        Assert.Equal(new float[6], gradient.Values.ToArray());
    }

    [Fact]
    public void Members_WorkThroughIn_WithoutACopy()
    {
        Diagonal3x2 chain = default;
        chain.Parameters.Fill(2);

        Assert.Equal((24f, 24 * 24 / 2f), Through(in chain));

        static (float, float) Through(in Diagonal3x2 chain)
        {
            Diagonal3x2.Gradient gradient = default;
            chain.GradientMagnitudes([1, 2], 0, new double[3]);
            return (chain.Forward([1, 2]), chain.Backward([1, 2], 0, ref gradient));
        }
    }
}
