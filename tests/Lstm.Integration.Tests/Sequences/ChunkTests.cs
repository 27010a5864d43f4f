using System;
using System.Linq;
using Lstm.Testing;
using Xunit;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>A sequence in chunks, with states handed on and dStates handed back, is the whole sequence.</summary>
public class ChunkTests
{
    private const int Steps = 150;

    /// <inheritdoc cref="PaddingTests"/>
    private const double Tolerance = 1e-5;

    private readonly Samples _one = new(seed: 7, Steps);

    private readonly float[] _target;

    private readonly Net.State _dFinal;

    public ChunkTests() => (_target, _dFinal) = (_one.Uniform(Steps * Net.OutputSize), _one.RandomState());

    /// <summary>Chunks of one step, shorter and longer than a block of Backward, with a rest and without, longer than the sequence.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    public void ChunksWithDState_GiveTheGradientOfTheWholeSequence(int chunk)
    {
        (float[] y, float[] dX, Net.State dState, float[] gradient) = Run(chunk);
        var whole = Run(Steps);

        Numbers.AssertSameBits<float>(whole.Y, y, "y");
        Numbers.AssertSameBits<float>(whole.DX, dX, "dX");
        Numbers.AssertSameBits<float>(Samples.Numbers(whole.DState), Samples.Numbers(dState), "dL/d(initial state)");
        Close.Relative<float>(Numbers.Widened<float>(whole.Gradient), gradient, Tolerance, "gradient");
    }

    /// <summary>One chunk is a single recorded Forward and a single Backward.</summary>
    [Fact]
    public void OneChunk_IsBackwardOfTheWholeSequence()
    {
        (float[] y, float[] dX, Net.State dState, float[] gradient) = Run(Steps);

        float[] expectedY = new float[y.Length], dY = new float[y.Length], expectedDX = new float[dX.Length], tape = new float[Net.TapeLength(Steps)];
        Net.State state = _one.Initial[0], expectedDState = _dFinal;
        Net.Gradient expected = default;
        _one.Net.Forward(_one.X[0], ref state, expectedY, tape);
        Loss.Squared(expectedY, _target, dY);
        _one.Net.Backward(_one.X[0], tape, dY, ref expectedDState, ref expected, expectedDX);
        Numbers.AssertSameBits<float>(expectedY, y, "y");
        Numbers.AssertSameBits<float>(expectedDX, dX, "dX");
        Numbers.AssertSameBits<float>(Samples.Numbers(expectedDState), Samples.Numbers(dState), "dL/d(initial state)");
        Numbers.AssertSameBits<float>(expected.Values, gradient, "gradient");
    }

    /// <summary>Outputs and loss do not depend on chunks while the weights stay: the learning rate is 0.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    public void Truncated_HasTheLossOfTheWholeSequence(int chunk)
    {
        Net net = _one.Net;
        float[] y = new float[_target.Length];
        Net.State state = default;
        net.Forward(_one.X[0], ref state, y);
        double expected = Loss.Squared(y, _target);

        double loss = Chunks.TrainTruncated(ref net, new Adam(net.Parameters.Length, learningRate: 0), _one.X[0], _target, chunk);

        Assert.Equal(expected, loss, expected * Tolerance);
    }

    /// <summary>One chunk truncates nothing: its training step is that of the whole gradient.</summary>
    [Fact]
    public void TruncatedToOneChunk_TakesTheStepOfTheWholeGradient()
    {
        (Net net, Net expected) = (_one.Net, _one.Net);
        Net.State dState = default;
        Net.Gradient gradient = default;
        float[] y = new float[_target.Length], dX = new float[_one.X[0].Length];
        Chunks.AddGradient(expected, _one.X[0], _target, chunk: Steps, default, ref dState, ref gradient, y, dX);
        GradientClipping.ByGlobalNorm(gradient.Values, 1);
        new Adam(expected.Parameters.Length, learningRate: 0.01).Step(expected.Parameters, gradient.Values);

        Chunks.TrainTruncated(ref net, new Adam(net.Parameters.Length, learningRate: 0.01), _one.X[0], _target, chunk: Steps);

        Numbers.AssertSameBits<float>(expected.Parameters, net.Parameters, "parameters");
    }

    /// <summary>What truncation leaves out is no rounding: the page says that its gradient is another one.</summary>
    [Fact]
    public void WithoutDState_TheGradientIsAnother()
    {
        const int Chunk = 10;
        Net net = _one.Net;
        float[] y = new float[Chunk * Net.OutputSize], tape = new float[Net.TapeLength(Chunk)];
        Net.State state = _one.Initial[0];
        Net.Gradient truncated = default;
        for (int t = 0; t < Steps; t += Chunk)
        {
            Net.State dState = t + Chunk == Steps ? _dFinal : default;
            ReadOnlySpan<float> x = _one.X[0].AsSpan(t * Net.InputSize, Chunk * Net.InputSize);
            net.Forward(x, ref state, y, tape);
            Loss.Squared(y, _target.AsSpan(t * Net.OutputSize, y.Length), y);
            net.Backward(x, tape, y, ref dState, ref truncated);
        }

        float[] whole = Run(Steps).Gradient;
        float off = whole.Zip(truncated.Values.ToArray(), (a, b) => Math.Abs(a - b)).Max();
        Assert.True(off > 1000 * Tolerance * whole.Max(Math.Abs), $"off by {off}");
    }

    /// <summary>The first 100 steps change the validation only through the state that they leave.</summary>
    [Fact]
    public void Validation_BeginsInTheStateOfTheTrainingPart()
    {
        const int Split = 100;
        Net net = _one.Net;
        Net.State state = default;
        float[] y = new float[_target.Length];
        net.Forward(_one.X[0].AsSpan(0, Split * Net.InputSize), ref state, y.AsSpan(0, Split * Net.OutputSize));
        net.Forward(_one.X[0].AsSpan(Split * Net.InputSize), ref state, y.AsSpan(Split * Net.OutputSize));
        double expected = y.Zip(_target, (own, right) => (own - right) * (double)(own - right)).Skip(Split * Net.OutputSize).Average();

        double actual = Chunks.Validate(net, _one.X[0], _target, Split, new float[y.Length]);

        Assert.Equal(expected, actual, expected * Tolerance);
    }

    private (float[] Y, float[] DX, Net.State DState, float[] Gradient) Run(int chunk)
    {
        float[] y = new float[_target.Length], dX = new float[_one.X[0].Length];
        Net.State dState = _dFinal;
        Net.Gradient gradient = default;
        Chunks.AddGradient(_one.Net, _one.X[0], _target, chunk, _one.Initial[0], ref dState, ref gradient, y, dX);
        return (y, dX, dState, gradient.Values.ToArray());
    }
}
