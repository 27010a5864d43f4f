#if NET8_0_OR_GREATER
using System;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Lstm;

/// <summary>
/// What every generated cell and network offers, for code that is generic over them. A cell counts as a network of one layer whose
/// y is wm.
/// </summary>
/// <remarks>
/// x of T steps is T x p and y is T x K; of N sequences T x N x p and T x N x K.
/// </remarks>
/// <typeparam name="TSelf">The generated type.</typeparam>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TState">Its <c>State</c>. The default value is the zero state.</typeparam>
public interface ILstm<TSelf, TNumber, TState>
    where TSelf : unmanaged, ILstm<TSelf, TNumber, TState>
    where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
    where TState : unmanaged
{
    /// <summary>p, the length of x.</summary>
    static abstract int InputSize { get; }

    /// <summary>d, the length of each layer's ltm and wm.</summary>
    static abstract int HiddenSize { get; }

    /// <summary>K, the length of y; of a cell d.</summary>
    static abstract int OutputSize { get; }

    /// <summary>Stacked cells; 1 for a cell.</summary>
    static abstract int LayerCount { get; }

    /// <summary>The number of parameters, without padding: what <see cref="ExportParameters"/> writes.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>The length of <see cref="Parameters"/>, with padding.</summary>
    static abstract int ParameterLength { get; }

    /// <summary>
    /// Every parameter, packed as the kernels read them, with padding: for optimizers. To store them, <see cref="ExportParameters"/>.
    /// </summary>
    [UnscopedRef]
    Span<TNumber> Parameters { get; }

    /// <summary>The weights of a layer's gate on its input: d x p in layer 0, d x d above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
    [UnscopedRef]
    ref TNumber W(int layer, Gate gate, int row, int column);

    /// <summary>The weights of a layer's gate on its wm: d x d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
    [UnscopedRef]
    ref TNumber U(int layer, Gate gate, int row, int column);

    /// <summary>The biases of a layer's gate: d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such layer, gate or row.</exception>
    [UnscopedRef]
    ref TNumber B(int layer, Gate gate, int row);

    /// <summary>Weights and biases uniform in (-1/sqrt d, 1/sqrt d), the same numbers on every machine.</summary>
    /// <param name="seed">Chooses the numbers.</param>
    /// <param name="rememberBias">Every bias of a remember gate: 1 lets a fresh cell keep its memory.</param>
    void Initialize(ulong seed, TNumber rememberBias);

    /// <summary>
    /// Copies the parameters, without padding, in an order that never changes: layer by layer W, U, b, each gate after gate (Remember, Save,
    /// Focus, Candidate), rows row-major; then, of a network, V and c.
    /// </summary>
    /// <param name="destination">Gets ParameterCount numbers.</param>
    /// <exception cref="ArgumentException">It has another length, or lies in <see cref="Parameters"/>; nothing has been changed.</exception>
    void ExportParameters(Span<TNumber> destination);

    /// <summary>Sets every parameter, in the order of <see cref="ExportParameters"/>, and the padding to 0.</summary>
    /// <param name="source">ParameterCount numbers.</param>
    /// <exception cref="ArgumentException">It has another length, or lies in <see cref="Parameters"/>; nothing has been changed.</exception>
    void ImportParameters(ReadOnlySpan<TNumber> source);

    /// <summary>T time steps.</summary>
    /// <param name="x">T x p.</param>
    /// <param name="state">ltm and wm: before the first step, then after the last.</param>
    /// <param name="y">Gets y_1 to y_T, T x K.</param>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
    void Forward(ReadOnlySpan<TNumber> x, ref TState state, Span<TNumber> y);

    /// <summary>T time steps of N sequences; the same bits as N calls with one state.</summary>
    /// <param name="x">T x N x p.</param>
    /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
    /// <param name="y">Gets T x N x K.</param>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
    void Forward(ReadOnlySpan<TNumber> x, Span<TState> states, Span<TNumber> y);
}
#endif
