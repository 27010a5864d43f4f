using System;
using System.Linq;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>The members' contract: lengths, accumulation, errors, allocation.</summary>
public class ChainContractTests
{
    public static TheoryData<string> Names => ChainUnderTest.Names;

    [Fact]
    public void Constants_AreTheDeclaration()
    {
        Assert.Equal((50, 2, 100), (Diagonal50x2.LayerCount, Diagonal50x2.Width, Diagonal50x2.ParameterCount));
        Assert.Equal((6, 4, 84), (Dense6x4.LayerCount, Dense6x4.Width, Dense6x4.ParameterCount));
        Assert.Equal((1, 16, 16), (Dense1x16.LayerCount, Dense1x16.Width, Dense1x16.ParameterCount));
        Assert.Equal((1000, 16, 255_760), (Dense1000x16.LayerCount, Dense1000x16.Width, Dense1000x16.ParameterCount));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_AreAllOfThemAndNoPadding(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);

        Assert.Equal(chain.ParameterCount, chain.Parameters.Length);
        Assert.Equal(chain.ParameterCount, chain.Gradient.Length);
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_AddsToTheGradient(string name)
    {
        ChainUnderTest once = Filled(name), twice = Filled(name);
        float[] x = new float[once.Width];
        x.AsSpan().Fill(0.5f);

        once.Backward(x, 2, default);
        twice.Gradient.Fill(1);
        twice.Backward(x, 2, default);

        for (int k = 0; k < once.ParameterCount; k++)
        {
            Assert.Equal(1 + once.Gradient[k], twice.Gradient[k]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_WithoutDX_GivesTheSameGradient(string name)
    {
        ChainUnderTest with = Filled(name), without = Filled(name);
        float[] x = new float[with.Width];
        x.AsSpan().Fill(0.5f);

        float loss = with.Backward(x, 2, new float[with.Width]);

        Assert.Equal(loss, without.Backward(x, 2, default));
        Assert.Equal(with.Gradient.ToArray(), without.Gradient.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_DXMayBeX(string name)
    {
        ChainUnderTest chain = Filled(name);
        float[] x = Enumerable.Range(1, chain.Width).Select(j => 0.1f * j).ToArray();
        float[] dX = new float[chain.Width];
        float[] shared = x.ToArray();

        chain.Backward(x, 2, dX);
        chain.Backward(shared, 2, shared);

        Assert.Equal(dX, shared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descend_SubtractsTheGradientTimesTheRate(string name)
    {
        ChainUnderTest chain = Filled(name);
        float[] before = chain.Parameters.ToArray();
        chain.Gradient.Fill(2);

        chain.Descend(0.125f);

        Assert.Equal(before.Select(weight => weight - 0.25f), chain.Parameters.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        ChainUnderTest chain = Filled(name);
        chain.Gradient.Fill(7);
        int width = chain.Width, layers = chain.Layers;
        float[] x = new float[width];
        float[] dX = Enumerable.Repeat(7f, width + 1).ToArray();
        double[] log10 = Enumerable.Repeat(7.0, layers + 1).ToArray();

        Refused("x", width, width - 1, () => chain.Forward(x.AsSpan(1)));
        Refused("x", width, width + 1, () => chain.Forward(new float[width + 1]));
        Refused("x", width, width - 1, () => chain.Backward(x.AsSpan(1), 1, dX.AsSpan(1)));
        Refused("dX", width, width + 1, () => chain.Backward(x, 1, dX));
        Refused("x", width, width + 1, () => chain.GradientMagnitudes(new float[width + 1], 1, log10.AsSpan(1)));
        Refused("log10", layers, layers - 1, () => chain.GradientMagnitudes(x, 1, log10.AsSpan(2)));
        Refused("log10", layers, layers + 1, () => chain.GradientMagnitudes(x, 1, log10));
        Refused("log10", layers, 0, () => chain.GradientMagnitudes(x, 1, default));

        Assert.Equal(-1, chain.Gradient.IndexOfAnyExcept(7));
        Assert.Equal(-1, dX.AsSpan().IndexOfAnyExcept(7));
        Assert.Equal(-1, log10.AsSpan().IndexOfAnyExcept(7));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputGradientInTheInputsPlace_HasTheBitsOfASpanOfItsOwn(string name)
    {
        ChainUnderTest chain = Filled(name);
        float[] x = [.. Enumerable.Range(1, chain.Width).Select(i => 0.1f * i)], dX = new float[chain.Width], memory = [.. x, 7];
        float loss = chain.Backward(x, 1, dX);

        Assert.Equal(loss, chain.Backward(x, 1, x));
        Assert.Equal(dX, x);
        if (chain.Width > 1)
        {
            float[] gradient = chain.Gradient.ToArray(), before = [.. memory];
            Assert.Throws<ArgumentException>("dX", () => chain.Backward(memory.AsSpan(0, chain.Width), 1, memory.AsSpan(1)));
            Assert.Equal(before, memory);
            Assert.Equal(gradient, chain.Gradient.ToArray());
        }
    }

    private static void Refused(string parameter, int expected, int actual, Action action)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(parameter, action);
        Assert.Contains($" {expected}", error.Message);
        Assert.Contains($" {actual}", error.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        ChainUnderTest chain = Filled(name);
        float[] x = new float[chain.Width], dX = new float[chain.Width];
        double[] log10 = new double[chain.Layers];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            chain.Forward(x);
            chain.Backward(x, 1, dX);
            chain.GradientMagnitudes(x, 1, log10);
            chain.Descend(0.1f);
        }
    }

    /// <summary>Weights of alternating size and sign whose products stay small.</summary>
    private static ChainUnderTest Filled(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        Span<float> weights = chain.Parameters;
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = (k % 3 == 0 ? -1f : 0.75f) / (chain.Kind == ChainKind.Dense ? chain.Width : 1);
        }

        return chain;
    }
}
