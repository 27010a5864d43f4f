using System;
using System.Numerics;
using Lstm.Integration.Types;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>A generated cell as a network of one layer whose y is wm.</summary>
internal sealed class CellUnderTest<T, TModel, TState, TGradient>(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
    : StoredModel<T, TModel, TState, TGradient>(arithmetic, accuracy, unrolling, offset)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TModel : unmanaged, ICell<T, TState>, ITrainableLstm<TModel, T, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    private delegate Span<T> OfState(ref TState state);

    private delegate ref T OfMatrix(ref TGradient gradient, Gate gate, int row, int column);

    private delegate ref T OfBias(ref TGradient gradient, Gate gate, int row);

    private static readonly OfState Ltm = Member<OfState>(typeof(TState), "LongTermMemory");
    private static readonly OfState Wm = Member<OfState>(typeof(TState), "WorkingMemory");
    private static readonly OfMatrix DW = Member<OfMatrix>(typeof(TGradient), "W");
    private static readonly OfMatrix DU = Member<OfMatrix>(typeof(TGradient), "U");
    private static readonly OfBias DB = Member<OfBias>(typeof(TGradient), "B");

    public override ref T At(Part part, Tensor tensor, int row, int column)
    {
        switch (tensor.Letter, part)
        {
            case (Letter.W, Part.Value): return ref Model.W(tensor.Gate, row, column);
            case (Letter.U, Part.Value): return ref Model.U(tensor.Gate, row, column);
            case (Letter.B, Part.Value): return ref Model.B(tensor.Gate, row);
            case (Letter.W, _): return ref DW(ref Gradient, tensor.Gate, row, column);
            case (Letter.U, _): return ref DU(ref Gradient, tensor.Gate, row, column);
            default: return ref DB(ref Gradient, tensor.Gate, row);
        }
    }

    public override Span<T> LongTermMemory(Part part, int layer) => Ltm(ref OfPart(part));

    public override Span<T> WorkingMemory(Part part, int layer) => Wm(ref OfPart(part));

    public override int TapeLength(int steps) => TModel.TapeLength(steps);

    public override int TapeLength(int steps, int sequences) => TModel.TapeLength(steps, sequences);

    public override void Initialize(ulong seed, T rememberBias) => Model.Initialize(seed, rememberBias);

    public override void Load(LstmModel model) => Model.Load(model);

    public override LstmModel ToModel() => Model.ToModel();

    public override void Step(ReadOnlySpan<T> x, Span<T> y)
    {
        Model.Step(x, ref State);
        Wm(ref State).CopyTo(y);
    }

    public override void Forward(ReadOnlySpan<T> x, Span<T> y) => Model.Forward(x, ref State, y);

    public override void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> tape) => Model.Forward(x, ref State, y, tape);

    public override void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX) =>
        Model.Backward(x, tape, dY, ref DState, ref Gradient, dX);

    public override void Descend(T learningRate) => Model.Descend(in Gradient, learningRate);

    public override void StepAll(ReadOnlySpan<T> x, Span<T> y)
    {
        Model.Step(x, States);
        for (int n = 0; n < States.Length; n++)
        {
            Wm(ref States[n]).CopyTo(y[(n * Hidden)..]);
        }
    }

    public override void ForwardAll(ReadOnlySpan<T> x, Span<T> y) => Model.Forward(x, States, y);

    public override void ForwardAll(ReadOnlySpan<T> x, Span<T> y, Span<T> tape) => Model.Forward(x, States, y, tape);

    public override void BackwardAll(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX) =>
        Model.Backward(x, tape, dY, DStates, ref Gradient, dX);
}
