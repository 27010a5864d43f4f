using System;
using System.Linq;
using System.Numerics;
using Lstm.Kernels;
using Lstm.Reference;
using Lstm.Testing;

namespace Lstm.Generators.Tests.Kernels;

internal interface IChainCheck
{
    /// <summary>yHat, loss, gradients, dX and magnitudes.</summary>
    public void Run(ChainKind kind);
}

/// <summary>A generated chain beside a reference with its weights.</summary>
internal sealed class ChainCheck<TChain, T, TGradient> : IChainCheck
    where TChain : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TGradient : unmanaged, IGradient<T>
{
    /// <summary>Both compute in double. Floats: one rounding at the end.</summary>
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 1e-6 : 1e-13;

    private delegate void Import(ref TChain chain, ReadOnlySpan<T> source);

    private delegate T Forward(ref TChain chain, ReadOnlySpan<T> x);

    private delegate T Backward(ref TChain chain, ReadOnlySpan<T> x, T y, ref TGradient gradient, Span<T> dX);

    private delegate void GradientMagnitudes(ref TChain chain, ReadOnlySpan<T> x, T y, Span<double> log10);

    public void Run(ChainKind kind)
    {
        UniformRandom random = new(11);
        ReferenceChain<double> reference = new(kind, Constant("LayerCount"), Constant("Width"));
        T[] weights = new T[Constant("ParameterCount")];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = T.One + random.NextOf(T.CreateTruncating(0.4));
            reference.Values[i] = double.CreateTruncating(weights[i]);
        }

        T[] x = Enumerable.Range(1, Constant("Width")).Select(j => T.CreateTruncating(0.7 / j)).ToArray();
        double[] inputs = Array.ConvertAll(x, double.CreateTruncating);
        ChainGradient<double> expected = reference.Backward(inputs, 2);
        double[] expectedMagnitudes = new double[reference.Layers];
        reference.GradientMagnitudes(inputs, 2, expectedMagnitudes);

        TChain chain = default;
        TGradient gradient = default;
        T[] dX = Numbers.Repeated<T>(double.NaN, x.Length);
        double[] magnitudes = new double[reference.Layers];
        Member<Import>("ImportParameters")(ref chain, weights);
        T yHat = Member<Forward>("Forward")(ref chain, x);
        T loss = Member<Backward>("Backward")(ref chain, x, T.CreateTruncating(2), ref gradient, dX);
        Member<GradientMagnitudes>("GradientMagnitudes")(ref chain, x, T.CreateTruncating(2), magnitudes);

        Close.Relative<T>([expected.YHat], [yHat], Tolerance, "yHat");
        Close.Relative<T>([expected.Loss], [loss], Tolerance, "loss");
        Close.Relative<T>(expected.DX, dX, Tolerance, "dX");
        Close.Relative<T>(expected.Values, gradient.Values, Tolerance, "gradient");
        Close.Relative<double>(expectedMagnitudes, magnitudes, Tolerance, "magnitudes");
    }

    private static int Constant(string name) => (int)typeof(TChain).GetField(name)!.GetRawConstantValue()!;

    private static TDelegate Member<TDelegate>(string name)
        where TDelegate : Delegate => typeof(TChain).GetMethod(name)!.CreateDelegate<TDelegate>();
}
