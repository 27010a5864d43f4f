using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.InteropServices;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>Chains over doubles: what the tests of <c>Chains</c> say of floats.</summary>
public class DoubleChainTests
{
    /// <summary>50 factors of 1.1e-16 each at worst.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>The values are near 1000 and carry 1e-13 of rounding.</summary>
    private const double LogTolerance = 1e-9;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string golden in Golden.ChainNames)
            {
                GoldenChain chain = Golden.Chain(golden);
                string shape = $"Double{chain.Kind}{chain.Layers}x{chain.Width}";
                foreach (string type in Declared.Where(name => name.Replace("Looped", string.Empty) == shape).DefaultIfEmpty("none"))
                {
                    cases.Add(golden, type);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Names => [.. Declared];

    private static IEnumerable<string> Declared => typeof(DoubleChainTests).Assembly.GetTypes().Where(IsDouble).Select(type => type.Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputLossGradientsAndMagnitudes_AreThoseOfPyTorch(string name, string type)
    {
        GoldenChain golden = Golden.Chain(name);
        DoubleChain chain = DoubleChain.Of(type);
        golden.Weights.CopyTo(chain.Parameters);
        double[] dX = new double[golden.Width], log10 = new double[golden.Layers];

        double loss = chain.Backward(golden.X, golden.Y, dX);
        chain.GradientMagnitudes(golden.X, golden.Y, log10);

        Close.Relative([golden.YHat], [chain.Forward(golden.X)], Tolerance, "yHat");
        Close.Relative([golden.Loss], [loss], Tolerance, "loss");
        Close.Relative(golden.DX, dX, Tolerance, "dX");
        int size = (golden.Weights.Length - golden.Width) / (golden.Layers - 1);
        for (int layer = 0; layer < golden.Layers; layer++)
        {
            Range range = (layer * size)..Math.Min((layer + 1) * size, golden.Weights.Length);
            ReadOnlySpan<double> gradient = golden.Grad.AsSpan(range);
            Close.Relative(gradient, chain.Gradient[range], Tolerance, $"gradient of layer {layer + 1}");
            Assert.Equal(Math.Log10(TensorPrimitives.Norm(gradient)), log10[layer], Tolerance);
        }
    }

    [Theory]
    [InlineData(nameof(DoubleDiagonal50x2))]
    [InlineData(nameof(DoubleDense6x4))]
    public void UnrolledAndLooped_GiveTheSameBits(string name)
    {
        DoubleChain unrolled = DoubleChain.Of(name), looped = DoubleChain.Of(name + "Looped");
        Random random = new(3);
        foreach (ref double weight in unrolled.Parameters)
        {
            weight = (2 * random.NextDouble()) - 1;
        }

        unrolled.Parameters.CopyTo(looped.Parameters);
        double[] x = [.. Enumerable.Range(1, unrolled.Width).Select(j => 0.3 * j)];

        Assert.Equal(unrolled.Backward(x, 1.7, new double[x.Length]), looped.Backward(x, 1.7, new double[x.Length]));
        DoublePass.SameBits(unrolled.Gradient, looped.Gradient, "gradient");
        Assert.Equal(unrolled.Forward(x), looped.Forward(x));
    }

    /// <summary>Far outside the range of double: 0.1^1000 is 1e-1000.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void EqualWeights_MagnitudesAreTheClosedForm_BeyondTheRangeOfDouble(double weight)
    {
        // Every lane is w^1000 x_j, so with x = 1 the error is 2 w^1000 - y and each of a layer's two gradients is e w^999.
        DoubleChain chain = DoubleChain.Of(nameof(DoubleDiagonal1000x2));
        chain.Parameters.Fill(weight);
        double power = Math.Log10(weight), error = weight < 1 ? Math.Log10(4) : Math.Log10(2) + (1000 * power);
        double[] log10 = new double[1000];

        chain.GradientMagnitudes([1, 1], 4, log10);

        Assert.All(log10, value => Assert.Equal(error + (999 * power) + Math.Log10(Math.Sqrt(2)), value, LogTolerance));
    }

    /// <summary>Weights and inputs at the ends of the range of double, subnormals included.</summary>
    [Fact]
    public void ExtremeWeights_KeepTheirMagnitudes()
    {
        DoubleChain chain = DoubleChain.Of(nameof(DoubleDiagonal3x2));
        double[] weights = [1e-300, 0, 1e-310, 0, 1e300, 0], log10 = new double[3];
        weights.CopyTo(chain.Parameters);

        chain.GradientMagnitudes([1e-320, 1], 1, log10);

        // e = -1: each the product of the other weights and x_1; subnormals are given to fewer digits, and taken as they are.
        double x = Math.Log10(1e-320);
        Assert.Equal([Math.Log10(1e-310) + 300 + x, -300 + 300 + x, -300 + Math.Log10(1e-310) + x], log10, (expected, actual) => Math.Abs(expected - actual) < LogTolerance);
    }

    [Theory]
    [InlineData(nameof(DoubleDense1000x2))]
    [InlineData(nameof(DoubleDense12x2))]
    [InlineData(nameof(DoubleDiagonal7x5))]
    public void Backward_AgreesWithTheReference(string name)
    {
        DoubleChain chain = DoubleChain.Of(name);
        ReferenceChain<double> reference = new(chain.Kind, chain.Layers, chain.Width);
        Random random = new(5);
        foreach (ref double weight in chain.Parameters)
        {
            weight = (random.Next(2) * 2) - 1 + (0.01 * random.NextDouble());
            weight *= chain.Kind == ChainKind.Dense ? 0.7 : 1;
        }

        chain.Parameters.CopyTo(reference.Values);
        double[] x = [.. Enumerable.Range(1, chain.Width).Select(j => 0.3 * j)], dX = new double[chain.Width];

        double loss = chain.Backward(x, 2, dX);

        ChainGradient<double> expected = reference.Backward(x, 2);
        Close.Relative([expected.Loss], [loss], 1e-10, "loss");
        Close.Relative(expected.Values, chain.Gradient, 1e-10, "gradient");
        Close.Relative(expected.DX, dX, 1e-10, "dX");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing_AndDescendSubtracts(string name)
    {
        DoubleChain chain = DoubleChain.Of(name);
        double[] x = new double[chain.Width], dX = new double[chain.Width], log10 = new double[chain.Layers];
        Use();
        chain.Parameters.Fill(1);
        chain.Gradient.Fill(2);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(chain.Parameters.ToArray(), weight => Assert.Equal(0.75, weight));

        void Use()
        {
            chain.Forward(x);
            chain.GradientMagnitudes(x, 1, log10);
            chain.Backward(x, 0, dX);
            chain.Descend(0.125);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        DoubleChain chain = DoubleChain.Of(name);
        int width = chain.Width, layers = chain.Layers;

        Assert.Throws<ArgumentException>("x", () => chain.Forward(new double[width + 1]));
        Assert.Throws<ArgumentException>("x", () => chain.Backward(new double[width - 1], 1, default));
        Assert.Throws<ArgumentException>("dX", () => chain.Backward(new double[width], 1, new double[width + 1]));
        Assert.Throws<ArgumentException>("log10", () => chain.GradientMagnitudes(new double[width], 1, new double[layers - 1]));

        Assert.Equal(-1, chain.Gradient.IndexOfAnyExcept(0));
    }

    private static bool IsDouble(Type type) => type.GetCustomAttribute<DeepChainAttribute>()?.Scalar == Scalar.Double;
}

/// <summary>A generated chain over doubles and its gradient.</summary>
internal abstract class DoubleChain(DeepChainAttribute declaration)
{
    public ChainKind Kind => declaration.Kind;

    public int Layers => declaration.Layers;

    public int Width => declaration.Width;

    public abstract Span<double> Parameters { get; }

    public abstract Span<double> Gradient { get; }

    /// <summary>The chain of that name with weights and gradient 0.</summary>
    public static DoubleChain Of(string name)
    {
        Type type = typeof(DoubleChain).Assembly.GetType($"{typeof(DoubleChain).Namespace}.{name}", throwOnError: true)!;
        return (DoubleChain)Activator.CreateInstance(
            typeof(Adapter<,>).MakeGenericType(type, type.GetNestedType("Gradient")!), type.GetCustomAttribute<DeepChainAttribute>())!;
    }

    public abstract double Forward(ReadOnlySpan<double> x);

    public abstract double Backward(ReadOnlySpan<double> x, double y, Span<double> dX);

    public abstract void GradientMagnitudes(ReadOnlySpan<double> x, double y, Span<double> log10);

    public abstract void Descend(double learningRate);

    private sealed class Adapter<T, TGradient>(DeepChainAttribute declaration) : DoubleChain(declaration)
        where T : unmanaged, IDoubleChain<TGradient>
        where TGradient : unmanaged
    {
        private T chain = default;
        private TGradient gradient = default;

        public override Span<double> Parameters => chain.Parameters;

        public override Span<double> Gradient => MemoryMarshal.Cast<TGradient, double>(new Span<TGradient>(ref gradient));

        public override double Forward(ReadOnlySpan<double> x) => chain.Forward(x);

        public override double Backward(ReadOnlySpan<double> x, double y, Span<double> dX) => chain.Backward(x, y, ref gradient, dX);

        public override void GradientMagnitudes(ReadOnlySpan<double> x, double y, Span<double> log10) => chain.GradientMagnitudes(x, y, log10);

        public override void Descend(double learningRate) => chain.Descend(in gradient, learningRate);
    }
}
