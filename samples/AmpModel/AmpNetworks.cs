using System;
using System.Diagnostics.CodeAnalysis;
using Lstm;

namespace AmpModel;

/// <summary>
/// What the trainer needs of a generated network. The generated members implement it, so that one trainer serves every size;
/// being a struct constraint, it costs no virtual call.
/// </summary>
/// <typeparam name="TState">The generated <c>State</c>; <c>default</c> is the zero state.</typeparam>
/// <typeparam name="TGradient">The generated <c>Gradient</c>.</typeparam>
internal interface IAmpNetwork<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    /// <summary>d, the number of units.</summary>
    public static abstract int Hidden { get; }

    /// <summary>Every weight, packed.</summary>
    [UnscopedRef]
    public Span<float> Parameters { get; }

    /// <summary>The length of a tape for so many steps of so many sequences.</summary>
    public static abstract int TapeLength(int steps, int sequences);

    /// <summary>Every weight's derivative, packed like <see cref="Parameters"/>.</summary>
    public static abstract Span<float> Values(ref TGradient gradient);

    /// <summary>An input weight.</summary>
    [UnscopedRef]
    public ref float W(int layer, Gate gate, int row, int column);

    /// <summary>A readout weight.</summary>
    [UnscopedRef]
    public ref float V(int row, int column);

    /// <summary>A readout bias.</summary>
    [UnscopedRef]
    public ref float C(int row);

    /// <summary>Random weights, the same on every machine.</summary>
    public void Initialize(ulong seed, float rememberBias);

    /// <summary>One sample.</summary>
    public void Step(ReadOnlySpan<float> x, ref TState state, Span<float> y);

    /// <summary>Many samples.</summary>
    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> y);

    /// <summary>Many samples of many sequences, recorded.</summary>
    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> y, Span<float> tape);

    /// <summary>Back through what was recorded.</summary>
    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<TState> dStates, ref TGradient gradient, Span<float> dX);
}

/// <summary>One sample in, 8 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 8, Output = 1)]
internal partial struct Amp8 : IAmpNetwork<Amp8.State, Amp8.Gradient>
{
    static int IAmpNetwork<State, Gradient>.Hidden => HiddenSize;

    static Span<float> IAmpNetwork<State, Gradient>.Values(ref Gradient gradient) => gradient.Values;
}

/// <summary>One sample in, 16 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]
internal partial struct Amp16 : IAmpNetwork<Amp16.State, Amp16.Gradient>
{
    static int IAmpNetwork<State, Gradient>.Hidden => HiddenSize;

    static Span<float> IAmpNetwork<State, Gradient>.Values(ref Gradient gradient) => gradient.Values;
}

/// <summary>One sample in, 24 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 24, Output = 1)]
internal partial struct Amp24 : IAmpNetwork<Amp24.State, Amp24.Gradient>
{
    static int IAmpNetwork<State, Gradient>.Hidden => HiddenSize;

    static Span<float> IAmpNetwork<State, Gradient>.Values(ref Gradient gradient) => gradient.Values;
}

/// <summary>One sample in, 32 units, one sample out.</summary>
[LstmNetwork(Input = 1, Hidden = 32, Output = 1)]
internal partial struct Amp32 : IAmpNetwork<Amp32.State, Amp32.Gradient>
{
    static int IAmpNetwork<State, Gradient>.Hidden => HiddenSize;

    static Span<float> IAmpNetwork<State, Gradient>.Values(ref Gradient gradient) => gradient.Values;
}
