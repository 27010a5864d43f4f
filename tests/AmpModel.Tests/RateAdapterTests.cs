using System;
using System.Linq;
using Lstm;
using Xunit;

namespace AmpModel.Tests;

[LstmNetwork(Input = 2, Hidden = 5, Output = 2, Layers = 2, Scalar = Scalar.Double, Backward = false)]
internal partial struct Doubles;

public class RateAdapterTests
{
    private const int Steps = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MultipleOfTheRate_HasTheBitsOfInterleavedStreams(int times)
    {
        Amp8 network = Network();
        float[] x = Noise(Steps);
        var adapter = new RateAdapter<Amp8, float, Amp8.State>(44_100, times * 44_100.0);
        float[] y = new float[Steps];
        adapter.Forward(ref network, x, y);

        for (int stream = 0; stream < times; stream++)
        {
            Amp8.State state = default;
            float[] own = [.. x.Where((_, t) => t % times == stream)];
            float[] expected = new float[own.Length];
            network.Forward(own, ref state, expected);
            Assert.Equal(expected, y.Where((_, t) => t % times == stream));
        }
    }

    /// <summary>The state of doubles, with padding and two layers, in blocks of other lengths.</summary>
    [Fact]
    public void Blocks_GiveTheSameBits()
    {
        Doubles network = default;
        network.Initialize(1);
        double[] x = Array.ConvertAll(Noise(2 * Steps), static value => (double)value);
        double[] whole = new double[x.Length];
        double[] blocks = new double[x.Length];
        new RateAdapter<Doubles, double, Doubles.State>(44_100, 48_000).Forward(ref network, x, whole);
        var adapter = new RateAdapter<Doubles, double, Doubles.State>(44_100, 48_000);
        for (int at = 0, length = 2; at < x.Length; at += length, length = Math.Min(length + 2, x.Length - at))
        {
            adapter.Forward(ref network, x.AsSpan(at, length), blocks.AsSpan(at, length));
        }

        Assert.Equal(whole, blocks);
        Assert.All(whole, static value => Assert.True(double.IsFinite(value)));
    }

    /// <summary>Samples one by one, in floats and doubles, at a rate that is interpolated and at twice the trained one.</summary>
    [Theory]
    [InlineData(96_000)]
    [InlineData(88_200)]
    public void RateStates_GiveTheSameBits(double rate)
    {
        Amp8 network = Network();
        float[] x = Noise(Steps);
        float[] expected = new float[Steps];
        new RateAdapter<Amp8, float, Amp8.State>(44_100, rate).Forward(ref network, x, expected);
        var states = new RateStates<float, Amp8.State>(44_100, rate);
        float[] y = new float[Steps];
        for (int t = 0; t < Steps; t++)
        {
            network.Step(x.AsSpan(t, 1), ref states.Next(), y.AsSpan(t, 1));
        }

        Assert.Equal(expected, y);
    }

    [Fact]
    public void RateStates_OfOtherNumbers_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new RateStates<int, Amp8.State>(44_100, 48_000));

    [Fact]
    public void RateStates_OfFloatsAsDoubles_AreRefused_AndTheMessageSaysWhatToWrite()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RateStates<double, Amp8.State>(44_100, 48_000));
        string state = typeof(Amp8.State).FullName!.Replace('+', '.');
        Assert.Equal($"{state} consists of floats. Write RateStates<float, {state}>.", error.Message);
        error = Assert.Throws<ArgumentException>(() => new RateStates<float, Doubles.State>(44_100, 48_000));
        Assert.Contains("consists of doubles. Write RateStates<double, ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A struct of the user's own, such as the states of two cells that feed each other, says nothing of its numbers.</summary>
    [Fact]
    public void RateStates_OfAStructOfStates_GiveThatStructBack()
    {
        var states = new RateStates<float, Two>(44_100, 48_000);
        Two begin = default;
        begin.Below.WorkingMemory(0)[1] = 0.5f;
        begin.Above.LongTermMemory(0)[2] = 0.25f;
        states.Reset(begin);
        ref Two next = ref states.Next();
        Assert.Equal(0.5f, next.Below.WorkingMemory(0)[1], 1e-6f);
        Assert.Equal(0.25f, next.Above.LongTermMemory(0)[2], 1e-6f);
    }

    /// <summary>
    /// A sine of 1 kHz at either rate: the outputs at equal moments agree, once the start is forgotten. With 40 states or more a period the cubic is
    /// off by some 1e-5 of them: 1e-3 of the output leaves room for what the network makes of that. Without the adapter the error is 20 times that.
    /// </summary>
    [Theory]
    [InlineData(48_000, 160, 147)]
    [InlineData(66_150, 3, 2)]
    [InlineData(41_000, 410, 441)]
    public void OtherRate_ComputesTheSameFunctionOfTime(int rate, int streamSteps, int trainedSteps)
    {
        Amp8 network = Network();
        float[] trained = Run(ref network, 44_100, 44_100);
        float[] adapted = Run(ref network, 44_100, rate);
        float[] uncorrected = Run(ref network, rate, rate);

        double largest = 0;
        double error = 0;
        double without = 0;
        for (int k = 1 + (1000 / trainedSteps); k * Math.Max(streamSteps, trainedSteps) < trained.Length; k++)
        {
            float expected = trained[k * trainedSteps];
            largest = Math.Max(largest, Math.Abs(expected));
            error = Math.Max(error, Math.Abs(expected - adapted[k * streamSteps]));
            without = Math.Max(without, Math.Abs(expected - uncorrected[k * streamSteps]));
        }

        Assert.InRange(error, 0, 1e-3 * largest);
        Assert.True(without > 20 * error, $"{without / largest:e1} without, {error / largest:e1} with it");

        static float[] Run(ref Amp8 network, int trainedRate, int streamRate)
        {
            float[] x = [.. Enumerable.Range(0, 8000).Select(t => 0.5f * (float)Math.Sin(2 * Math.PI * 1000 * t / streamRate))];
            float[] y = new float[x.Length];
            new RateAdapter<Amp8, float, Amp8.State>(trainedRate, streamRate).Forward(ref network, x, y);
            return y;
        }
    }

    [Fact]
    public void Reset_BeginsWithAState()
    {
        Amp8 network = Network();
        float[] x = Noise(Steps);
        Amp8.State start = default;
        network.Forward(x, ref start, new float[Steps]);
        Amp8.State state = start;
        float[] expected = new float[Steps];
        network.Forward(x, ref state, expected);

        var adapter = new RateAdapter<Amp8, float, Amp8.State>(44_100, 44_100);
        adapter.Forward(ref network, x.AsSpan(0, 7), new float[7]);
        adapter.Reset(start);
        adapter.Forward(ref network, x, x); // in place
        Assert.Equal(expected, x);
    }

    [Fact]
    public void Forward_AllocatesNothing()
    {
        Amp8 network = Network();
        float[] x = Noise(Steps);
        float[] y = new float[Steps];
        var adapter = new RateAdapter<Amp8, float, Amp8.State>(44_100, 96_000);
        adapter.Forward(ref network, x, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        adapter.Forward(ref network, x, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 44_100, "trainedRate")]
    [InlineData(double.NaN, 44_100, "trainedRate")]
    [InlineData(double.PositiveInfinity, 44_100, "trainedRate")]
    [InlineData(44_100, 0, "streamRate")]
    [InlineData(44_100, double.NaN, "streamRate")]
    [InlineData(44_100, 39_000, "streamRate")]
    [InlineData(1, 1025, "streamRate")]
    public void WrongRates_AreRefused(double trained, double stream, string parameter) =>
        Assert.Equal(
            parameter,
            Assert.Throws<ArgumentOutOfRangeException>(() => new RateAdapter<Amp8, float, Amp8.State>(trained, stream)).ParamName);

    [Fact]
    public void WrongLengths_ChangeNothing()
    {
        Amp8 network = Network();
        var adapter = new RateAdapter<Amp8, float, Amp8.State>(44_100, 48_000);
        float[] x = Noise(Steps);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => adapter.Forward(ref network, x, new float[Steps - 1])).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => adapter.Forward(ref network, x.AsSpan(0, 9), x.AsSpan(1, 9))).ParamName);

        float[] expected = new float[Steps];
        new RateAdapter<Amp8, float, Amp8.State>(44_100, 48_000).Forward(ref network, x, expected);
        float[] y = new float[Steps];
        adapter.Forward(ref network, x, y);
        Assert.Equal(expected, y);

        var doubles = new RateAdapter<Doubles, double, Doubles.State>(1, 1);
        Doubles two = default;
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => doubles.Forward(ref two, new double[3], new double[3])).ParamName);
    }

    private static Amp8 Network()
    {
        Amp8 network = default;
        network.Initialize(3, rememberBias: 3);
        return network;
    }

    private static float[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private struct Two
    {
        public Amp8.State Below;
        public Amp8.State Above;
    }
}
