using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// A generated cell or network with its state and gradients behind one type, so that a test can run over all of them.
/// A cell counts as a network of one layer whose y is wm.
/// </summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
public abstract class ModelUnderTest<T>
    where T : unmanaged, IFloatingPointIeee754<T>
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
    public abstract Span<T> Packed(Part part);

    /// <summary>A state as it lies in memory, padding included.</summary>
    public abstract Span<T> Memory(Part part);

    public abstract ref T At(Part part, Tensor tensor, int row, int column);

    public abstract Span<T> LongTermMemory(Part part, int layer);

    public abstract Span<T> WorkingMemory(Part part, int layer);

    /// <summary>A parameter of W, U or b, as generic code reaches it.</summary>
    public abstract ref T AtLayer(Tensor tensor, int layer, int row, int column);

    public abstract void ExportParameters(Span<T> destination);

    public abstract void ImportParameters(ReadOnlySpan<T> source);

    public abstract void ExportState(Span<T> destination);

    public abstract void ImportState(ReadOnlySpan<T> source);

    public abstract void Load(LstmModel model);

    public abstract LstmModel ToModel();

    public abstract void LoadState(LstmModel model);

    public abstract int TapeLength(int steps);

    public abstract void Initialize(ulong seed, T rememberBias);

    public abstract void Step(ReadOnlySpan<T> x, Span<T> y);

    public abstract void Forward(ReadOnlySpan<T> x, Span<T> y);

    public abstract void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> tape);

    public abstract void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX = default);

    public abstract void Descend(T learningRate);

    /// <summary>Sets the number of sequences that the members below run at once, all states zero.</summary>
    public abstract void SetSequences(int count);

    /// <summary>The state of a sequence as it lies in memory, padding included.</summary>
    public abstract Span<T> MemoryOf(Part part, int sequence);

    public abstract int TapeLength(int steps, int sequences);

    public abstract void StepAll(ReadOnlySpan<T> x, Span<T> y);

    public abstract void ForwardAll(ReadOnlySpan<T> x, Span<T> y);

    public abstract void ForwardAll(ReadOnlySpan<T> x, Span<T> y, Span<T> tape);

    public abstract void BackwardAll(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX = default);

    /// <summary>The same type with everything zero, so many bytes past a multiple of 64.</summary>
    public abstract ModelUnderTest<T> Fresh(int offset = 0);

    /// <summary>As <see cref="Fresh(int)"/>, with the weights of a seed.</summary>
    public ModelUnderTest<T> Seeded(ulong seed, int offset = 0)
    {
        ModelUnderTest<T> model = Fresh(offset);
        model.Initialize(seed, T.One);
        return model;
    }

    public T[] Read(Part part, Tensor tensor) =>
        [.. from row in Enumerable.Range(0, tensor.Rows) from column in Enumerable.Range(0, tensor.Columns) select At(part, tensor, row, column)];

    public void Write(Tensor tensor, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns) = T.CreateTruncating(values[i]);
        }
    }

    /// <summary>Every layer's long-term memories, one after another.</summary>
    public T[] LongTermMemories(Part part) => [.. Enumerable.Range(0, Layers).SelectMany(layer => LongTermMemory(part, layer).ToArray())];

    /// <summary>Every layer's working memories, one after another.</summary>
    public T[] WorkingMemories(Part part) => [.. Enumerable.Range(0, Layers).SelectMany(layer => WorkingMemory(part, layer).ToArray())];

    public override string ToString() => Name;

    /// <summary>Every cell and network that is declared with such numbers and can be trained.</summary>
    public static IReadOnlyList<ModelUnderTest<T>> All { get; } =
    [
        .. typeof(Cell3x5).Assembly.GetTypes().Select(Wrap).OfType<ModelUnderTest<T>>().OrderBy(model => model.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names of <see cref="All"/>, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>The type of that name, everything zero.</summary>
    public static ModelUnderTest<T> Of(string name, int offset = 0) => All.Single(model => model.Name == name).Fresh(offset);

    private static ModelUnderTest<T>? Wrap(Type type)
    {
        LstmCellAttribute? cell = type.GetCustomAttribute<LstmCellAttribute>();
        LstmNetworkAttribute? network = type.GetCustomAttribute<LstmNetworkAttribute>();
        if ((cell?.Scalar ?? network?.Scalar) != Overloads<T>.Scalar || !(cell?.Backward ?? network!.Backward))
        {
            return null;
        }

        Type adapter = (cell is null ? typeof(NetworkUnderTest<,,,>) : typeof(CellUnderTest<,,,>))
            .MakeGenericType(typeof(T), type, type.GetNestedType("State")!, type.GetNestedType("Gradient")!);
        object[] arguments = cell is null
            ? [network!.Arithmetic, network.Accuracy, network.Unrolling, 0]
            : [cell.Arithmetic, cell.Accuracy, cell.Unrolling, 0];
        return (ModelUnderTest<T>)Activator.CreateInstance(adapter, arguments)!;
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
}
