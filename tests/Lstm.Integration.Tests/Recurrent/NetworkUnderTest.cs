using System;
using System.Numerics;
using Lstm.Integration.Types;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>A generated network.</summary>
internal sealed class NetworkUnderTest<T, TModel, TState, TGradient>(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
    : StoredModel<T, TModel, TState, TGradient>(arithmetic, accuracy, unrolling, offset)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TModel : unmanaged, INetwork<T, TState>, ITrainableLstm<TModel, T, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    private delegate Span<T> OfState(ref TState state, int layer);

    private delegate ref T OfMatrix(ref TGradient gradient, int layer, Gate gate, int row, int column);

    private delegate ref T OfBias(ref TGradient gradient, int layer, Gate gate, int row);

    private delegate ref T OfReadout(ref TGradient gradient, int row, int column);

    private delegate ref T OfReadoutBias(ref TGradient gradient, int row);

    private static readonly OfState Ltm = Member<OfState>(typeof(TState), "LongTermMemory");
    private static readonly OfState Wm = Member<OfState>(typeof(TState), "WorkingMemory");
    private static readonly OfMatrix DW = Member<OfMatrix>(typeof(TGradient), "W");
    private static readonly OfMatrix DU = Member<OfMatrix>(typeof(TGradient), "U");
    private static readonly OfBias DB = Member<OfBias>(typeof(TGradient), "B");
    private static readonly OfReadout DV = Member<OfReadout>(typeof(TGradient), "V");
    private static readonly OfReadoutBias DC = Member<OfReadoutBias>(typeof(TGradient), "C");

    public override ref T At(Part part, Tensor tensor, int row, int column)
    {
        switch (tensor.Letter, part)
        {
            case (Letter.W, Part.Value): return ref Model.W(tensor.Layer, tensor.Gate, row, column);
            case (Letter.U, Part.Value): return ref Model.U(tensor.Layer, tensor.Gate, row, column);
            case (Letter.B, Part.Value): return ref Model.B(tensor.Layer, tensor.Gate, row);
            case (Letter.V, Part.Value): return ref Model.V(row, column);
            case (Letter.C, Part.Value): return ref Model.C(row);
            case (Letter.W, _): return ref DW(ref Gradient, tensor.Layer, tensor.Gate, row, column);
            case (Letter.U, _): return ref DU(ref Gradient, tensor.Layer, tensor.Gate, row, column);
            case (Letter.B, _): return ref DB(ref Gradient, tensor.Layer, tensor.Gate, row);
            case (Letter.V, _): return ref DV(ref Gradient, row, column);
            default: return ref DC(ref Gradient, row);
        }
    }

    public override Span<T> LongTermMemory(Part part, int layer) => Ltm(ref OfPart(part), layer);

    public override Span<T> WorkingMemory(Part part, int layer) => Wm(ref OfPart(part), layer);

    public override int TapeLength(int steps) => TModel.TapeLength(steps);

    public override int TapeLength(int steps, int sequences) => TModel.TapeLength(steps, sequences);

    public override void Initialize(ulong seed, T rememberBias) => Model.Initialize(seed, rememberBias);

    public override void Load(LstmModel model) => Model.Load(model);

    public override LstmModel ToModel() => Model.ToModel();

    public override void Step(ReadOnlySpan<T> x, Span<T> y) => Model.Step(x, ref State, y);

    public override void Forward(ReadOnlySpan<T> x, Span<T> y) => Model.Forward(x, ref State, y);

    public override void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> tape) => Model.Forward(x, ref State, y, tape);

    public override void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX) =>
        Model.Backward(x, tape, dY, ref DState, ref Gradient, dX);

    public override void Descend(T learningRate) => Model.Descend(in Gradient, learningRate);

    public override void StepAll(ReadOnlySpan<T> x, Span<T> y) => Model.Step(x, States, y);

    public override void ForwardAll(ReadOnlySpan<T> x, Span<T> y) => Model.Forward(x, States, y);

    public override void ForwardAll(ReadOnlySpan<T> x, Span<T> y, Span<T> tape) => Model.Forward(x, States, y, tape);

    public override void BackwardAll(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX) =>
        Model.Backward(x, tape, dY, DStates, ref Gradient, dX);
}
