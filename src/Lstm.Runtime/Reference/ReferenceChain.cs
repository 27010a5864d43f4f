using System;
using System.Numerics;
using Lstm.Kernels;

namespace Lstm.Reference;

/// <summary>The weights of a deep linear chain, or their gradients, layer after layer.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public abstract class ChainParameters<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly T[] values;

    private protected ChainParameters(ChainKind kind, int layers, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Kind = kind;
        Layers = layers;
        Width = width;
        values = new T[((layers - 1) * LayerLength) + width];
        Array.Fill(values, T.Zero);
    }

    /// <summary>The form of layers 1 to L - 1.</summary>
    public ChainKind Kind { get; }

    /// <summary>L, the number of layers.</summary>
    public int Layers { get; }

    /// <summary>N, the length of x.</summary>
    public int Width { get; }

    /// <summary>
    /// Layer 1 to L, one after the other: N values per diagonal layer, N x N row-major per dense layer, N for the last.
    /// </summary>
    public Span<T> Values => values;

    /// <summary>The values of one layer.</summary>
    /// <param name="layer">The layer, from 1 to L as in the equations.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<T> Layer(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layer, Layers);
        return values.AsSpan((layer - 1) * LayerLength, layer == Layers ? Width : LayerLength);
    }

    private int LayerLength => Kind == ChainKind.Diagonal ? Width : Width * Width;
}

/// <summary>
/// The deep linear chain <c>yHat = W^(L) ... W^(1) x</c> with loss <c>0.5 (y - yHat)^2</c>, without bias and activation,
/// in any floating-point type. Each gradient is computed by itself from its formula, in O(L) per layer.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
/// <param name="kind">The form of layers 1 to L - 1.</param>
/// <param name="layers">L, the number of layers, the last one being 1 x N; at least 1.</param>
/// <param name="width">N, the length of x; at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
public sealed class ReferenceChain<T>(ChainKind kind, int layers, int width) : ChainParameters<T>(kind, layers, width)
    where T : IFloatingPointIeee754<T>
{
    /// <summary><c>yHat = W^(L) ... W^(1) x</c>.</summary>
    /// <param name="x">x, of length N.</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public T Forward(ReadOnlySpan<T> x)
    {
        Check.Length(nameof(x), Width, x.Length);
        return Dot(Layer(Layers), Activation(Layers - 1, x));
    }

    /// <summary>The loss <c>0.5 (y - yHat)^2</c> and its gradients.</summary>
    /// <param name="x">x, of length N.</param>
    /// <param name="y">The target.</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public ChainGradient<T> Backward(ReadOnlySpan<T> x, T y)
    {
        T yHat = Forward(x);
        T error = yHat - y;
        var gradient = new ChainGradient<T>(Kind, Layers, Width, yHat, T.CreateChecked(0.5) * error * error);
        if (Kind == ChainKind.Diagonal)
        {
            BackwardDiagonal(x, error, gradient);
        }
        else
        {
            BackwardDense(x, error, gradient);
        }

        return gradient;
    }

    /// <summary>
    /// Per layer, log10 of the Euclidean norm of its gradient, computed with an exponent of 64 bits so that it holds
    /// where the gradient itself under- or overflows; negative infinity for a gradient of 0.
    /// </summary>
    /// <param name="x">x, of length N.</param>
    /// <param name="y">The target.</param>
    /// <param name="log10">Receives layer 1 to L, of length L.</param>
    /// <exception cref="ArgumentException">A length is wrong; nothing is written.</exception>
    public void GradientMagnitudes(ReadOnlySpan<T> x, T y, Span<double> log10)
    {
        Check.Length(nameof(x), Width, x.Length);
        Check.Length(nameof(log10), Layers, log10.Length);

        // below[i] is x^(i); above[i] is W^(L) ... W^(i+1)
        var below = new WideFloat[Layers][];
        var above = new WideFloat[Layers + 1][];
        below[0] = Array.ConvertAll(x.ToArray(), Wide);
        for (int i = 1; i < Layers; i++)
        {
            below[i] = new WideFloat[Width];
            ForEachWeight(i, (r, s, w) => below[i][r] += w * below[i - 1][s]);
        }

        above[Layers - 1] = Array.ConvertAll(Layer(Layers).ToArray(), Wide);
        for (int i = Layers - 1; i >= 1; i--)
        {
            above[i - 1] = new WideFloat[Width];
            ForEachWeight(i, (r, s, w) => above[i - 1][s] += above[i][r] * w);
        }

        WideFloat error = WideFloat.FromDouble(0) - Wide(y);
        for (int j = 0; j < Width; j++)
        {
            error += above[Layers - 1][j] * below[Layers - 1][j];
        }

        for (int i = 1; i <= Layers; i++)
        {
            WideFloat squares = default;
            if (i == Layers)
            {
                for (int j = 0; j < Width; j++)
                {
                    squares += Square(error * below[i - 1][j]);
                }
            }
            else
            {
                ForEachWeight(i, (r, s, _) => squares += Square(above[i][r] * error * below[i - 1][s]));
            }

            log10[i - 1] = 0.5 * WideFloat.Log10(squares);
        }
    }

    private void BackwardDiagonal(ReadOnlySpan<T> x, T error, ChainGradient<T> gradient)
    {
        for (int j = 0; j < Width; j++)
        {
            for (int i = 1; i <= Layers; i++)
            {
                gradient.Layer(i)[j] = error * ProductExcept(i, j) * x[j]; // dL/dw_jj^(i) = (yHat - y) prod_{k != i} w_jj^(k) x_j
            }

            gradient.DX[j] = error * ProductExcept(0, j);                  // dL/dx_j = (yHat - y) prod_k w_jj^(k)
        }
    }

    private void BackwardDense(ReadOnlySpan<T> x, T error, ChainGradient<T> gradient)
    {
        for (int i = 1; i <= Layers; i++)
        {
            T[] above = RowAbove(i);
            T[] below = Activation(i - 1, x);
            for (int r = 0; r < above.Length; r++)
            {
                for (int s = 0; s < Width; s++)
                {
                    gradient.Layer(i)[(r * Width) + s] = above[r] * error * below[s]; // dL/dW^(i) = (W^(L) ... W^(i+1))^T (yHat - y) (x^(i-1))^T
                }
            }
        }

        T[] row = RowAbove(0);
        for (int j = 0; j < Width; j++)
        {
            gradient.DX[j] = row[j] * error;                                          // dL/dx = (W^(L) ... W^(1))^T (yHat - y)
        }
    }

    // the product of w_jj over every layer but i, with w_1j for the last; i = 0 leaves none out
    private T ProductExcept(int i, int j)
    {
        T product = T.One;
        for (int k = 1; k <= Layers; k++)
        {
            product *= k == i ? T.One : Layer(k)[j];
        }

        return product;
    }

    // x^(i) = W^(i) ... W^(1) x, i < L
    private T[] Activation(int i, ReadOnlySpan<T> x)
    {
        T[] now = x.ToArray();
        for (int k = 1; k <= i; k++)
        {
            ReadOnlySpan<T> w = Layer(k);
            var next = new T[Width];
            for (int r = 0; r < Width; r++)
            {
                next[r] = Kind == ChainKind.Diagonal ? w[r] * now[r] : Dot(w.Slice(r * Width, Width), now); // x^(k) = W^(k) x^(k-1)
            }

            now = next;
        }

        return now;
    }

    // W^(L) ... W^(i+1) of a dense chain, a row of N; the empty product, 1, for i = L
    private T[] RowAbove(int i)
    {
        if (i == Layers)
        {
            return [T.One];
        }

        T[] row = Layer(Layers).ToArray();
        for (int k = Layers - 1; k > i; k--)
        {
            var next = new T[Width];
            Array.Fill(next, T.Zero);
            for (int r = 0; r < Width; r++)
            {
                for (int s = 0; s < Width; s++)
                {
                    next[s] += row[r] * Layer(k)[(r * Width) + s];
                }
            }

            row = next;
        }

        return row;
    }

    // layers 1 to L - 1: the weights that there are, so that a diagonal layer has no zeros beside it
    private void ForEachWeight(int layer, Action<int, int, WideFloat> visit)
    {
        ReadOnlySpan<T> w = Layer(layer);
        for (int k = 0; k < w.Length; k++)
        {
            if (Kind == ChainKind.Diagonal)
            {
                visit(k, k, Wide(w[k]));
            }
            else
            {
                visit(k / Width, k % Width, Wide(w[k]));
            }
        }
    }

    private static T Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        T sum = T.Zero;
        for (int j = 0; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }

    private static WideFloat Wide(T value) => WideFloat.FromDouble(double.CreateChecked(value));

    private static WideFloat Square(WideFloat value) => value * value;
}

/// <summary>The gradients of a chain, with the output and loss they belong to.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class ChainGradient<T> : ChainParameters<T>
    where T : IFloatingPointIeee754<T>
{
    internal ChainGradient(ChainKind kind, int layers, int width, T yHat, T loss)
        : base(kind, layers, width)
    {
        YHat = yHat;
        Loss = loss;
        DX = new T[width];
    }

    /// <summary>yHat.</summary>
    public T YHat { get; }

    /// <summary><c>0.5 (y - yHat)^2</c>.</summary>
    public T Loss { get; }

    /// <summary>dL/dx, of length N.</summary>
    public T[] DX { get; }
}
