using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Threading.Tasks;
using Lstm.Integration.Tests.Recurrent;
using Lstm.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>
/// tanh and sigma over the floats, against double. Every 1009th float is tried, and all around the places where the
/// formulas change; with <c>LSTM_EXHAUSTIVE=1</c> in the environment, every float there is.
/// </summary>
public class ActivationTests(ITestOutputHelper output)
{
    /// <summary>A prime, so that no bit of the pattern stands still: 2.1 million floats of each sign.</summary>
    private const int Stride = 1009;

    private const int Infinity = 0x7F800000;

    private const int Batch = 1024;

    /// <summary>
    /// Clamps, changes of formula, where results, exponentials or their factors turn subnormal or zero, and where a run of
    /// the same formulas over every float found activations furthest off: strict ones at 3.45e-4, 0.5193 and 0.5196, standard ones at 3.77 and 5.64.
    /// At 8.028186 the rational itself, which is limited before that, is over 1 without fused multiply-add. Around 7.28 and 12.13, as at 25 more
    /// floats, the product with 1 / ln 2 is rounded to halfway between two integers without fused multiply-add.
    /// </summary>
    private static readonly float[] Corners =
    [
        float.Epsilon, 1.1754944e-38f, 1.2e-4f, 3.44992e-4f, 0.3125f, 0.519323f, 0.519642f, 0.625f, 0.6931472f, 1f, 3.7696667f, 5.643282f,
        7.2780452f, 8.02f, 8.028186f, 9.01f, 12.130075f, 16.04f, 17.33f, 34f, 61f, 87.34f, 88.73f, 103.3f, 104f,
    ];

    private static readonly bool Exhaustive = Environment.GetEnvironmentVariable("LSTM_EXHAUSTIVE") == "1";

    /// <summary>Floats in a vector: what this machine has. Wider ones are held to the same bits by emulation, with the generator's tests.</summary>
    private static int[] Widths { get; } = [1, .. new[] { 4, 8, 16 }.Where(lanes => lanes <= Widest)];

    private static int Widest => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated && Fma.IsSupported ? 8 : 4;

    /// <summary>One type for each formula; all types share them.</summary>
    public static TheoryData<string> Names => ["Cell4x16", "Cell4x16Portable", "Cell4x16Strict", "Cell4x16StrictPortable"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Errors_AreWithinTheStatedBounds(string name)
    {
        ModelUnderTest<float> model = ModelUnderTest<float>.Of(name);

        ActivationErrors errors = Scan(Activations.Of(model, Widest), strict: model.Accuracy == Accuracy.Strict);

        output.WriteLine($"{name}: {errors}");
        Assert.Null(errors.Broken);
        if (model.Accuracy == Accuracy.Strict)
        {
            Assert.True(errors.TanhUlp <= 2 && errors.SigmoidUlp <= 2, errors.ToString());

            // Without fused multiply-add n ln 2, up to 68, is rounded: by half an ulp of 64, 3.8e-6 of what is left of tanh' there.
            Assert.True(errors.TanhSlope <= (model.Arithmetic == Arithmetic.Portable ? 5e-6 : 1e-6), errors.ToString());
            Assert.True(errors.SigmoidSlope <= 1e-6, errors.ToString());
        }
        else
        {
            // Twice as many roundings take 43 floats of either sign, 5.643282 the furthest, past 3e-7.
            Assert.True(errors.TanhUlp <= 6 && errors.TanhAbsolute <= (model.Arithmetic == Arithmetic.Portable ? 3.5e-7 : 3e-7), errors.ToString());
            Assert.True(errors.SigmoidAbsolute <= 2e-7, errors.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryWidth_GivesTheSameBits(string name)
    {
        ModelUnderTest<float> model = ModelUnderTest<float>.Of(name);

        AssertSameBits(Activations.Of(model, 1), [.. Widths.Skip(1).Select(lanes => Activations.Of(model, lanes))]);
    }

    /// <summary>
    /// An odd power, one between, and the most that a kernel gives; of strict ones all that it gives to sigmas, so that every margin is among them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AnyScale_GivesTheSameBits(string name)
    {
        ModelUnderTest<float> model = ModelUnderTest<float>.Of(name);
        int[] powers = model.Accuracy == Accuracy.Strict ? [1, 3, 5, 6, 8, 10, 11, 13, 14] : [1, 6, 34];

        AssertSameBits(Activations.Of(model, Widest), [.. powers.Select(power => Activations.Of(model, Widest, power))]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_StaysNaN_AndInfinitySaturates(string name)
    {
        float[] x =
        [
            float.NaN, -float.NaN,
            BitConverter.Int32BitsToSingle(0x7F800001), BitConverter.Int32BitsToSingle(-1), BitConverter.Int32BitsToSingle(0x7FFFFFFF),
            float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f, -0f, 0f, 0f, 0f, 0f, 0f,
        ];
        foreach (int lanes in Widths)
        {
            Activations activations = Activations.Of(ModelUnderTest<float>.Of(name), lanes);
            float[] tanh = new float[16], sigmoid = new float[16], slope = new float[16];

            activations.Tanh(x, tanh, slope);
            activations.Sigmoid(x, sigmoid, slope);

            Assert.All(tanh[..5].Concat(sigmoid[..5]), value => Assert.True(float.IsNaN(value)));
            Assert.Equal([1, -1, 1, -1], tanh[5..9], (expected, actual) => Math.Abs(expected - actual) <= 3e-7f);
            Assert.Equal([1, 0, 1, 0], sigmoid[5..9], (expected, actual) => Math.Abs(expected - actual) <= 2e-7f);
            Assert.Equal([0f, 0f, 0.5f, 0.5f], [tanh[9], tanh[10], sigmoid[9], sigmoid[10]]);
        }
    }

    private static void AssertSameBits(Activations expected, Activations[] others)
    {
        float[] x = new float[Batch], value = new float[Batch], slope = new float[Batch];
        float[] otherValue = new float[Batch], otherSlope = new float[Batch];
        foreach ((int first, int stride) in Ranges(exhaustive: false))
        {
            for (int i = 0; i < Batch; i++)
            {
                x[i] = Magnitude(first, stride, i) * (i % 2 == 0 ? 1 : -1);
            }

            foreach (Activations other in others)
            {
                expected.Tanh(x, value, slope);
                other.Tanh(x, otherValue, otherSlope);
                Numbers.AssertSameBits<float>(value, otherValue, "tanh");
                Numbers.AssertSameBits<float>(slope, otherSlope, "tanh'");
                expected.Sigmoid(x, value, slope);
                other.Sigmoid(x, otherValue, otherSlope);
                Numbers.AssertSameBits<float>(value, otherValue, "sigmoid");
                Numbers.AssertSameBits<float>(slope, otherSlope, "sigmoid'");
            }
        }
    }

    /// <summary>Where each batch begins, and how far apart its floats are.</summary>
    private static IEnumerable<(int First, int Stride)> Ranges(bool exhaustive)
    {
        int stride = exhaustive ? 1 : Stride;
        for (long first = 0; first <= Infinity; first += (long)stride * Batch)
        {
            yield return ((int)first, stride);
        }

        foreach (float corner in Corners)
        {
            int bits = BitConverter.SingleToInt32Bits(corner);
            yield return (Math.Max(0, bits - Batch), 1);
            yield return (bits, 1);
        }
    }

    /// <summary>A float from 0 to infinity by the number of its bits.</summary>
    private static float Magnitude(int first, int stride, int i) =>
        BitConverter.Int32BitsToSingle((int)Math.Min(first + ((long)stride * i), Infinity));

    private static ActivationErrors Scan(Activations activations, bool strict)
    {
        ActivationErrors all = new();
        Parallel.ForEach(
            Ranges(Exhaustive),
            () => new Scanner(activations, strict),
            (range, _, scanner) =>
            {
                scanner.Run(range.First, range.Stride);
                return scanner;
            },
            scanner =>
            {
                lock (all)
                {
                    all.Merge(scanner.Errors);
                }
            });
        return all;
    }

    private sealed class Scanner(Activations activations, bool strict)
    {
        private readonly float[] x = new float[Batch], minusX = new float[Batch];
        private readonly float[] value = new float[Batch], slope = new float[Batch], mirror = new float[Batch], mirrorSlope = new float[Batch];

        public ActivationErrors Errors { get; } = new();

        public void Run(int first, int stride)
        {
            for (int i = 0; i < Batch; i++)
            {
                x[i] = Magnitude(first, stride, i);
                minusX[i] = -x[i];
            }

            activations.Tanh(x, value, slope);
            activations.Tanh(minusX, mirror, mirrorSlope);
            for (int i = 0; i < Batch; i++)
            {
                Errors.Tanh(x[i], ExactTanh(x[i]), value[i]);
                if (BitConverter.SingleToInt32Bits(mirror[i]) != BitConverter.SingleToInt32Bits(-value[i]) || !(value[i] is >= 0 and <= 1))
                {
                    Errors.Broken = $"tanh of ±{x[i]:R} is {value[i]:R} and {mirror[i]:R}";
                }

                if (strict && x[i] <= 34)
                {
                    // 4 e / (1 + e)^2; from 34 up it stays where it is.
                    double e = Math.Exp(-2.0 * x[i]);
                    Errors.TanhDerivative(x[i], 4 * e / ((1 + e) * (1 + e)), slope[i]);
                    Errors.TanhDerivative(-x[i], 4 * e / ((1 + e) * (1 + e)), mirrorSlope[i]);
                }
            }

            activations.Sigmoid(x, value, slope);
            activations.Sigmoid(minusX, mirror, mirrorSlope);
            for (int i = 0; i < Batch; i++)
            {
                (double above, double below) = ExactSigmoid(x[i]);
                Errors.Sigmoid(x[i], above, value[i]);
                Errors.Sigmoid(-x[i], below, mirror[i]);
                if (!(value[i] is >= 0 and <= 1 && mirror[i] is >= 0 and <= 1))
                {
                    Errors.Broken = $"sigmoid of ±{x[i]:R} is {value[i]:R} and {mirror[i]:R}";
                }

                if (strict && x[i] <= 61)
                {
                    // e / (1 + e)^2; from 61 up it stays where it is.
                    Errors.SigmoidDerivative(x[i], above * below, slope[i]);
                    Errors.SigmoidDerivative(-x[i], above * below, mirrorSlope[i]);
                }
            }
        }

        /// <summary>Series where one term decides, so that all floats can be tried; exact to 2^-43.</summary>
        private static double ExactTanh(double x) => x < 1.2e-4 ? x - (x * x * x / 3) : x > 20 ? 1 : Math.Tanh(x);

        /// <summary>sigma(x) and sigma(-x) for x from 0 up; the second is 0 where it is under 2^-158.</summary>
        private static (double Above, double Below) ExactSigmoid(double x)
        {
            if (x < 1.2e-4)
            {
                return (0.5 + (x / 4), 0.5 - (x / 4));
            }

            double e = x > 110 ? 0 : Math.Exp(-x);
            return (1 / (1 + e), e / (1 + e));
        }
    }
}
