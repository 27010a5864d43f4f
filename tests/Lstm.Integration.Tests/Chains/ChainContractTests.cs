using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

public sealed class ChainContractTestsOfFloats : ChainContractTests<float>;

public sealed class ChainContractTestsOfDoubles : ChainContractTests<double>;

/// <summary>The members' contract: lengths, accumulation, errors, allocation.</summary>
public abstract class ChainContractTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Two = T.CreateTruncating(2), Seven = T.CreateTruncating(7);

    public static TheoryData<string> Names => ChainUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_AreAllOfThemAndNoPadding(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);

        Assert.Equal(chain.ParameterCount, chain.Parameters.Length);
        Assert.Equal(chain.ParameterCount, chain.Gradient.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ExportedParameters_AreThemInOrder_AndComeBack(string name)
    {
        ChainUnderTest<T> chain = Filled(name), other = ChainUnderTest<T>.Fresh(name);
        int count = chain.ParameterCount;
        T[] exported = new T[count];
        for (int k = 0; k < count; k++)
        {
            chain.Parameters[k] = T.CreateChecked(k + 1);
        }

        chain.ExportParameters(exported);
        other.ImportParameters(exported);

        Assert.Equal(chain.Parameters.ToArray(), exported);
        Assert.Equal(exported, other.Parameters.ToArray());
        Refused.Length("destination", count, count + 1, () => chain.ExportParameters(new T[count + 1]));
        Refused.Length("source", count, count - 1, () => chain.ImportParameters(new T[count - 1]));
        Assert.Equal(exported, chain.Parameters.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_AddsToTheGradient(string name)
    {
        ChainUnderTest<T> once = Filled(name), twice = Filled(name);
        T[] x = new T[once.Width];
        x.AsSpan().Fill(T.CreateTruncating(0.5));

        once.Backward(x, Two, default);
        twice.Gradient.Fill(T.One);
        twice.Backward(x, Two, default);

        for (int k = 0; k < once.ParameterCount; k++)
        {
            Assert.Equal(T.One + once.Gradient[k], twice.Gradient[k]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_WithoutDX_GivesTheSameGradient(string name)
    {
        ChainUnderTest<T> with = Filled(name), without = Filled(name);
        T[] x = new T[with.Width];
        x.AsSpan().Fill(T.CreateTruncating(0.5));

        T loss = with.Backward(x, Two, new T[with.Width]);

        Assert.Equal(loss, without.Backward(x, Two, default));
        Assert.Equal(with.Gradient.ToArray(), without.Gradient.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_DXMayBeX(string name)
    {
        ChainUnderTest<T> chain = Filled(name);
        T[] x = Enumerable.Range(1, chain.Width).Select(j => T.CreateTruncating(0.1 * j)).ToArray();
        T[] dX = new T[chain.Width];
        T[] shared = x.ToArray();

        chain.Backward(x, Two, dX);
        chain.Backward(shared, Two, shared);

        Assert.Equal(dX, shared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descend_SubtractsTheGradientTimesTheRate(string name)
    {
        ChainUnderTest<T> chain = Filled(name);
        T[] before = chain.Parameters.ToArray();
        chain.Gradient.Fill(Two);

        chain.Descend(T.CreateTruncating(0.125));

        Assert.Equal(before.Select(weight => weight - T.CreateTruncating(0.25)), chain.Parameters.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        ChainUnderTest<T> chain = Filled(name);
        chain.Gradient.Fill(Seven);
        int width = chain.Width, layers = chain.Layers;
        T[] x = new T[width];
        T[] dX = Numbers.Repeated<T>(7, width + 1);
        double[] log10 = Enumerable.Repeat(7.0, layers + 1).ToArray();

        Refused.Length("x", width, width - 1, () => chain.Forward(x.AsSpan(1)));
        Refused.Length("x", width, width + 1, () => chain.Forward(new T[width + 1]));
        Refused.Length("x", width, width - 1, () => chain.Backward(x.AsSpan(1), T.One, dX.AsSpan(1)));
        Refused.Length("dX", width, width + 1, () => chain.Backward(x, T.One, dX));
        Refused.Length("x", width, width + 1, () => chain.GradientMagnitudes(new T[width + 1], T.One, log10.AsSpan(1)));
        Refused.Length("log10", layers, layers - 1, () => chain.GradientMagnitudes(x, T.One, log10.AsSpan(2)));
        Refused.Length("log10", layers, layers + 1, () => chain.GradientMagnitudes(x, T.One, log10));
        Refused.Length("log10", layers, 0, () => chain.GradientMagnitudes(x, T.One, default));

        Assert.Equal(-1, chain.Gradient.IndexOfAnyExcept(Seven));
        Assert.Equal(-1, dX.AsSpan().IndexOfAnyExcept(Seven));
        Assert.Equal(-1, log10.AsSpan().IndexOfAnyExcept(7));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputGradientInTheInputsPlace_HasTheBitsOfASpanOfItsOwn(string name)
    {
        ChainUnderTest<T> chain = Filled(name);
        T[] x = [.. Enumerable.Range(1, chain.Width).Select(j => T.CreateTruncating(0.1 * j))];
        T[] dX = new T[chain.Width], memory = [.. x, Seven];
        T loss = chain.Backward(x, T.One, dX);

        Assert.Equal(loss, chain.Backward(x, T.One, x));
        Assert.Equal(dX, x);
        if (chain.Width > 1)
        {
            T[] gradient = chain.Gradient.ToArray(), before = [.. memory];
            Assert.Throws<ArgumentException>("dX", () => chain.Backward(memory.AsSpan(0, chain.Width), T.One, memory.AsSpan(1)));
            Assert.Equal(before, memory);
            Assert.Equal(gradient, chain.Gradient.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        ChainUnderTest<T> chain = Filled(name);
        T[] x = new T[chain.Width], dX = new T[chain.Width];
        T[] exported = new T[chain.ParameterCount];
        double[] log10 = new double[chain.Layers];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            chain.Forward(x);
            chain.Backward(x, T.One, dX);
            chain.GradientMagnitudes(x, T.One, log10);
            chain.Descend(T.CreateTruncating(0.1));
            chain.ExportParameters(exported);
            chain.ImportParameters(exported);
        }
    }

    /// <summary>Weights of alternating size and sign whose products stay small.</summary>
    private static ChainUnderTest<T> Filled(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        Span<T> weights = chain.Parameters;
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = T.CreateTruncating((k % 3 == 0 ? -1 : 0.75) / (chain.Kind == ChainKind.Dense ? chain.Width : 1));
        }

        return chain;
    }
}
