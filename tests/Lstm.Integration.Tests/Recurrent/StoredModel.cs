using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>The storage: all structs in one piece of memory, each as far from a multiple of 64 as was asked.</summary>
internal abstract class StoredModel<T, TModel, TState, TGradient> : ModelUnderTest<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TModel : unmanaged, ITrainableLstm<TModel, T, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    private delegate void StateExport(ref TState state, Span<T> destination);

    private delegate void StateImport(ref TState state, ReadOnlySpan<T> source);

    private delegate void StateLoad(ref TState state, LstmModel model);

    private static readonly StateExport ExportOf = Member<StateExport>(typeof(TState), "Export");
    private static readonly StateImport ImportOf = Member<StateImport>(typeof(TState), "Import");
    private static readonly StateLoad LoadOf = Member<StateLoad>(typeof(TState), "Load");

    private readonly int offset;
    private readonly AlignedMemory<byte> memory;

    protected StoredModel(Arithmetic arithmetic, Accuracy accuracy, Unrolling unrolling, int offset)
        : base(typeof(TModel), arithmetic, accuracy, unrolling)
    {
        this.offset = offset;
        memory = new AlignedMemory<byte>(AfterGradient + offset);
        KeptAlive.Add(memory);
    }

    private static int AfterModel => RoundUp(Unsafe.SizeOf<TModel>());

    private static int AfterState => AfterModel + RoundUp(Unsafe.SizeOf<TState>());

    private static int AfterDState => AfterState + RoundUp(Unsafe.SizeOf<TState>());

    private static int AfterGradient => AfterDState + RoundUp(Unsafe.SizeOf<TGradient>());

    protected ref TModel Model => ref At<TModel>(0);

    protected ref TState State => ref At<TState>(AfterModel);

    protected ref TState DState => ref At<TState>(AfterState);

    protected ref TGradient Gradient => ref At<TGradient>(AfterDState);

    public override Span<T> Packed(Part part) => part == Part.Value ? AsNumbers(ref Model) : AsNumbers(ref Gradient);

    public override ref T AtLayer(Tensor tensor, int layer, int row, int column)
    {
        switch (tensor.Letter)
        {
            case Letter.W: return ref Model.W(layer, tensor.Gate, row, column);
            case Letter.U: return ref Model.U(layer, tensor.Gate, row, column);
            default: return ref Model.B(layer, tensor.Gate, row);
        }
    }

    public override void ExportParameters(Span<T> destination) => Model.ExportParameters(destination);

    public override void ImportParameters(ReadOnlySpan<T> source) => Model.ImportParameters(source);

    public override void ExportState(Span<T> destination) => ExportOf(ref State, destination);

    public override void ImportState(ReadOnlySpan<T> source) => ImportOf(ref State, source);

    public override void LoadState(LstmModel model) => LoadOf(ref State, model);

    protected TState[] States { get; private set; } = [];

    protected TState[] DStates { get; private set; } = [];

    public override void SetSequences(int count) => (States, DStates) = (new TState[count], new TState[count]);

    public override Span<T> MemoryOf(Part part, int sequence) => AsNumbers(ref (part == Part.Value ? States : DStates)[sequence]);

    public override Span<T> Memory(Part part) => AsNumbers(ref OfPart(part));

    public override ModelUnderTest<T> Fresh(int offset = 0) =>
        (ModelUnderTest<T>)Activator.CreateInstance(GetType(), Arithmetic, Accuracy, Unrolling, offset)!;

    protected ref TState OfPart(Part part) => ref part == Part.Value ? ref State : ref DState;

    /// <summary>A public member of State or Gradient: those are not partial, so no interface can stand on them.</summary>
    protected static TDelegate Member<TDelegate>(Type type, string name)
        where TDelegate : Delegate =>
        (type.GetProperty(name)?.GetMethod ?? type.GetMethod(name)!).CreateDelegate<TDelegate>();

    private static Span<T> AsNumbers<TStruct>(ref TStruct value)
        where TStruct : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TStruct, T>(ref value), Unsafe.SizeOf<TStruct>() / Unsafe.SizeOf<T>());

    private static int RoundUp(int bytes) => (bytes + 63) & -64;

    private ref TStruct At<TStruct>(int start) => ref Unsafe.As<byte, TStruct>(ref memory.GetSpan()[offset + start]);
}
