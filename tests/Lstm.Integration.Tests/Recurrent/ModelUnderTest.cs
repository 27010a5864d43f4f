using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Integration.Tests.Cells;
using Lstm.Integration.Tests.Networks;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// A generated cell or network with its state and gradients behind one type, so that a test can run over all of them.
/// A cell counts as a network of one layer whose y is wm.
/// </summary>
public abstract class ModelUnderTest
{
    protected ModelUnderTest(Type type, Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling)
    {
        Type = type;
        Arithmetic = arithmetic;
        Accuracy = accuracy;
        Unrolling = unrolling;
        Input = Constant("InputSize");
        Hidden = Constant("HiddenSize");
        ParameterCount = Constant("ParameterCount");
        IsCell = type.GetField("OutputSize") is null;
        Output = IsCell ? Hidden : Constant("OutputSize");
        Layers = IsCell ? 1 : Constant("LayerCount");
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

    public int ParameterCount { get; }

    public string Name => Type.Name;

    /// <summary>Every tensor of parameters.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The packed parameters, or their gradient, padding included.</summary>
    public abstract Span<float> Packed(Part part);

    /// <summary>A state as it lies in memory, padding included.</summary>
    public abstract Span<float> Memory(Part part);

    public abstract ref float At(Part part, Tensor tensor, int row, int column);

    public abstract Span<float> LongTermMemory(Part part, int layer);

    public abstract Span<float> WorkingMemory(Part part, int layer);

    public abstract int TapeLength(int steps);

    public abstract void Initialize(ulong seed, float rememberBias = 1f);

    public abstract void Step(ReadOnlySpan<float> x, Span<float> y);

    public abstract void Forward(ReadOnlySpan<float> x, Span<float> y);

    public abstract void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> tape);

    public abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX = default);

    public abstract void Descend(float learningRate);

    /// <summary>Sets the number of sequences that the members below run at once, all states zero.</summary>
    public abstract void SetSequences(int count);

    /// <summary>The state of a sequence as it lies in memory, padding included.</summary>
    public abstract Span<float> MemoryOf(Part part, int sequence);

    public abstract int TapeLength(int steps, int sequences);

    public abstract void StepAll(ReadOnlySpan<float> x, Span<float> y);

    public abstract void ForwardAll(ReadOnlySpan<float> x, Span<float> y);

    public abstract void ForwardAll(ReadOnlySpan<float> x, Span<float> y, Span<float> tape);

    public abstract void BackwardAll(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX = default);

    /// <summary>The same type with everything zero, so many bytes past a multiple of 64.</summary>
    public abstract ModelUnderTest Fresh(int offset = 0);

    /// <summary>As <see cref="Fresh(int)"/>, with the weights of a seed.</summary>
    public ModelUnderTest Seeded(ulong seed, int offset = 0)
    {
        ModelUnderTest model = Fresh(offset);
        model.Initialize(seed);
        return model;
    }

    public float[] Read(Part part, Tensor tensor) =>
        [.. from row in Enumerable.Range(0, tensor.Rows) from column in Enumerable.Range(0, tensor.Columns) select At(part, tensor, row, column)];

    public void Write(Tensor tensor, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns) = (float)values[i];
        }
    }

    /// <summary>Every layer's long-term memories, one after another.</summary>
    public float[] LongTermMemories(Part part) => [.. Enumerable.Range(0, Layers).SelectMany(layer => LongTermMemory(part, layer).ToArray())];

    /// <summary>Every layer's working memories, one after another.</summary>
    public float[] WorkingMemories(Part part) => [.. Enumerable.Range(0, Layers).SelectMany(layer => WorkingMemory(part, layer).ToArray())];

    public override string ToString() => Name;

    /// <summary>Every cell of CellTypes.cs and every network of NetworkTypes.cs.</summary>
    public static IReadOnlyList<ModelUnderTest> All { get; } =
        [.. typeof(ModelUnderTest).Assembly.GetTypes().Select(Wrap).OfType<ModelUnderTest>().OrderBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>The names of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>The type of that name, everything zero.</summary>
    public static ModelUnderTest Of(string name, int offset = 0) => All.Single(model => model.Name == name).Fresh(offset);

    private static ModelUnderTest? Wrap(Type type)
    {
        LstmCellAttribute? cell = type.GetCustomAttribute<LstmCellAttribute>();
        LstmNetworkAttribute? network = type.GetCustomAttribute<LstmNetworkAttribute>();
        if ((cell is null && network is null) || (cell?.Scalar ?? network!.Scalar) == Scalar.Double)
        {
            return null;
        }

        Type adapter = (cell is null ? typeof(NetworkAdapter<,,>) : typeof(CellAdapter<,,>))
            .MakeGenericType(type, type.GetNestedType("State")!, type.GetNestedType("Gradient")!);
        object[] arguments = cell is null
            ? [network!.Arithmetic, network.Accuracy, network.Unrolling, 0]
            : [cell.Arithmetic, cell.Accuracy, cell.Unrolling, 0];
        return (ModelUnderTest)Activator.CreateInstance(adapter, arguments)!;
    }

    private int Constant(string name) => (int)Type.GetField(name)!.GetRawConstantValue()!;

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

    /// <summary>The storage: all structs in one piece of memory, each as far from a multiple of 64 as was asked.</summary>
    private abstract class Adapter<T, TState, TGradient> : ModelUnderTest
        where T : unmanaged
        where TState : unmanaged
        where TGradient : unmanaged
    {
        private readonly int offset;
        private readonly AlignedMemory<byte> memory;

        protected Adapter(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
            : base(typeof(T), arithmetic, accuracy, unrolling)
        {
            this.offset = offset;
            memory = new AlignedMemory<byte>(AfterGradient + offset);
            KeptAlive.Add(memory);
        }

        private static int AfterModel => RoundUp(Unsafe.SizeOf<T>());

        private static int AfterState => AfterModel + RoundUp(Unsafe.SizeOf<TState>());

        private static int AfterDState => AfterState + RoundUp(Unsafe.SizeOf<TState>());

        private static int AfterGradient => AfterDState + RoundUp(Unsafe.SizeOf<TGradient>());

        protected ref T Model => ref At<T>(0);

        protected ref TState State => ref At<TState>(AfterModel);

        protected ref TState DState => ref At<TState>(AfterState);

        protected ref TGradient Gradient => ref At<TGradient>(AfterDState);

        public override Span<float> Packed(Part part) => part == Part.Value ? Floats(ref Model) : Floats(ref Gradient);

        protected TState[] States { get; private set; } = [];

        protected TState[] DStates { get; private set; } = [];

        public override void SetSequences(int count) => (States, DStates) = (new TState[count], new TState[count]);

        public override Span<float> MemoryOf(Part part, int sequence) => Floats(ref (part == Part.Value ? States : DStates)[sequence]);

        public override Span<float> Memory(Part part) => Floats(ref OfPart(part));

        public override ModelUnderTest Fresh(int offset = 0) =>
            (ModelUnderTest)Activator.CreateInstance(GetType(), Arithmetic, Accuracy, Unrolling, offset)!;

        protected ref TState OfPart(Part part) => ref part == Part.Value ? ref State : ref DState;

        /// <summary>A public member of State or Gradient: those are not partial, so no interface can stand on them.</summary>
        protected static TDelegate Member<TDelegate>(Type type, string name)
            where TDelegate : Delegate =>
            (type.GetProperty(name)?.GetMethod ?? type.GetMethod(name)!).CreateDelegate<TDelegate>();

        private static Span<float> Floats<TStruct>(ref TStruct value)
            where TStruct : unmanaged =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<TStruct, float>(ref value), Unsafe.SizeOf<TStruct>() / sizeof(float));

        private static int RoundUp(int bytes) => (bytes + 63) & -64;

        private ref TStruct At<TStruct>(int start) => ref Unsafe.As<byte, TStruct>(ref memory.GetSpan()[offset + start]);
    }

    private sealed class CellAdapter<T, TState, TGradient>(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
        : Adapter<T, TState, TGradient>(arithmetic, accuracy, unrolling, offset)
        where T : unmanaged, ICell<TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged
    {
        private delegate Span<float> OfState(ref TState state);

        private delegate ref float OfMatrix(ref TGradient gradient, Gate gate, int row, int column);

        private delegate ref float OfBias(ref TGradient gradient, Gate gate, int row);

        private static readonly OfState Ltm = Member<OfState>(typeof(TState), "LongTermMemory");
        private static readonly OfState Wm = Member<OfState>(typeof(TState), "WorkingMemory");
        private static readonly OfMatrix DW = Member<OfMatrix>(typeof(TGradient), "W");
        private static readonly OfMatrix DU = Member<OfMatrix>(typeof(TGradient), "U");
        private static readonly OfBias DB = Member<OfBias>(typeof(TGradient), "B");

        public override ref float At(Part part, Tensor tensor, int row, int column)
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

        public override Span<float> LongTermMemory(Part part, int layer) => Ltm(ref OfPart(part));

        public override Span<float> WorkingMemory(Part part, int layer) => Wm(ref OfPart(part));

        public override int TapeLength(int steps) => T.TapeLength(steps);

        public override int TapeLength(int steps, int sequences) => T.TapeLength(steps, sequences);

        public override void Initialize(ulong seed, float rememberBias = 1f) => Model.Initialize(seed, rememberBias);

        public override void Step(ReadOnlySpan<float> x, Span<float> y)
        {
            Model.Step(x, ref State);
            Wm(ref State).CopyTo(y);
        }

        public override void Forward(ReadOnlySpan<float> x, Span<float> y) => Model.Forward(x, ref State, y);

        public override void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> tape) => Model.Forward(x, ref State, y, tape);

        public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX) =>
            Model.Backward(x, tape, dY, ref DState, ref Gradient, dX);

        public override void Descend(float learningRate) => Model.Descend(in Gradient, learningRate);

        public override void StepAll(ReadOnlySpan<float> x, Span<float> y)
        {
            Model.Step(x, States);
            for (int n = 0; n < States.Length; n++)
            {
                Wm(ref States[n]).CopyTo(y[(n * Hidden)..]);
            }
        }

        public override void ForwardAll(ReadOnlySpan<float> x, Span<float> y) => Model.Forward(x, States, y);

        public override void ForwardAll(ReadOnlySpan<float> x, Span<float> y, Span<float> tape) => Model.Forward(x, States, y, tape);

        public override void BackwardAll(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX) =>
            Model.Backward(x, tape, dY, DStates, ref Gradient, dX);
    }

    private sealed class NetworkAdapter<T, TState, TGradient>(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
        : Adapter<T, TState, TGradient>(arithmetic, accuracy, unrolling, offset)
        where T : unmanaged, INetwork<TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged
    {
        private delegate Span<float> OfState(ref TState state, int layer);

        private delegate ref float OfMatrix(ref TGradient gradient, int layer, Gate gate, int row, int column);

        private delegate ref float OfBias(ref TGradient gradient, int layer, Gate gate, int row);

        private delegate ref float OfReadout(ref TGradient gradient, int row, int column);

        private delegate ref float OfReadoutBias(ref TGradient gradient, int row);

        private static readonly OfState Ltm = Member<OfState>(typeof(TState), "LongTermMemory");
        private static readonly OfState Wm = Member<OfState>(typeof(TState), "WorkingMemory");
        private static readonly OfMatrix DW = Member<OfMatrix>(typeof(TGradient), "W");
        private static readonly OfMatrix DU = Member<OfMatrix>(typeof(TGradient), "U");
        private static readonly OfBias DB = Member<OfBias>(typeof(TGradient), "B");
        private static readonly OfReadout DV = Member<OfReadout>(typeof(TGradient), "V");
        private static readonly OfReadoutBias DC = Member<OfReadoutBias>(typeof(TGradient), "C");

        public override ref float At(Part part, Tensor tensor, int row, int column)
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

        public override Span<float> LongTermMemory(Part part, int layer) => Ltm(ref OfPart(part), layer);

        public override Span<float> WorkingMemory(Part part, int layer) => Wm(ref OfPart(part), layer);

        public override int TapeLength(int steps) => T.TapeLength(steps);

        public override int TapeLength(int steps, int sequences) => T.TapeLength(steps, sequences);

        public override void Initialize(ulong seed, float rememberBias = 1f) => Model.Initialize(seed, rememberBias);

        public override void Step(ReadOnlySpan<float> x, Span<float> y) => Model.Step(x, ref State, y);

        public override void Forward(ReadOnlySpan<float> x, Span<float> y) => Model.Forward(x, ref State, y);

        public override void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> tape) => Model.Forward(x, ref State, y, tape);

        public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX) =>
            Model.Backward(x, tape, dY, ref DState, ref Gradient, dX);

        public override void Descend(float learningRate) => Model.Descend(in Gradient, learningRate);

        public override void StepAll(ReadOnlySpan<float> x, Span<float> y) => Model.Step(x, States, y);

        public override void ForwardAll(ReadOnlySpan<float> x, Span<float> y) => Model.Forward(x, States, y);

        public override void ForwardAll(ReadOnlySpan<float> x, Span<float> y, Span<float> tape) => Model.Forward(x, States, y, tape);

        public override void BackwardAll(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<float> dX) =>
            Model.Backward(x, tape, dY, DStates, ref Gradient, dX);
    }
}
