using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>A generated chain and its gradient behind one type, so that a test can run over all of them.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
public abstract class ChainUnderTest<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected ChainUnderTest(string name, ChainKind kind, int layers, int width)
    {
        Name = name;
        Kind = kind;
        Layers = layers;
        Width = width;
    }

    public string Name { get; }

    public ChainKind Kind { get; }

    public int Layers { get; }

    public int Width { get; }

    public int LayerSize => Kind == ChainKind.Dense ? Width * Width : Width;

    public int ParameterCount => ((Layers - 1) * LayerSize) + Width;

    public abstract Span<T> Parameters { get; }

    public abstract Span<T> Gradient { get; }

    public abstract T Forward(ReadOnlySpan<T> x);

    public abstract T Backward(ReadOnlySpan<T> x, T y, Span<T> dX);

    public abstract void GradientMagnitudes(ReadOnlySpan<T> x, T y, Span<double> log10);

    public abstract void Descend(T learningRate);

    public abstract void ExportParameters(Span<T> destination);

    public abstract void ImportParameters(ReadOnlySpan<T> source);

    public double[] GradientMagnitudes(T[] x, T y)
    {
        double[] log10 = new double[Layers];
        GradientMagnitudes(x, y, log10);
        return log10;
    }

    /// <summary>The parameters, or the gradient, of one layer, counted from 0.</summary>
    public Range Layer(int layer) => (layer * LayerSize)..((layer * LayerSize) + (layer == Layers - 1 ? Width : LayerSize));

    public override string ToString() => Name;

    /// <summary>Every chain that is declared with such numbers. The name of a looped one begins with "Looped+".</summary>
    public static IReadOnlyList<ChainUnderTest<T>> All { get; } =
        [.. typeof(Diagonal2x2).Assembly.GetTypes().Select(Wrap).OfType<ChainUnderTest<T>>().OrderBy(chain => chain.Name, StringComparer.Ordinal)];

    /// <summary>The names of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(chain => chain.Name)];

    /// <summary>The chain of that name with weights and gradient 0.</summary>
    public static ChainUnderTest<T> Fresh(string name) => All.Single(chain => chain.Name == name).Clean();

    protected abstract ChainUnderTest<T> Clean();

    private static ChainUnderTest<T>? Wrap(Type type)
    {
        DeepChainAttribute? chain = type.GetCustomAttribute<DeepChainAttribute>();
        if (chain?.Scalar != Overloads<T>.Scalar)
        {
            return null;
        }

        Type adapter = typeof(ChainUnderTest<>.Chain<,>).MakeGenericType(typeof(T), type, type.GetNestedType("Gradient")!);
        return (ChainUnderTest<T>)Activator.CreateInstance(adapter, chain.Kind, chain.Layers, chain.Width)!;
    }

    private sealed class Chain<TChain, TGradient> : ChainUnderTest<T>
        where TChain : unmanaged, IChain<T, TGradient>
        where TGradient : unmanaged, IGradient<T>
    {
        // Fields, not arrays: the runtime makes no array of structs over 64 KB.
        private TChain chain = default;
        private TGradient gradient = default;

        public Chain(ChainKind kind, int layers, int width)
            : base(typeof(TChain).FullName!.Split('.')[^1], kind, layers, width)
        {
        }

        public override Span<T> Parameters => chain.Parameters;

        public override Span<T> Gradient => gradient.Values;

        public override T Forward(ReadOnlySpan<T> x) => chain.Forward(x);

        public override T Backward(ReadOnlySpan<T> x, T y, Span<T> dX) => chain.Backward(x, y, ref gradient, dX);

        public override void GradientMagnitudes(ReadOnlySpan<T> x, T y, Span<double> log10) => chain.GradientMagnitudes(x, y, log10);

        public override void Descend(T learningRate) => chain.Descend(in gradient, learningRate);

        public override void ExportParameters(Span<T> destination) => chain.ExportParameters(destination);

        public override void ImportParameters(ReadOnlySpan<T> source) => chain.ImportParameters(source);

        protected override ChainUnderTest<T> Clean() => new Chain<TChain, TGradient>(Kind, Layers, Width);
    }
}
