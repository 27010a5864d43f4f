using System;
using System.Diagnostics.CodeAnalysis;
using Lstm;

namespace VanishingGradients;

/// <summary>What the experiment needs of a generated chain; the generated members implement it.</summary>
/// <typeparam name="TGradient">The generated <c>Gradient</c>.</typeparam>
internal interface IChain<TGradient>
    where TGradient : unmanaged, IGradient<float>
{
    /// <summary>The weights: two for each layer.</summary>
    [UnscopedRef]
    public Span<float> Parameters { get; }

    /// <summary>The loss; adds its gradient.</summary>
    public float Backward(ReadOnlySpan<float> x, float y, ref TGradient gradient, Span<float> dX = default);

    /// <summary>For each layer log10 of the norm of its gradient.</summary>
    public void GradientMagnitudes(ReadOnlySpan<float> x, float y, Span<double> log10);

    /// <summary>w_new = w_old - eta dL/dw.</summary>
    public void Descend(in TGradient gradient, float learningRate);
}

[DeepChain(Layers = 2)]
internal partial struct Chain2 : IChain<Chain2.Gradient>;

[DeepChain(Layers = 5)]
internal partial struct Chain5 : IChain<Chain5.Gradient>;

[DeepChain(Layers = 10)]
internal partial struct Chain10 : IChain<Chain10.Gradient>;

[DeepChain(Layers = 20)]
internal partial struct Chain20 : IChain<Chain20.Gradient>;

[DeepChain(Layers = 50)]
internal partial struct Chain50 : IChain<Chain50.Gradient>;

[DeepChain(Layers = 100)]
internal partial struct Chain100 : IChain<Chain100.Gradient>;

[DeepChain(Layers = 200)]
internal partial struct Chain200 : IChain<Chain200.Gradient>;

[DeepChain(Layers = 500)]
internal partial struct Chain500 : IChain<Chain500.Gradient>;

[DeepChain(Layers = 1000)]
internal partial struct Chain1000 : IChain<Chain1000.Gradient>;

/// <summary>The LSTM, in double: with a remember bias of -2 its gradients fall below the least float.</summary>
[LstmCell(Input = 1, Hidden = 16, Scalar = Scalar.Double)]
internal partial struct Cell;
