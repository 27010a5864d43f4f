using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public class GradientCheckTests
{
    /// <summary>A network of two layers whose parameters stand in reverse order, each behind a number of padding. It has no kernels.</summary>
    private struct Backwards<T> : ILstm<Backwards<T>, T, int>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private Room room;

        public static int InputSize => 2;

        public static int HiddenSize => 3;

        public static int OutputSize => 2;

        public static int LayerCount => 2;

        public static int ParameterCount => (12 * 6) + (12 * 7) + 6 + 2;

        public static int ParameterLength => 2 * ParameterCount;

        [UnscopedRef]
        public Span<T> Parameters => MemoryMarshal.CreateSpan(ref Unsafe.As<Room, T>(ref room), ParameterLength);

        public static int PlaceOf(int index) => ParameterLength - 1 - (2 * index);

        public void ExportParameters(Span<T> destination)
        {
            for (int i = 0; i < ParameterCount; i++)
            {
                destination[i] = Parameters[PlaceOf(i)];
            }
        }

        [UnscopedRef]
        public ref T W(int layer, Gate gate, int row, int column) => throw new NotSupportedException();

        [UnscopedRef]
        public ref T U(int layer, Gate gate, int row, int column) => throw new NotSupportedException();

        [UnscopedRef]
        public ref T B(int layer, Gate gate, int row) => throw new NotSupportedException();

        public void Initialize(ulong seed, T rememberBias) => throw new NotSupportedException();

        public void ImportParameters(ReadOnlySpan<T> source) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<T> x, ref int state, Span<T> y) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<T> x, Span<int> states, Span<T> y) => throw new NotSupportedException();

        [InlineArray(2 * ((12 * 6) + (12 * 7) + 6 + 2))]
        private struct Room
        {
            private T first;
        }
    }

    [Fact]
    public void RightGradient_HasASmallErrorAndIsRestored()
    {
        Holds<float>(1e-3); // losses of order 10, rounded by 6e-8, over differences of 1 / 16
        Holds<double>(1e-7);

        static void Holds<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (Backwards<T> model, T[] gradient) = Make<T>();
            T[] before = model.Parameters.ToArray();
            GradientDifference worst = GradientCheck.Largest<Backwards<T>, T, int>(ref model, gradient, () => LossOf(ref model));
            Assert.InRange(worst.RelativeError, 0, tolerance);
            Assert.True(worst.RelativeError > 0);
            Numbers.AssertSameBits<T>(before, model.Parameters, "parameters");
        }
    }

    /// <summary>One derivative is wrong, by its sign: the check finds it and knows its name.</summary>
    [Theory]
    [InlineData(0, "layer 0 W Remember [0, 0]")]
    [InlineData(1, "layer 0 W Remember [0, 1]")]
    [InlineData(23, "layer 0 W Candidate [2, 1]")]
    [InlineData(24, "layer 0 U Remember [0, 0]")]
    [InlineData(24 + 9 + 5, "layer 0 U Save [1, 2]")]
    [InlineData(60 + 7, "layer 0 B Focus [1]")]
    [InlineData(72, "layer 1 W Remember [0, 0]")]
    [InlineData(72 + 35, "layer 1 W Candidate [2, 2]")]
    [InlineData(72 + 36, "layer 1 U Remember [0, 0]")]
    [InlineData(72 + 83, "layer 1 B Candidate [2]")]
    [InlineData(156, "V [0, 0]")]
    [InlineData(156 + 5, "V [1, 2]")]
    [InlineData(162, "C [0]")]
    [InlineData(163, "C [1]")]
    public void WrongDerivative_IsNamed(int index, string name)
    {
        (Backwards<float> model, float[] gradient) = Make<float>();
        int place = Backwards<float>.PlaceOf(index);
        gradient[place] = -gradient[place];

        GradientDifference worst = GradientCheck.Largest<Backwards<float>, float, int>(ref model, gradient, () => LossOf(ref model));

        // Twice the gradient, over itself, or over a hundredth of the largest one where that is more.
        Assert.Equal((name, place), (worst.Parameter, worst.Index));
        Assert.InRange(worst.RelativeError, 0.5, 2.001);
        Assert.Equal(gradient[place], worst.Analytic);
        Assert.Equal(-gradient[place], worst.Numeric, 1e-2);
        Assert.StartsWith(name + ": gradient ", worst.ToString(), StringComparison.Ordinal);
        Assert.Contains(", relative error ", worst.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void DerivativeThatIsNotFinite_IsTheWorst(float bad)
    {
        (Backwards<float> model, float[] gradient) = Make<float>();
        gradient[Backwards<float>.PlaceOf(77)] = bad;
        GradientDifference worst = GradientCheck.Largest<Backwards<float>, float, int>(ref model, gradient, () => LossOf(ref model));
        Assert.Equal(("layer 1 W Remember [1, 2]", double.PositiveInfinity), (worst.Parameter, worst.RelativeError));
    }

    [Fact]
    public void Count_ChecksSoManyAndTheSeedChoosesThem()
    {
        (Backwards<double> model, double[] gradient) = Make<double>();
        var seen = new System.Collections.Generic.HashSet<string>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            int calls = 0;
            double Counted()
            {
                calls++;
                return LossOf(ref model);
            }

            double[] wrong = new double[gradient.Length];
            seen.Add(GradientCheck.Largest<Backwards<double>, double, int>(ref model, wrong, Counted, count: 3, seed).Parameter);
            Assert.Equal(2 + (3 * 4), calls);
        }

        Assert.InRange(seen.Count, 60, 164); // of 200 largest ones of three
    }

    /// <summary>A chain, or anything else that has numbers.</summary>
    [Fact]
    public void Spans_AreNamedByTheCaller()
    {
        float[] w = [0.5f, -2, 3], gradient = [2 * 0.5f, 3 * 4, 1];
        double Cubes() => (w[0] * (double)w[0]) + ((double)w[1] * w[1] * w[1]) + w[2];
        Assert.InRange(GradientCheck.Largest(w, gradient, Cubes).RelativeError, 0, 1e-5);

        gradient[2] = 2;
        GradientDifference worst = GradientCheck.Largest(w, gradient, Cubes);
        Assert.Equal(("parameter 2", 0.5), (worst.Parameter, Math.Round(worst.RelativeError, 4)));
        Assert.Equal("layer 2", GradientCheck.Largest(w, gradient, Cubes, index => $"layer {index}").Parameter);
        Assert.Equal([0.5f, -2, 3], w);
        Assert.Equal(0, GradientCheck.Largest([1.0, 2], [0.0, 0], () => 3).RelativeError);
    }

    [Fact]
    public void LossThatIsNoFunctionOfTheParameters_IsRefused()
    {
        double[] w = [1, 2], gradient = [0, 0];
        int calls = 0;
        string message = Assert.Throws<InvalidOperationException>(() => GradientCheck.Largest(w, gradient, () => calls++)).Message;
        Assert.StartsWith("'loss' must depend on nothing but the parameters, but two calls gave 0 and 1", message, StringComparison.Ordinal);

        message = Assert.Throws<InvalidOperationException>(() => GradientCheck.Largest(w, gradient, () => double.NaN)).Message;
        Assert.StartsWith("'loss' must be finite, but it is NaN.", message, StringComparison.Ordinal);

        message = Assert.Throws<InvalidOperationException>(() => GradientCheck.Largest(w, gradient, () => Math.Sqrt(2 - w[1]))).Message;
        Assert.StartsWith("'loss' must be finite, but with parameter 1 at ", message, StringComparison.Ordinal);
        Assert.Equal([1, 2], w);
    }

    [Fact]
    public void WrongArguments_AreNamed()
    {
        (Backwards<float> model, float[] gradient) = Make<float>();
        Refused.Length(
            "gradient", 328, 164, () => GradientCheck.Largest<Backwards<float>, float, int>(ref model, gradient.AsSpan(0, 164), () => 0));
        Assert.Throws<ArgumentNullException>("loss", () => GradientCheck.Largest<Backwards<float>, float, int>(ref model, gradient, null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => GradientCheck.Largest(gradient, gradient, () => 0, count: 0));
        Assert.Throws<ArgumentException>("parameters", () => GradientCheck.Largest(Span<float>.Empty, [], () => 0));
    }

    // Every parameter has a derivative of its own, and the model padding that is not 0.
    private static (Backwards<T> Model, T[] Gradient) Make<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Backwards<T> model = default;
        var random = new Random(1);
        foreach (ref T parameter in model.Parameters)
        {
            parameter = T.CreateTruncating((3 * random.NextDouble()) - 1.5);
        }

        var gradient = new T[Backwards<T>.ParameterLength];
        for (int i = 0; i < Backwards<T>.ParameterCount; i++)
        {
            int place = Backwards<T>.PlaceOf(i);
            gradient[place] = T.CreateTruncating(Factor(i) * Math.Exp(double.CreateTruncating(model.Parameters[place])));
        }

        return (model, gradient);
    }

    // sum_i c_i exp(w_i), rounded as a network's loss is
    private static double LossOf<T>(ref Backwards<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double loss = 0;
        for (int i = 0; i < Backwards<T>.ParameterCount; i++)
        {
            loss += Factor(i) * Math.Exp(double.CreateTruncating(model.Parameters[Backwards<T>.PlaceOf(i)]));
        }

        return double.CreateTruncating(T.CreateTruncating(loss));
    }

    private static double Factor(int i) => (i % 2 == 0 ? 1 : -1) * (1 + (i % 7));
}
