using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Integration.Tests.Recurrent;
using Xunit;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>
/// A generated cell or network over doubles with its state and gradients, as <see cref="ModelUnderTest"/> is over floats.
/// A cell counts as a network of one layer whose y is wm.
/// </summary>
public abstract class DoubleModel
{
    private int[]? places;

    protected DoubleModel(Type type)
    {
        Type = type;
        LstmCellAttribute? cell = type.GetCustomAttribute<LstmCellAttribute>();
        LstmNetworkAttribute? network = type.GetCustomAttribute<LstmNetworkAttribute>();
        Arithmetic = cell?.Arithmetic ?? network!.Arithmetic;
        Accuracy = cell?.Accuracy ?? network!.Accuracy;
        Unrolling = cell?.Unrolling ?? network!.Unrolling;
        IsCell = cell is not null;
        Input = cell?.Input ?? network!.Input;
        Hidden = cell?.Hidden ?? network!.Hidden;
        Output = network?.Output ?? Hidden;
        Layers = network?.Layers ?? 1;
        Tensors = [.. AllTensors()];
    }

    public Type Type { get; }

    public Arithmetic Arithmetic { get; }

    public Accuracy Accuracy { get; }

    public Unrolling Unrolling { get; }

    public bool IsCell { get; }

    public int Input { get; }

    public int Hidden { get; }

    public int Output { get; }

    public int Layers { get; }

    public string Name => Type.Name;

    /// <summary>Every tensor of parameters.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>Every cell and network of DoubleTypes.cs.</summary>
    public static IReadOnlyList<DoubleModel> All { get; } =
        [.. typeof(DoubleModel).Assembly.GetTypes().Where(IsDouble).Select(Wrap).OrderBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>The names of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>Every parameter and all padding, as they lie in memory.</summary>
    public abstract Span<double> Weights { get; }

    /// <summary>Their derivatives, likewise.</summary>
    public abstract Span<double> Gradient { get; }

    /// <summary>For each layer ltm, then wm, each padded.</summary>
    public abstract Span<double> State { get; }

    /// <summary>The derivatives of the state, likewise.</summary>
    public abstract Span<double> DState { get; }

    /// <summary>The type of that name, everything zero.</summary>
    public static DoubleModel Of(string name) => Wrap(All.Single(model => model.Name == name).Type);

    /// <summary>The same type with the weights of a seed.</summary>
    public DoubleModel Seeded(ulong seed)
    {
        DoubleModel model = Wrap(Type);
        model.Initialize(seed);
        return model;
    }

    public abstract int TapeLength(int steps);

    public abstract void Initialize(ulong seed, double rememberBias = 1);

    public abstract void Step(ReadOnlySpan<double> x, Span<double> y);

    public abstract void Forward(ReadOnlySpan<double> x, Span<double> y);

    public abstract void Forward(ReadOnlySpan<double> x, Span<double> y, Span<double> tape);

    public abstract void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, Span<double> dX = default);

    public abstract void Descend(double learningRate);

    /// <summary>Steps, or a recorded pass and back, over many sequences at once; inputs and outputs are T x N x their length.</summary>
    public abstract DoublePass RunAll(DoubleSequence[] sequences, bool steps);

    /// <summary>One parameter, by its public accessor.</summary>
    public abstract ref double At(Tensor tensor, int row, int column);

    /// <summary>Where a tensor's entries stand in <see cref="Weights"/> and in <see cref="Gradient"/>, row-major.</summary>
    public int[] Places(Tensor tensor)
    {
        if (places is null)
        {
            // Every parameter becomes its own number.
            DoubleModel numbered = Wrap(Type);
            for (int i = 0; i < numbered.Weights.Length; i++)
            {
                numbered.Weights[i] = i;
            }

            places = [.. Tensors.SelectMany(each => Entries(each).Select(entry => (int)numbered.At(each, entry.Row, entry.Column)))];
        }

        int before = Tensors.TakeWhile(each => each != tensor).Sum(each => each.Rows * each.Columns);
        return places[before..(before + (tensor.Rows * tensor.Columns))];
    }

    /// <summary>ltm of every layer, or wm, one after another.</summary>
    public double[] Memories(Span<double> state, bool wm)
    {
        List<double> values = [];
        for (int layer = 0; layer < Layers; layer++)
        {
            values.AddRange(MemoryOf(state, layer, wm));
        }

        return [.. values];
    }

    /// <summary>Writes ltm and wm of every layer.</summary>
    public void SetMemories(Span<double> state, double[] ltm, double[] wm)
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            ltm.AsSpan(layer * Hidden, Hidden).CopyTo(MemoryOf(state, layer, wm: false));
            wm.AsSpan(layer * Hidden, Hidden).CopyTo(MemoryOf(state, layer, wm: true));
        }
    }

    /// <summary>ltm or wm of a layer: each padded to a multiple of 4, and perhaps more behind them.</summary>
    protected Span<double> MemoryOf(Span<double> state, int layer, bool wm) =>
        state.Slice((layer * (state.Length / Layers)) + (wm ? (Hidden + 3) / 4 * 4 : 0), Hidden);

    private static bool IsDouble(Type type) =>
        type.GetCustomAttribute<LstmCellAttribute>()?.Scalar == Scalar.Double || type.GetCustomAttribute<LstmNetworkAttribute>()?.Scalar == Scalar.Double;

    private static DoubleModel Wrap(Type type) => (DoubleModel)Activator.CreateInstance(
        (type.GetCustomAttribute<LstmCellAttribute>() is null ? typeof(NetworkAdapter<,,>) : typeof(CellAdapter<,,>))
            .MakeGenericType(type, type.GetNestedType("State")!, type.GetNestedType("Gradient")!))!;

    private static IEnumerable<(int Row, int Column)> Entries(Tensor tensor) =>
        from row in Enumerable.Range(0, tensor.Rows) from column in Enumerable.Range(0, tensor.Columns) select (row, column);

    private IEnumerable<Tensor> AllTensors()
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                yield return new Tensor(Letter.W, layer, gate, Hidden, layer == 0 ? Input : Hidden);
                yield return new Tensor(Letter.U, layer, gate, Hidden, Hidden);
                yield return new Tensor(Letter.B, layer, gate, Hidden, 1);
            }
        }

        if (!IsCell)
        {
            yield return new Tensor(Letter.V, Layers, default, Output, Hidden);
            yield return new Tensor(Letter.C, Layers, default, Output, 1);
        }
    }

    /// <summary>The structs, each in aligned memory of its own.</summary>
    private abstract class Adapter<T, TState, TGradient> : DoubleModel
        where T : unmanaged
        where TState : unmanaged
        where TGradient : unmanaged
    {
        private readonly AlignedMemory<T> model = new();
        private readonly AlignedMemory<TState> state = new(), dState = new();
        private readonly AlignedMemory<TGradient> gradient = new();

        protected Adapter()
            : base(typeof(T))
        {
            KeptAlive.Add(this);
        }

        public override Span<double> Weights => Doubles(ref Struct);

        public override Span<double> Gradient => Doubles(ref DStruct);

        public override Span<double> State => Doubles(ref Memory);

        public override Span<double> DState => Doubles(ref DMemory);

        protected ref T Struct => ref model.Value;

        protected ref TState Memory => ref state.Value;

        protected ref TState DMemory => ref dState.Value;

        protected ref TGradient DStruct => ref gradient.Value;

        public override DoublePass RunAll(DoubleSequence[] sequences, bool steps)
        {
            int count = sequences.Length, length = sequences[0].X.Length / Input;
            TState[] states = new TState[count], dStates = new TState[count];
            double[] x = new double[length * count * Input], dY = new double[length * count * Output];
            double[] y = new double[dY.Length], dX = new double[x.Length], tape = new double[TapeLengthOf(length, count)];
            Gradient.Clear();
            for (int n = 0; n < count; n++)
            {
                SetMemories(Doubles(ref states[n]), sequences[n].Ltm0, sequences[n].Wm0);
                SetMemories(Doubles(ref dStates[n]), sequences[n].DLtmT, sequences[n].DWmT);
                for (int t = 0; t < length; t++)
                {
                    sequences[n].X.AsSpan(t * Input, Input).CopyTo(x.AsSpan(((t * count) + n) * Input));
                    sequences[n].DY.AsSpan(t * Output, Output).CopyTo(dY.AsSpan(((t * count) + n) * Output));
                }
            }

            if (steps)
            {
                for (int t = 0; t < length; t++)
                {
                    StepAll(x.AsSpan(t * count * Input, count * Input), states, y.AsSpan(t * count * Output, count * Output));
                }
            }
            else
            {
                ForwardAll(x, states, y, tape);
                BackwardAll(x, tape, dY, dStates, dX);
            }

            return new DoublePass(y, Results(states), steps ? [] : Gradient.ToArray(), steps ? [] : Results(dStates), steps ? [] : dX);
        }

        protected double[] MemoriesOf(ref TState state, bool wm) => Memories(Doubles(ref state), wm);

        protected abstract int TapeLengthOf(int steps, int sequences);

        protected abstract void StepAll(ReadOnlySpan<double> x, TState[] states, Span<double> y);

        protected abstract void ForwardAll(ReadOnlySpan<double> x, TState[] states, Span<double> y, Span<double> tape);

        protected abstract void BackwardAll(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, TState[] dStates, Span<double> dX);

        private double[] Results(TState[] states)
        {
            List<double> values = [];
            for (int n = 0; n < states.Length; n++)
            {
                values.AddRange(MemoriesOf(ref states[n], wm: false));
                values.AddRange(MemoriesOf(ref states[n], wm: true));
            }

            return [.. values];
        }

        private static Span<double> Doubles<TStruct>(ref TStruct value)
            where TStruct : unmanaged =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<TStruct, double>(ref value), Unsafe.SizeOf<TStruct>() / sizeof(double));
    }

    private sealed class CellAdapter<T, TState, TGradient> : Adapter<T, TState, TGradient>
        where T : unmanaged, IDoubleCell<TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged
    {
        public override int TapeLength(int steps) => T.TapeLength(steps);

        public override void Initialize(ulong seed, double rememberBias = 1) => Struct.Initialize(seed, rememberBias);

        public override void Step(ReadOnlySpan<double> x, Span<double> y)
        {
            Struct.Step(x, ref Memory);
            MemoryOf(State, layer: 0, wm: true).CopyTo(y);
        }

        public override void Forward(ReadOnlySpan<double> x, Span<double> y) => Struct.Forward(x, ref Memory, y);

        public override void Forward(ReadOnlySpan<double> x, Span<double> y, Span<double> tape) => Struct.Forward(x, ref Memory, y, tape);

        public override void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, Span<double> dX) =>
            Struct.Backward(x, tape, dY, ref DMemory, ref DStruct, dX);

        public override void Descend(double learningRate) => Struct.Descend(in DStruct, learningRate);

        public override ref double At(Tensor tensor, int row, int column)
        {
            switch (tensor.Letter)
            {
                case Letter.W: return ref Struct.W(tensor.Gate, row, column);
                case Letter.U: return ref Struct.U(tensor.Gate, row, column);
                default: return ref Struct.B(tensor.Gate, row);
            }
        }

        protected override int TapeLengthOf(int steps, int sequences) => T.TapeLength(steps, sequences);

        protected override void ForwardAll(ReadOnlySpan<double> x, TState[] states, Span<double> y, Span<double> tape) => Struct.Forward(x, states, y, tape);

        protected override void BackwardAll(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, TState[] dStates, Span<double> dX) =>
            Struct.Backward(x, tape, dY, dStates, ref DStruct, dX);

        protected override void StepAll(ReadOnlySpan<double> x, TState[] states, Span<double> y)
        {
            Struct.Step(x, states);
            for (int n = 0; n < states.Length; n++)
            {
                MemoriesOf(ref states[n], wm: true).AsSpan().CopyTo(y[(n * Hidden)..]);
            }
        }
    }

    private sealed class NetworkAdapter<T, TState, TGradient> : Adapter<T, TState, TGradient>
        where T : unmanaged, IDoubleNetwork<TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged
    {
        public override int TapeLength(int steps) => T.TapeLength(steps);

        public override void Initialize(ulong seed, double rememberBias = 1) => Struct.Initialize(seed, rememberBias);

        public override void Step(ReadOnlySpan<double> x, Span<double> y) => Struct.Step(x, ref Memory, y);

        public override void Forward(ReadOnlySpan<double> x, Span<double> y) => Struct.Forward(x, ref Memory, y);

        public override void Forward(ReadOnlySpan<double> x, Span<double> y, Span<double> tape) => Struct.Forward(x, ref Memory, y, tape);

        public override void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, Span<double> dX) =>
            Struct.Backward(x, tape, dY, ref DMemory, ref DStruct, dX);

        public override void Descend(double learningRate) => Struct.Descend(in DStruct, learningRate);

        public override ref double At(Tensor tensor, int row, int column)
        {
            switch (tensor.Letter)
            {
                case Letter.W: return ref Struct.W(tensor.Layer, tensor.Gate, row, column);
                case Letter.U: return ref Struct.U(tensor.Layer, tensor.Gate, row, column);
                case Letter.B: return ref Struct.B(tensor.Layer, tensor.Gate, row);
                case Letter.V: return ref Struct.V(row, column);
                default: return ref Struct.C(row);
            }
        }

        protected override int TapeLengthOf(int steps, int sequences) => T.TapeLength(steps, sequences);

        protected override void ForwardAll(ReadOnlySpan<double> x, TState[] states, Span<double> y, Span<double> tape) => Struct.Forward(x, states, y, tape);

        protected override void BackwardAll(ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, TState[] dStates, Span<double> dX) =>
            Struct.Backward(x, tape, dY, dStates, ref DStruct, dX);

        protected override void StepAll(ReadOnlySpan<double> x, TState[] states, Span<double> y) => Struct.Step(x, states, y);
    }
}
