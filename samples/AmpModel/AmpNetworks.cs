using System;
using System.Diagnostics.CodeAnalysis;
using Lstm;

namespace AmpModel;

/// <summary>
/// What the trainer needs of a generated network besides <see cref="ITrainableLstm{TSelf, TNumber, TState, TGradient}"/>: the readout, single
/// samples, and the weights as a model. The generated members implement both, so that one trainer serves every size.
/// </summary>
/// <typeparam name="TSelf">The network.</typeparam>
/// <typeparam name="TState">The generated <c>State</c>; <c>default</c> is the zero state.</typeparam>
/// <typeparam name="TGradient">The generated <c>Gradient</c>.</typeparam>
internal interface IAmpNetwork<TSelf, TState, TGradient> : ITrainableLstm<TSelf, float, TState, TGradient>
    where TSelf : unmanaged, IAmpNetwork<TSelf, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    /// <summary>A readout weight.</summary>
    [UnscopedRef]
    public ref float V(int row, int column);

    /// <summary>A readout bias.</summary>
    [UnscopedRef]
    public ref float C(int row);

    /// <summary>One sample.</summary>
    public void Step(ReadOnlySpan<float> x, ref TState state, Span<float> y);

    /// <summary>The weights, to be written to a file.</summary>
    public LstmModel ToModel();
}

/// <summary>One sample in, 8 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 8, Output = 1)]
internal partial struct Amp8 : IAmpNetwork<Amp8, Amp8.State, Amp8.Gradient>;

/// <summary>One sample in, 16 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]
internal partial struct Amp16 : IAmpNetwork<Amp16, Amp16.State, Amp16.Gradient>;

/// <summary>One sample in, 24 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 24, Output = 1)]
internal partial struct Amp24 : IAmpNetwork<Amp24, Amp24.State, Amp24.Gradient>;

/// <summary>One sample in, 32 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 32, Output = 1)]
internal partial struct Amp32 : IAmpNetwork<Amp32, Amp32.State, Amp32.Gradient>;
