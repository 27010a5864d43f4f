using System;
using System.Linq;
using System.Numerics;

namespace Lstm.Reference;

/// <summary>The parameters of a stack of cells with an affine readout, or their gradients: W, U and b per layer and gate, V and c.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public abstract class NetworkParameters<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly CellParameters<T>[] layers;
    private readonly Matrix<T> v;
    private readonly Matrix<T> c;

    private protected NetworkParameters(CellParameters<T>[] layers, int output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output, 1);
        this.layers = layers;
        v = new Matrix<T>(output, Hidden);
        c = new Matrix<T>(output, 1);
    }

    /// <summary>p, the length of x.</summary>
    public int Input => layers[0].Input;

    /// <summary>d, the length of every layer's ltm and wm.</summary>
    public int Hidden => layers[0].Hidden;

    /// <summary>K, the length of y.</summary>
    public int Output => v.Rows;

    /// <summary>The number of cells.</summary>
    public int Layers => layers.Length;

    /// <summary>An entry of W of a layer's gate: d x p in layer 0, d x d above.</summary>
    public ref T W(int layer, Gate gate, int row, int column) => ref layers[layer].W(gate, row, column);

    /// <summary>An entry of U of a layer's gate, d x d.</summary>
    public ref T U(int layer, Gate gate, int row, int column) => ref layers[layer].U(gate, row, column);

    /// <summary>An entry of b of a layer's gate, of length d.</summary>
    public ref T B(int layer, Gate gate, int row) => ref layers[layer].B(gate, row);

    /// <summary>An entry of V, K x d.</summary>
    public ref T V(int row, int column) => ref v[row, column];

    /// <summary>An entry of c, of length K.</summary>
    public ref T C(int row) => ref c[row, 0];
}

/// <summary>
/// A stack of <see cref="ReferenceCell{T}"/> with an affine readout <c>y_t = V wm_t + c</c>: layer k reads the working
/// memory of layer k - 1.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class ReferenceNetwork<T> : NetworkParameters<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ReferenceCell<T>[] cells;

    /// <summary>A network with all parameters zero.</summary>
    /// <param name="input">p, the length of x; at least 1.</param>
    /// <param name="hidden">d, the length of every layer's ltm and wm; at least 1.</param>
    /// <param name="output">K, the length of y; at least 1.</param>
    /// <param name="layers">The number of cells; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public ReferenceNetwork(int input, int hidden, int output, int layers = 1)
        : this(Stack(input, hidden, layers), output)
    {
    }

    private ReferenceNetwork(ReferenceCell<T>[] cells, int output)
        : base(cells, output) => this.cells = cells;

    /// <summary>Runs T time steps.</summary>
    /// <param name="x">T x p, row-major.</param>
    /// <param name="ltm0">The long-term memories to begin with, layers x d.</param>
    /// <param name="wm0">The working memories to begin with, layers x d.</param>
    /// <returns>y and every layer's trace.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public NetworkTrace<T> Forward(ReadOnlySpan<T> x, ReadOnlySpan<T> ltm0, ReadOnlySpan<T> wm0)
    {
        Check.Rows(nameof(x), Input, x.Length);
        Check.Length(nameof(ltm0), Layers * Hidden, ltm0.Length);
        Check.Length(nameof(wm0), Layers * Hidden, wm0.Length);

        var traces = new CellTrace<T>[Layers];
        ReadOnlySpan<T> below = x;
        for (int k = 0; k < Layers; k++)
        {
            traces[k] = cells[k].Forward(below, ltm0.Slice(k * Hidden, Hidden), wm0.Slice(k * Hidden, Hidden));
            below = traces[k].Wm.Values;
        }

        Matrix<T> wm = traces[^1].Wm;
        var y = new Matrix<T>(wm.Rows, Output);
        for (int t = 0; t < y.Rows; t++)
        {
            for (int i = 0; i < Output; i++)
            {
                // y = V wm + c
                y[t, i] = C(i);
                for (int j = 0; j < Hidden; j++)
                {
                    y[t, i] += V(i, j) * wm[t, j];
                }
            }
        }

        return new NetworkTrace<T>(traces, y);
    }

    /// <summary>Carries a gradient back through the T steps of <paramref name="trace"/>.</summary>
    /// <param name="x">T x p, as it was given to <see cref="Forward"/>.</param>
    /// <param name="trace">What <see cref="Forward"/> returned.</param>
    /// <param name="dY">dL/dy, T x K.</param>
    /// <param name="dLtmT">dL/d(final long-term memories), layers x d; empty: zero.</param>
    /// <param name="dWmT">dL/d(final working memories), layers x d, besides what reaches them through y; empty: zero.</param>
    /// <returns>The gradients of every parameter, of x and of the initial state.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public NetworkGradient<T> Backward(
        ReadOnlySpan<T> x, NetworkTrace<T> trace, ReadOnlySpan<T> dY, ReadOnlySpan<T> dLtmT = default, ReadOnlySpan<T> dWmT = default)
    {
        int steps = trace.Y.Rows;
        Check.Length(nameof(x), steps * Input, x.Length);
        Check.Length(nameof(dY), steps * Output, dY.Length);
        T[] dLtm = Check.ZeroIfEmpty(nameof(dLtmT), Layers * Hidden, dLtmT);
        T[] dWmAfter = Check.ZeroIfEmpty(nameof(dWmT), Layers * Hidden, dWmT);

        // y = V wm + c
        Matrix<T> wm = trace.Layer(Layers - 1).Wm;
        var dV = new Matrix<T>(Output, Hidden);
        var dC = new Matrix<T>(Output, 1);
        var dWm = new Matrix<T>(steps, Hidden);
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < Output; i++)
            {
                T dYNow = dY[(t * Output) + i];
                dC[i, 0] += dYNow;
                for (int j = 0; j < Hidden; j++)
                {
                    dV[i, j] += dYNow * wm[t, j];
                    dWm[t, j] += dYNow * V(i, j);
                }
            }
        }

        var layers = new CellGradient<T>[Layers];
        for (int k = Layers - 1; k >= 0; k--)
        {
            ReadOnlySpan<T> below = k == 0 ? x : trace.Layer(k - 1).Wm.Values;
            layers[k] = cells[k].Backward(
                below, trace.Layer(k), dWm.Values, dLtm.AsSpan(k * Hidden, Hidden), dWmAfter.AsSpan(k * Hidden, Hidden));
            dWm = layers[k].DX;
        }

        return new NetworkGradient<T>(layers, dV, dC);
    }

    private static ReferenceCell<T>[] Stack(int input, int hidden, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        return Enumerable.Range(0, layers).Select(k => new ReferenceCell<T>(k == 0 ? input : hidden, hidden)).ToArray();
    }
}

/// <summary>What a run of a network computed.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class NetworkTrace<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly CellTrace<T>[] layers;

    internal NetworkTrace(CellTrace<T>[] layers, Matrix<T> y)
    {
        this.layers = layers;
        Y = y;
    }

    /// <summary>y_t, T x K.</summary>
    public Matrix<T> Y { get; }

    /// <summary>The gates and memories of one layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public CellTrace<T> Layer(int layer) => layers[layer];
}

/// <summary>The gradients of a network's parameters, of x and of the initial state.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class NetworkGradient<T> : NetworkParameters<T>
    where T : IFloatingPointIeee754<T>
{
    internal NetworkGradient(CellGradient<T>[] layers, Matrix<T> dV, Matrix<T> dC)
        : base(layers, dV.Rows)
    {
        DX = layers[0].DX;
        DLtm0 = new Matrix<T>(layers.Length, Hidden);
        DWm0 = new Matrix<T>(layers.Length, Hidden);
        for (int k = 0; k < layers.Length; k++)
        {
            layers[k].DLtm0.Values.CopyTo(DLtm0.Row(k));
            layers[k].DWm0.Values.CopyTo(DWm0.Row(k));
        }

        for (int i = 0; i < Output; i++)
        {
            C(i) = dC[i, 0];
            for (int j = 0; j < Hidden; j++)
            {
                V(i, j) = dV[i, j];
            }
        }
    }

    /// <summary>dL/dx, T x p.</summary>
    public Matrix<T> DX { get; }

    /// <summary>dL/d(initial long-term memories), layers x d.</summary>
    public Matrix<T> DLtm0 { get; }

    /// <summary>dL/d(initial working memories), layers x d.</summary>
    public Matrix<T> DWm0 { get; }
}
