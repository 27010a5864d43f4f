using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lstm.Integration.Tests.Recurrent;
using Lstm.Integration.Types.Doubles;
using Lstm.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>
/// tanh and sigma of doubles against <see cref="ExactActivation"/>: random numbers of every magnitude, and all around the
/// places where the formulas change; with <c>LSTM_EXHAUSTIVE=1</c> in the environment, a hundred times as many.
/// </summary>
public class DoubleActivationTests(ITestOutputHelper output)
{
    private static readonly double[] Samples = [.. Sample(Environment.GetEnvironmentVariable("LSTM_EXHAUSTIVE") == "1" ? 40_000 : 400)];

    /// <summary>The functions at every width that this machine has.</summary>
    private static readonly Functions[] Vectors =
    [
        At<Vector128<double>>(), At<Vector256<double>>(), .. Vector512.IsHardwareAccelerated ? [At<Vector512<double>>()] : Array.Empty<Functions>(),
    ];

    /// <summary>One type for each formula; all types share them.</summary>
    public static TheoryData<string> Names =>
    [
        nameof(Cell4x16), nameof(Cell4x16Portable), nameof(Cell4x16Strict), nameof(Cell4x16StrictPortable),
    ];

    [Theory]
    [InlineData(nameof(Cell4x16Strict))]
    [InlineData(nameof(Cell4x16StrictPortable))]
    public void Errors_AreWithinTwoUlp(string name)
    {
        double[] x = Samples, minusX = [.. x.Select(value => -value)];
        double[] above = Sigmoid<Vector256<double>>(name, x, out double[] slopes);
        double[] below = Sigmoid<Vector256<double>>(name, minusX, out double[] mirrors);
        double[] tanh = Tanh<Vector256<double>>(name, x), minusTanh = Tanh<Vector256<double>>(name, minusX);
        (double Error, double Where) worstTanh = default, worstSigmoid = default, worstSlope = default;

        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(tanh[i] is >= 0 and <= 1 && above[i] is >= 0.5 and <= 1 && below[i] is >= 0 and <= 0.5, $"{x[i]:R}");
            Assert.Equal(BitConverter.DoubleToInt64Bits(-tanh[i]), BitConverter.DoubleToInt64Bits(minusTanh[i]));
            if (x[i] < 300)
            {
                worstTanh = Worse(worstTanh, ExactActivation.TanhError(x[i], tanh[i]), x[i]);
            }

            worstSigmoid = Worse(worstSigmoid, ExactActivation.SigmoidError(x[i], above[i]), x[i]);
            worstSigmoid = Worse(worstSigmoid, ExactActivation.SigmoidError(-x[i], below[i]), -x[i]);
            if (x[i] < 700)
            {
                double slope = ExactActivation.SigmoidSlope(x[i]);
                worstSlope = Worse(worstSlope, Math.Max(Math.Abs((slopes[i] / slope) - 1), Math.Abs((mirrors[i] / slope) - 1)), x[i]);
            }
        }

        output.WriteLine(
            $"{name}, {x.Length} doubles: tanh {worstTanh.Error:F3} ulp at {worstTanh.Where:R}, "
            + $"sigma {worstSigmoid.Error:F3} ulp at {worstSigmoid.Where:R}, sigma' {worstSlope.Error:0.0e0} at {worstSlope.Where:R}");
        Assert.InRange(worstTanh.Error, 0, 2);
        Assert.InRange(worstSigmoid.Error, 0, 2);

        // e is off by an ulp, its square's root and the quotient by as much: 4 times 1.1e-16.
        Assert.InRange(worstSlope.Error, 0, 1e-15);
    }

    /// <summary>The accuracies differ in what they record, not in the values.</summary>
    [Theory]
    [InlineData(nameof(Cell4x16), nameof(Cell4x16Strict))]
    [InlineData(nameof(Cell4x16Portable), nameof(Cell4x16StrictPortable))]
    public void StandardAndStrict_AreTheSameBits(string standard, string strict)
    {
        Numbers.AssertSameBits<double>(Tanh<Vector256<double>>(standard, Samples), Tanh<Vector256<double>>(strict, Samples), "tanh");
        Numbers.AssertSameBits<double>(
            Sigmoid<Vector256<double>>(standard, Samples, out _), Sigmoid<Vector256<double>>(strict, Samples, out _), "sigma");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryWidth_GivesTheSameBits(string name)
    {
        double[] x = [.. Samples.Select((value, i) => i % 2 == 0 ? value : -value)];
        double[] tanh = Tanh<double>(name, x), sigmoid = Sigmoid<double>(name, x, out double[] slopes);
        foreach (Functions width in Vectors)
        {
            Numbers.AssertSameBits<double>(tanh, width.Tanh(name, x), "tanh");
            Numbers.AssertSameBits<double>(sigmoid, width.Sigmoid(name, x, out double[] others), "sigma");
            Numbers.AssertSameBits<double>(slopes, others, "sigma'");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_StaysNaN_AndInfinitySaturates(string name)
    {
        double[] x =
        [
            double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(-1), BitConverter.Int64BitsToDouble(long.MaxValue),
            double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, 0.0, -0.0, double.Epsilon, -double.Epsilon,
            1e-300, -1e-300, 1e-20, -1e-20,
        ];
        foreach (Functions width in Vectors.Prepend(At<double>()))
        {
            double[] tanh = width.Tanh(name, x), sigmoid = width.Sigmoid(name, x, out _);
            Assert.All(tanh[..4].Concat(sigmoid[..4]), value => Assert.True(double.IsNaN(value)));
            Assert.Equal([1, -1, 1, -1], tanh[4..8]);
            Assert.Equal([1, 0, 1, 0], sigmoid[4..8]);
            Numbers.AssertSameBits<double>(x.AsSpan(8), tanh.AsSpan(8), "tanh of nearly 0");
            Assert.All(sigmoid[8..], value => Assert.Equal(0.5, value));
        }
    }

    private static (double Error, double Where) Worse((double Error, double Where) worst, double error, double where) =>
        error <= worst.Error ? worst : (error, where);

    /// <summary>Positive numbers from 2^-40 to 800, as many of each power of two, a multiple of 8 in all.</summary>
    private static IEnumerable<double> Sample(int each)
    {
        Random random = new(1);
        List<double> samples = [];
        for (int exponent = -40; exponent < 10; exponent++)
        {
            int count = exponent < -8 ? each / 8 : each;
            samples.AddRange(Enumerable.Range(0, count).Select(_ => Math.Min(800, Math.ScaleB(1 + random.NextDouble(), exponent))));
        }

        // Where e begins, where a formula changes, where halves of ln 2 do, where the last digit or the result underflows.
        double[] corners =
            [0.625, .. Enumerable.Range(1, 40).Select(k => (k - 0.5) * Math.Log(2)), 18.7, 36.7, 37.4, 354.9, 708.4, 709.8, 744.4, 745.2, 746];
        samples.AddRange(corners.SelectMany(corner => Enumerable.Range(-each / 8, each / 4).Select(
            i => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(corner) + i))));
        samples.AddRange(Enumerable.Range(0, each * 40).Select(_ => 4 * random.NextDouble()));
        return samples.Take(samples.Count / 8 * 8);
    }

    private static Functions At<TVector>()
        where TVector : struct => new(Tanh<TVector>, Sigmoid<TVector>);

    private static double[] Tanh<TVector>(string name, double[] x)
        where TVector : struct => Apply(WithSlope<TVector>(name, "Tanh", "TanhSlope"), x, out _);

    private static double[] Sigmoid<TVector>(string name, double[] x, out double[] slopes)
        where TVector : struct => Apply(WithSlope<TVector>(name, "Sigma", "GateSlope"), x, out slopes);

    /// <summary>A function and its slope, which strict equations give with it, and others from its value.</summary>
    private static ValueAndMore<TVector> WithSlope<TVector>(string name, string function, string slopeOf)
        where TVector : struct
    {
        if (ModelUnderTest<double>.Of(name).Accuracy == Accuracy.Strict)
        {
            return Method<ValueAndMore<TVector>>(name, function, typeof(TVector), typeof(TVector).MakeByRefType());
        }

        Func<TVector, TVector> value = Method<Func<TVector, TVector>>(name, function, typeof(TVector));
        Func<TVector, TVector> slope = Method<Func<TVector, TVector>>(name, slopeOf, typeof(TVector));
        return (TVector x, out TVector more) =>
        {
            TVector result = value(x);
            more = slope(result);
            return result;
        };
    }

    private static double[] Apply<TVector>(ValueAndMore<TVector> method, double[] x, out double[] more)
        where TVector : struct
    {
        double[] values = new double[x.Length];
        more = new double[x.Length];
        ReadOnlySpan<TVector> from = MemoryMarshal.Cast<double, TVector>(x);
        Span<TVector> to = MemoryMarshal.Cast<double, TVector>(values.AsSpan()), others = MemoryMarshal.Cast<double, TVector>(more.AsSpan());
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = method(from[i], out others[i]);
        }

        return values;
    }

    private static TDelegate Method<TDelegate>(string name, string method, params Type[] parameters)
        where TDelegate : Delegate
    {
        ModelUnderTest<double> model = ModelUnderTest<double>.Of(name);
        return Activations.Equations(model.Arithmetic, model.Accuracy, "Double", parameters[0])
            .GetMethod(method, BindingFlags.Public | BindingFlags.Static, parameters)!.CreateDelegate<TDelegate>();
    }

    /// <summary>A value and its slope.</summary>
    private delegate TVector ValueAndMore<TVector>(TVector x, out TVector more);

    /// <summary>sigma and its slope.</summary>
    private delegate double[] SigmoidAndSlopes(string name, double[] x, out double[] slopes);

    private sealed record Functions(Func<string, double[], double[]> Tanh, SigmoidAndSlopes Sigmoid);
}
