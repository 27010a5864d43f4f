using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>A generated chain and its gradient behind one type, so that a test can run over all of them.</summary>
public abstract class ChainUnderTest
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

    public abstract Span<float> Parameters { get; }

    public abstract Span<float> Gradient { get; }

    public abstract float Forward(ReadOnlySpan<float> x);

    public abstract float Backward(ReadOnlySpan<float> x, float y, Span<float> dX);

    public abstract void GradientMagnitudes(ReadOnlySpan<float> x, float y, Span<double> log10);

    public abstract void Descend(float learningRate);

    public double[] GradientMagnitudes(float[] x, float y)
    {
        double[] log10 = new double[Layers];
        GradientMagnitudes(x, y, log10);
        return log10;
    }

    /// <summary>The parameters, or the gradient, of one layer, counted from 0.</summary>
    public Range Layer(int layer) => (layer * LayerSize)..((layer * LayerSize) + (layer == Layers - 1 ? Width : LayerSize));

    public override string ToString() => Name;

    /// <summary>Every shape of ChainTypes.cs.</summary>
    public static IReadOnlyList<ChainUnderTest> All { get; } =
    [
        new Chain<Diagonal1x2, Diagonal1x2.Gradient>(ChainKind.Diagonal, 1, 2),
        new Chain<Looped.Diagonal1x1, Looped.Diagonal1x1.Gradient>(ChainKind.Diagonal, 1, 1),
        new Chain<Dense1x16, Dense1x16.Gradient>(ChainKind.Dense, 1, 16),
        new Chain<Looped.Dense1x16, Looped.Dense1x16.Gradient>(ChainKind.Dense, 1, 16),
        new Chain<Diagonal2x1, Diagonal2x1.Gradient>(ChainKind.Diagonal, 2, 1),
        new Chain<Dense2x1, Dense2x1.Gradient>(ChainKind.Dense, 2, 1),
        new Chain<Diagonal2x2, Diagonal2x2.Gradient>(ChainKind.Diagonal, 2, 2),
        new Chain<Diagonal3x2, Diagonal3x2.Gradient>(ChainKind.Diagonal, 3, 2),
        new Chain<Diagonal7x5, Diagonal7x5.Gradient>(ChainKind.Diagonal, 7, 5),
        new Chain<Diagonal10x2, Diagonal10x2.Gradient>(ChainKind.Diagonal, 10, 2),
        new Chain<Diagonal50x2, Diagonal50x2.Gradient>(ChainKind.Diagonal, 50, 2),
        new Chain<Diagonal200x2, Diagonal200x2.Gradient>(ChainKind.Diagonal, 200, 2),
        new Chain<Diagonal400x1, Diagonal400x1.Gradient>(ChainKind.Diagonal, 400, 1),
        new Chain<Diagonal200x3, Diagonal200x3.Gradient>(ChainKind.Diagonal, 200, 3),
        new Chain<Diagonal1000x2, Diagonal1000x2.Gradient>(ChainKind.Diagonal, 1000, 2),
        new Chain<Diagonal1000x16, Diagonal1000x16.Gradient>(ChainKind.Diagonal, 1000, 16),
        new Chain<Dense3x2, Dense3x2.Gradient>(ChainKind.Dense, 3, 2),
        new Chain<Dense6x4, Dense6x4.Gradient>(ChainKind.Dense, 6, 4),
        new Chain<Dense12x2, Dense12x2.Gradient>(ChainKind.Dense, 12, 2),
        new Chain<Dense25x4, Dense25x4.Gradient>(ChainKind.Dense, 25, 4),
        new Chain<Dense2x16, Dense2x16.Gradient>(ChainKind.Dense, 2, 16),
        new Chain<Dense40x7, Dense40x7.Gradient>(ChainKind.Dense, 40, 7),
        new Chain<Dense1000x2, Dense1000x2.Gradient>(ChainKind.Dense, 1000, 2),
        new Chain<Dense1000x16, Dense1000x16.Gradient>(ChainKind.Dense, 1000, 16),
        new Chain<Looped.Diagonal2x2, Looped.Diagonal2x2.Gradient>(ChainKind.Diagonal, 2, 2),
        new Chain<Looped.Diagonal3x2, Looped.Diagonal3x2.Gradient>(ChainKind.Diagonal, 3, 2),
        new Chain<Looped.Diagonal7x5, Looped.Diagonal7x5.Gradient>(ChainKind.Diagonal, 7, 5),
        new Chain<Looped.Diagonal10x2, Looped.Diagonal10x2.Gradient>(ChainKind.Diagonal, 10, 2),
        new Chain<Looped.Diagonal50x2, Looped.Diagonal50x2.Gradient>(ChainKind.Diagonal, 50, 2),
        new Chain<Looped.Dense3x2, Looped.Dense3x2.Gradient>(ChainKind.Dense, 3, 2),
        new Chain<Looped.Dense6x4, Looped.Dense6x4.Gradient>(ChainKind.Dense, 6, 4),
        new Chain<Looped.Dense12x2, Looped.Dense12x2.Gradient>(ChainKind.Dense, 12, 2),
    ];

    /// <summary>The names of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(chain => chain.Name)];

    /// <summary>The chain of that name with weights and gradient 0.</summary>
    public static ChainUnderTest Fresh(string name) => All.Single(chain => chain.Name == name).Clean();

    protected abstract ChainUnderTest Clean();

    private sealed class Chain<T, TGradient> : ChainUnderTest
        where T : unmanaged, IChain<TGradient>
        where TGradient : unmanaged
    {
        // Fields, not arrays: the runtime makes no array of structs over 64 KB.
        private T chain = default;
        private TGradient gradient = default;

        public Chain(ChainKind kind, int layers, int width)
            : base(typeof(T).FullName!.Split('.')[^1], kind, layers, width)
        {
        }

        public override Span<float> Parameters => chain.Parameters;

        public override Span<float> Gradient => MemoryMarshal.Cast<TGradient, float>(new Span<TGradient>(ref gradient));

        public override float Forward(ReadOnlySpan<float> x) => chain.Forward(x);

        public override float Backward(ReadOnlySpan<float> x, float y, Span<float> dX) => chain.Backward(x, y, ref gradient, dX);

        public override void GradientMagnitudes(ReadOnlySpan<float> x, float y, Span<double> log10) => chain.GradientMagnitudes(x, y, log10);

        public override void Descend(float learningRate) => chain.Descend(in gradient, learningRate);

        protected override ChainUnderTest Clean() => new Chain<T, TGradient>(Kind, Layers, Width);
    }
}
