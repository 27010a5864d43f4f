using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// Where the parameters and the state of a generated cell or network stand, and how they leave it and come back: as numbers in the order that never
/// changes, or as an <see cref="LstmModel"/>. A state is layer by layer ltm, then wm, each padded to whole tiles.
/// </summary>
/// <param name="first">The layer that reads x; it comes first.</param>
/// <param name="inner">Each layer above, one behind the other.</param>
/// <param name="layers">How many layers there are.</param>
/// <param name="outputs">K; 0 for a cell, which has no readout.</param>
/// <param name="weights">Where V stands: K rows, each padded as wm is.</param>
/// <param name="biases">Where c stands.</param>
/// <param name="count">ParameterCount.</param>
/// <param name="length">ParameterLength.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterPlaces(
    CellTiles first, CellTiles inner, int layers, int outputs, int weights, int biases, int count, int length)
{
    /// <summary>Those of a cell.</summary>
    /// <param name="cell">Where its weights stand.</param>
    /// <param name="count">ParameterCount.</param>
    /// <param name="length">ParameterLength.</param>
    public ParameterPlaces(CellTiles cell, int count, int length)
        : this(cell, cell, layers: 1, outputs: 0, weights: length, biases: length, count, length)
    {
    }

    /// <summary>Copies all parameters to <paramref name="destination"/>.</summary>
    /// <param name="w">The packed parameters.</param>
    /// <param name="destination">Gets ParameterCount numbers.</param>
    /// <exception cref="ArgumentException">It has another length, or lies in the packed parameters.</exception>
    public void Export<TNumber>(ref TNumber w, Span<TNumber> destination)
        where TNumber : unmanaged
    {
        Check<TNumber>(nameof(destination), destination, ref w);
        Copy(ref w, ref MemoryMarshal.GetReference(destination), import: false);
    }

    /// <summary>Sets all parameters from <paramref name="source"/>, and padding to 0.</summary>
    /// <param name="w">The packed parameters.</param>
    /// <param name="source">ParameterCount numbers.</param>
    /// <exception cref="ArgumentException">It has another length, or lies in the packed parameters.</exception>
    public void Import<TNumber>(ref TNumber w, ReadOnlySpan<TNumber> source)
        where TNumber : unmanaged
    {
        Check(nameof(source), source, ref w);
        MemoryMarshal.CreateSpan(ref w, length).Clear();
        Copy(ref w, ref MemoryMarshal.GetReference(source), import: true);
    }

    /// <summary>Sets all parameters from a model, and padding to 0.</summary>
    /// <param name="w">The packed parameters.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    /// <exception cref="ArgumentException">It has other sizes; nothing has been changed.</exception>
    public void Load<TNumber>(ref TNumber w, LstmModel model)
        where TNumber : unmanaged
    {
        ModelFit.Check(model, first.Input, first.Hidden, layers, outputs);
        MemoryMarshal.CreateSpan(ref w, length).Clear();
        Copy(ref w, model, import: true);
    }

    /// <summary>A model with the same parameters, each rounded to the nearest float, and without an initial state.</summary>
    /// <param name="w">The packed parameters.</param>
    public LstmModel ToModel<TNumber>(ref TNumber w)
        where TNumber : unmanaged
    {
        int[] hidden = new int[layers];
        Array.Fill(hidden, first.Hidden);
        LstmModel model = new(first.Input, hidden, outputs);
        Copy(ref w, model, import: false);
        return model;
    }

    /// <summary>Sets a state to the one that a model begins with, zeros if it has none, and padding to 0.</summary>
    /// <param name="state">The state.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    /// <exception cref="ArgumentException">It has other sizes; nothing has been changed.</exception>
    public void LoadState<TNumber>(ref TNumber state, LstmModel model)
        where TNumber : unmanaged
    {
        ModelFit.Check(model, first.Input, first.Hidden, layers, outputs);
        int padded = first.Padded;
        MemoryMarshal.CreateSpan(ref state, 2 * layers * padded).Clear();
        for (int layer = 0; model.HasInitialState && layer < layers; layer++)
        {
            ref TNumber ltm = ref Unsafe.Add(ref state, 2 * layer * padded);
            ref TNumber wm = ref Unsafe.Add(ref ltm, padded);
            ParameterOrder.OfRows(ref ltm, padded, ref model.InitialLongTermMemory(layer)[0], 1, first.Hidden, import: true);
            ParameterOrder.OfRows(ref wm, padded, ref model.InitialWorkingMemory(layer)[0], 1, first.Hidden, import: true);
        }
    }

    private void Check<TNumber>(string parameter, ReadOnlySpan<TNumber> numbers, ref TNumber w)
        where TNumber : unmanaged
    {
        Require.Row(parameter, numbers.Length, "ParameterCount", count);
        Overlap.Refuse(parameter, numbers, "Parameters", MemoryMarshal.CreateReadOnlySpan(ref w, length));
    }

    private void Copy<TNumber>(ref TNumber w, ref TNumber ordered, bool import)
        where TNumber : unmanaged
    {
        for (int layer = 0; layer < layers; layer++)
        {
            ordered = ref ParameterOrder.OfCell(TilesOf(layer), ref Unsafe.Add(ref w, WeightsOf(layer)), ref ordered, import);
        }

        CopyReadout(ref w, ref ordered, ref Unsafe.Add(ref ordered, (nint)outputs * first.Hidden), import);
    }

    private void Copy<TNumber>(ref TNumber w, LstmModel model, bool import)
        where TNumber : unmanaged
    {
        for (int layer = 0; layer < layers; layer++)
        {
            ParameterOrder.OfLayer(TilesOf(layer), ref Unsafe.Add(ref w, WeightsOf(layer)), model, layer, import);
        }

        CopyReadout(ref w, ref MemoryMarshal.GetReference(model.V), ref MemoryMarshal.GetReference(model.C), import);
    }

    private void CopyReadout<TNumber, TOrdered>(ref TNumber w, ref TOrdered v, ref TOrdered c, bool import)
        where TNumber : unmanaged
        where TOrdered : unmanaged
    {
        ParameterOrder.OfRows(ref Unsafe.Add(ref w, weights), first.Padded, ref v, outputs, first.Hidden, import);
        ParameterOrder.OfRows(ref Unsafe.Add(ref w, biases), outputs, ref c, 1, outputs, import);
    }

    private CellTiles TilesOf(int layer) => layer == 0 ? first : inner;

    private int WeightsOf(int layer) => layer == 0 ? 0 : first.Length + ((layer - 1) * inner.Length);
}
