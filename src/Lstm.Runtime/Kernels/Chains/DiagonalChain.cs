using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// A diagonal chain over packed weights, for generated code. Lane j multiplies x_j by one weight of each layer and depends on no other lane.
/// The weight of layer i in lane j, both from 0, stands at <c>i * N + j</c>. Callers have checked all lengths.
/// </summary>
/// <typeparam name="T">float or double. Products and sums are doubles, rounded once.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DiagonalChain<T>
    where T : unmanaged
{
    /// <summary>yHat, the sum over the lanes j of <c>x_j * w_jj^(1) * ... * w_1j^(L)</c>.</summary>
    /// <param name="w">L x N.</param>
    /// <param name="x">N values.</param>
    /// <param name="layers">L.</param>
    public static T Forward(ReadOnlySpan<T> w, ReadOnlySpan<T> x, int layers) => Number.FromDouble<T>(Predict(w, x, layers));

    /// <summary>
    /// Adds <c>dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j</c> to the gradient, each a prefix times a suffix product.
    /// </summary>
    /// <param name="w">L x N.</param>
    /// <param name="x">N values.</param>
    /// <param name="y">The target.</param>
    /// <param name="layers">L.</param>
    /// <param name="dW">Gets dL/dw added, L x N.</param>
    /// <param name="dX">Gets dL/dx, N values; may be <paramref name="x"/> itself; empty: it is not computed.</param>
    /// <param name="prefix">Scratch memory, L doubles.</param>
    /// <returns>The loss <c>1/2 (y - yHat)^2</c>.</returns>
    public static T Backward(ReadOnlySpan<T> w, ReadOnlySpan<T> x, T y, int layers, Span<T> dW, Span<T> dX, Span<double> prefix)
    {
        int width = x.Length;
        double e = Predict(w, x, layers) - Number.ToDouble(y);
        for (int j = 0; j < width; j++)
        {
            // Before layer i: p = x_j * w_jj^(1) * ... * w_jj^(i-1).
            double p = Number.ToDouble(x.At(j));
            for (int layer = 0; layer < layers; layer++)
            {
                prefix[layer] = p;
                p *= Number.ToDouble(w.At((layer * width) + j));
            }

            // After layer i: s = (yHat - y) * w_1j^(L) * ... * w_jj^(i+1); in the end dL/dx_j.
            double s = e;
            for (int layer = layers - 1; layer >= 0; layer--)
            {
                Number.Add(ref dW[(layer * width) + j], prefix[layer] * s);
                s *= Number.ToDouble(w.At((layer * width) + j));
            }

            if (!dX.IsEmpty)
            {
                dX[j] = Number.FromDouble<T>(s);
            }
        }

        return Number.FromDouble<T>(0.5 * e * e);
    }

    /// <summary>
    /// Per layer, log10 of the Euclidean norm of the gradient, without over- or underflow:
    /// <c>log10 ||dL/dw^(i)|| = log10 |e| + 1/2 log10 (sum over j of (prefix * suffix)^2)</c>, where e = yHat - y.
    /// </summary>
    /// <param name="w">L x N.</param>
    /// <param name="x">N values.</param>
    /// <param name="y">The target.</param>
    /// <param name="log10">Gets L values, layer 1 first.</param>
    /// <param name="scratch">Scratch memory, 2 L numbers.</param>
    public static void GradientMagnitudes(ReadOnlySpan<T> w, ReadOnlySpan<T> x, T y, Span<double> log10, Span<WideFloat> scratch)
    {
        int layers = log10.Length;
        int width = x.Length;
        Span<WideFloat> prefix = scratch.Slice(0, layers);
        Span<WideFloat> squares = scratch.Slice(layers, layers);
        squares.Clear();

        // Without the common factor e: squares[i] = sum over j of (prefix * suffix)^2.
        WideFloat yHat = 0.0;
        for (int j = 0; j < width; j++)
        {
            WideFloat p = Number.ToDouble(x.At(j));
            for (int layer = 0; layer < layers; layer++)
            {
                prefix[layer] = p;
                p *= Number.ToDouble(w.At((layer * width) + j));
            }

            yHat += p;
            WideFloat s = 1.0;
            for (int layer = layers - 1; layer >= 0; layer--)
            {
                WideFloat product = prefix[layer] * s;
                squares[layer] += product * product;
                s *= Number.ToDouble(w.At((layer * width) + j));
            }
        }

        double logError = WideFloat.Log10(WideFloat.Abs(yHat - Number.ToDouble(y)));
        for (int layer = 0; layer < layers; layer++)
        {
            log10[layer] = logError + (0.5 * WideFloat.Log10(squares[layer]));
        }
    }

    private static double Predict(ReadOnlySpan<T> w, ReadOnlySpan<T> x, int layers)
    {
        double yHat = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double lane = Number.ToDouble(x.At(j));
            for (int layer = 0; layer < layers; layer++)
            {
                lane *= Number.ToDouble(w.At((layer * x.Length) + j));
            }

            yHat += lane;
        }

        return yHat;
    }
}
