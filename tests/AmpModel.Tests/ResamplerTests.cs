using System;
using System.Linq;
using Xunit;

namespace AmpModel.Tests;

public class ResamplerTests
{
    /// <summary>
    /// 1 kHz lies far inside what passes: what is left is the window's ripple, below 1e-4. The ends, where samples are missing, do not count.
    /// </summary>
    [Theory]
    [InlineData(44_100, 48_000)]
    [InlineData(44_100, 96_000)]
    [InlineData(48_000, 22_050)]
    [InlineData(44_100, 44_100)]
    public void Sine_StaysWhereItWas(int from, int to)
    {
        float[] converted = Resampler.Convert(Sine(1000, from, from / 10), from, to);
        float[] expected = Sine(1000, to, converted.Length);

        Assert.Equal(to / 10, converted.Length);
        Assert.All(Enumerable.Range(300, converted.Length - 600), i => Assert.InRange(converted[i] - expected[i], -1e-4, 1e-4));
    }

    /// <summary>15 kHz does not exist at 22.05 kHz: it is gone, not folded down.</summary>
    [Fact]
    public void WhatTheRateCannotHold_IsGone()
    {
        float[] converted = Resampler.Convert(Sine(15_000, 44_100, 8820), 44_100, 22_050);
        Assert.All(converted[300..^300], static value => Assert.InRange(value, -1e-4, 1e-4));
    }

    private static float[] Sine(double frequency, int rate, int count) =>
        [.. Enumerable.Range(0, count).Select(t => (float)Math.Sin(2 * Math.PI * frequency * t / rate))];
}
