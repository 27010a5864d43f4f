using System;
using Lstm;

namespace ExploringLstms;

/// <summary>
/// What training and recording need of a generated network besides <see cref="ITrainableLstm{TSelf, TNumber, TState, TGradient}"/>: its trace. Each
/// network has a <c>Trace</c> of its own, so each one reads it itself.
/// </summary>
/// <typeparam name="TSelf">The network.</typeparam>
/// <typeparam name="TState">The generated <c>State</c>; <c>default</c> is the zero state.</typeparam>
/// <typeparam name="TGradient">The generated <c>Gradient</c>.</typeparam>
internal interface ICharacterNetwork<TSelf, TState, TGradient> : ITrainableLstm<TSelf, float, TState, TGradient>
    where TSelf : unmanaged, ICharacterNetwork<TSelf, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    /// <summary>Reads gates and memories of one step and layer.</summary>
    /// <param name="tape">The tape of one sequence of <paramref name="steps"/> steps.</param>
    public static abstract void Read(ReadOnlySpan<float> tape, int steps, int t, int layer, StepMemory memory);
}

/// <summary>Counts: the end of a string, a, X and b in, and out; 10 units.</summary>
[LstmNetwork(Input = 4, Hidden = 10, Output = 4)]
internal partial struct CounterNetwork : ICharacterNetwork<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient>
{
    public static void Read(ReadOnlySpan<float> tape, int steps, int t, int layer, StepMemory memory)
    {
        Trace trace = ReadTape(tape, steps);
        trace.LongTermMemory(t, memory[Quantity.Ltm], layer);
        trace.WorkingMemory(t, memory[Quantity.Wm], layer);
        trace.Candidate(t, memory[Quantity.Candidate], layer);
        trace.Remember(t, memory[Quantity.Remember], layer);
        trace.Save(t, memory[Quantity.Save], layer);
        trace.Focus(t, memory[Quantity.Focus], layer);
    }
}

/// <summary>Counts some letters and not others: the end, a, X, Y and b; 20 units.</summary>
[LstmNetwork(Input = 5, Hidden = 20, Output = 5)]
internal partial struct SelectiveNetwork : ICharacterNetwork<SelectiveNetwork, SelectiveNetwork.State, SelectiveNetwork.Gradient>
{
    public static void Read(ReadOnlySpan<float> tape, int steps, int t, int layer, StepMemory memory)
    {
        Trace trace = ReadTape(tape, steps);
        trace.LongTermMemory(t, memory[Quantity.Ltm], layer);
        trace.WorkingMemory(t, memory[Quantity.Wm], layer);
        trace.Candidate(t, memory[Quantity.Candidate], layer);
        trace.Remember(t, memory[Quantity.Remember], layer);
        trace.Save(t, memory[Quantity.Save], layer);
        trace.Focus(t, memory[Quantity.Focus], layer);
    }
}

/// <summary>Keeps one of two states: the end, A, B, x, Y, a and b; 20 units.</summary>
[LstmNetwork(Input = 7, Hidden = 20, Output = 7)]
internal partial struct MemorizerNetwork : ICharacterNetwork<MemorizerNetwork, MemorizerNetwork.State, MemorizerNetwork.Gradient>
{
    public static void Read(ReadOnlySpan<float> tape, int steps, int t, int layer, StepMemory memory)
    {
        Trace trace = ReadTape(tape, steps);
        trace.LongTermMemory(t, memory[Quantity.Ltm], layer);
        trace.WorkingMemory(t, memory[Quantity.Wm], layer);
        trace.Candidate(t, memory[Quantity.Candidate], layer);
        trace.Remember(t, memory[Quantity.Remember], layer);
        trace.Save(t, memory[Quantity.Save], layer);
        trace.Focus(t, memory[Quantity.Focus], layer);
    }
}

/// <summary>Copies: the end, a, b, c and X; two layers of 20 units.</summary>
[LstmNetwork(Input = 5, Hidden = 20, Output = 5, Layers = 2)]
internal partial struct CopyNetwork : ICharacterNetwork<CopyNetwork, CopyNetwork.State, CopyNetwork.Gradient>
{
    public static void Read(ReadOnlySpan<float> tape, int steps, int t, int layer, StepMemory memory)
    {
        Trace trace = ReadTape(tape, steps);
        trace.LongTermMemory(t, memory[Quantity.Ltm], layer);
        trace.WorkingMemory(t, memory[Quantity.Wm], layer);
        trace.Candidate(t, memory[Quantity.Candidate], layer);
        trace.Remember(t, memory[Quantity.Remember], layer);
        trace.Save(t, memory[Quantity.Save], layer);
        trace.Focus(t, memory[Quantity.Focus], layer);
    }
}
