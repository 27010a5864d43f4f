using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// A dense chain over packed weights, for generated code: layers 1 to L - 1, N x N row-major each, then the 1 x N layer. Upwards
/// <c>x^(i) = W^(i) x^(i-1)</c>, and back <c>s^(i-1) = (W^(i))^T s^(i)</c>, which is dL/dx^(i-1). Callers have checked all lengths.
/// </summary>
/// <typeparam name="T">float or double. Products and sums are doubles, rounded once.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseChain<T>
    where T : unmanaged
{
    /// <summary><c>yHat = W^(L) ... W^(1) x</c>.</summary>
    /// <param name="w">All weights.</param>
    /// <param name="x">N values.</param>
    /// <param name="layers">L.</param>
    /// <param name="scratch">Scratch memory, 2 N doubles.</param>
    public static T Forward(ReadOnlySpan<T> w, ReadOnlySpan<T> x, int layers, Span<double> scratch)
    {
        int width = x.Length;
        Span<double> state = scratch.Slice(0, width);
        Span<double> next = scratch.Slice(width, width);
        Widen(x, state);
        for (int layer = 1; layer < layers; layer++)
        {
            Multiply(Layer(w, layer, width), state, next);
            next.CopyTo(state);
        }

        return Number.FromDouble<T>(RowProduct(Last(w, width), state));
    }

    /// <summary>Adds <c>dL/dW^(i) = s^(i) (x^(i-1))^T</c> to the gradient, where <c>s^(i) = (W^(L) ... W^(i+1))^T (yHat - y)</c>.</summary>
    /// <param name="w">All weights.</param>
    /// <param name="x">N values.</param>
    /// <param name="y">The target.</param>
    /// <param name="layers">L.</param>
    /// <param name="dW">Gets dL/dw added; as long as <paramref name="w"/>.</param>
    /// <param name="dX">Gets dL/dx, N values; may be <paramref name="x"/> itself; empty: it is not computed.</param>
    /// <param name="scratch">Scratch memory, (L + 2) N doubles.</param>
    /// <returns>The loss <c>1/2 (y - yHat)^2</c>.</returns>
    public static T Backward(ReadOnlySpan<T> w, ReadOnlySpan<T> x, T y, int layers, Span<T> dW, Span<T> dX, Span<double> scratch)
    {
        int width = x.Length;
        Span<double> s = scratch.Slice(layers * width, width);
        Span<double> below = scratch.Slice((layers + 1) * width, width);

        // Row i of the states is x^(i), from x^(0) = x to x^(L-1).
        Span<double> states = scratch.Slice(0, layers * width);
        Widen(x, states.Slice(0, width));
        for (int layer = 1; layer < layers; layer++)
        {
            Multiply(Layer(w, layer, width), states.Slice((layer - 1) * width, width), states.Slice(layer * width, width));
        }

        double e = LastLayerBack(Last(w, width), states.Slice((layers - 1) * width, width), Number.ToDouble(y), Last(dW, width), s);
        for (int layer = layers - 1; layer >= 1; layer--)
        {
            LayerBack(Layer(w, layer, width), states.Slice((layer - 1) * width, width), s, Layer(dW, layer, width), below);
            below.CopyTo(s);
        }

        for (int j = 0; j < dX.Length; j++)
        {
            dX[j] = Number.FromDouble<T>(s[j]);
        }

        return Number.FromDouble<T>(0.5 * e * e);
    }

    /// <summary>
    /// Per layer, log10 of the Euclidean norm of the gradient, without over- or underflow. dL/dW^(i) has rank 1, so that its norm is
    /// <c>|e| ||s^(i)|| ||x^(i-1)||</c>, where e = yHat - y and s^(L) = 1.
    /// </summary>
    /// <param name="w">All weights.</param>
    /// <param name="x">N values.</param>
    /// <param name="y">The target.</param>
    /// <param name="log10">Gets L values, layer 1 first.</param>
    /// <param name="scratch">Scratch memory, 2 N numbers.</param>
    public static void GradientMagnitudes(ReadOnlySpan<T> w, ReadOnlySpan<T> x, T y, Span<double> log10, Span<WideFloat> scratch)
    {
        int layers = log10.Length;
        int width = x.Length;
        Span<WideFloat> v = scratch.Slice(0, width);
        Span<WideFloat> next = scratch.Slice(width, width);

        // Upwards, v = x^(i-1) = W^(i-1) ... W^(1) x.
        Widen(x, v);
        for (int layer = 1; layer < layers; layer++)
        {
            log10[layer - 1] = LogNorm(v);
            MultiplyWide(Layer(w, layer, width), width, 1, v, next);
            next.CopyTo(v);
        }

        log10[layers - 1] = LogNorm(v);
        ReadOnlySpan<T> last = Last(w, width);
        WideFloat yHat = WideProduct(last, 1, v);
        double logError = WideFloat.Log10(WideFloat.Abs(yHat - Number.ToDouble(y)));
        log10[layers - 1] += logError;

        // Downwards, v = s^(i) = (W^(L) ... W^(i+1))^T.
        Widen(last, v);
        for (int layer = layers - 1; layer >= 1; layer--)
        {
            log10[layer - 1] += logError + LogNorm(v);
            MultiplyWide(Layer(w, layer, width), 1, width, v, next);
            next.CopyTo(v);
        }
    }

    /// <summary>W^(i) of a layer below the last, i from 1.</summary>
    private static ReadOnlySpan<T> Layer(ReadOnlySpan<T> w, int layer, int width) => w.Slice((layer - 1) * width * width, width * width);

    private static Span<T> Layer(Span<T> w, int layer, int width) => w.Slice((layer - 1) * width * width, width * width);

    /// <summary>W^(L), 1 x N.</summary>
    private static ReadOnlySpan<T> Last(ReadOnlySpan<T> w, int width) => w.Slice(w.Length - width);

    private static Span<T> Last(Span<T> w, int width) => w.Slice(w.Length - width);

    private static void Widen(ReadOnlySpan<T> values, Span<double> wide)
    {
        for (int j = 0; j < values.Length; j++)
        {
            wide[j] = Number.ToDouble(values.At(j));
        }
    }

    private static void Widen(ReadOnlySpan<T> values, Span<WideFloat> wide)
    {
        for (int j = 0; j < values.Length; j++)
        {
            wide[j] = Number.ToDouble(values.At(j));
        }
    }

    /// <summary><c>next = W x</c>.</summary>
    private static void Multiply(ReadOnlySpan<T> w, ReadOnlySpan<double> x, Span<double> next)
    {
        for (int row = 0; row < next.Length; row++)
        {
            next[row] = RowProduct(w.Slice(row * x.Length, x.Length), x);
        }
    }

    /// <summary><c>w x</c>, from the first column to the last.</summary>
    private static double RowProduct(ReadOnlySpan<T> w, ReadOnlySpan<double> x)
    {
        double sum = Number.ToDouble(w.At(0)) * x.At(0);
        for (int column = 1; column < x.Length; column++)
        {
            sum += Number.ToDouble(w.At(column)) * x.At(column);
        }

        return sum;
    }

    /// <summary><c>e = w x - y</c>, <c>dW += e x^T</c>, <c>below = w^T e</c>.</summary>
    /// <returns>e.</returns>
    private static double LastLayerBack(ReadOnlySpan<T> w, ReadOnlySpan<double> x, double y, Span<T> dW, Span<double> below)
    {
        double e = RowProduct(w, x) - y;
        for (int column = 0; column < x.Length; column++)
        {
            Number.Add(ref dW[column], e * x.At(column));
            below[column] = Number.ToDouble(w.At(column)) * e;
        }

        return e;
    }

    /// <summary><c>dW += s x^T</c> and <c>below = W^T s</c>, from the first row to the last.</summary>
    private static void LayerBack(ReadOnlySpan<T> w, ReadOnlySpan<double> x, ReadOnlySpan<double> s, Span<T> dW, Span<double> below)
    {
        int width = x.Length;
        below.Clear();
        for (int row = 0; row < s.Length; row++)
        {
            ReadOnlySpan<T> wRow = w.Slice(row * width, width);
            Span<T> dWRow = dW.Slice(row * width, width);
            for (int column = 0; column < x.Length; column++)
            {
                Number.Add(ref dWRow[column], s.At(row) * x.At(column));
                below[column] += Number.ToDouble(wRow.At(column)) * s.At(row);
            }
        }
    }

    /// <summary>
    /// <c>next = W v</c> with stride N and step 1, <c>next = W^T v</c> with stride 1 and step N: the stride leads from one sum's weights to
    /// those of the next, the step from weight to weight of one sum.
    /// </summary>
    private static void MultiplyWide(ReadOnlySpan<T> w, int stride, int step, ReadOnlySpan<WideFloat> v, Span<WideFloat> next)
    {
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = WideProduct(w.Slice(i * stride), step, v);
        }
    }

    private static WideFloat WideProduct(ReadOnlySpan<T> w, int step, ReadOnlySpan<WideFloat> v)
    {
        WideFloat sum = 0.0;
        for (int j = 0; j < v.Length; j++)
        {
            sum += Number.ToDouble(w.At(j * step)) * v.At(j);
        }

        return sum;
    }

    /// <summary><c>log10 ||v||</c>.</summary>
    private static double LogNorm(ReadOnlySpan<WideFloat> v)
    {
        WideFloat square = 0.0;
        for (int j = 0; j < v.Length; j++)
        {
            square += v.At(j) * v.At(j);
        }

        return 0.5 * WideFloat.Log10(square);
    }
}
