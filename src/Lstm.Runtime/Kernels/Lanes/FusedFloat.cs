#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lstm.Kernels;

/// <summary>The products of generated members in one arithmetic, at the widest vectors that this machine runs well.</summary>
/// <remarks>Written once: Lanes.targets derives doubles and the other arithmetic from this file.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FusedFloat
{
    /// <summary>dL/db += sum of dZ, dL/dW += dZ x^T, dL/dU += dZ wm^T, over some rows.</summary>
    /// <inheritdoc cref="WeightGradient{TNumber, TVector, TLanes}.Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradient(
        in CellTiles tiles, ref float gradient, ref float x, nint xStride, ref float before, nint beforeStride, int steps, ref float dZ)
    {
        if (Width.Is512)
        {
            WeightGradient<float, Vector512<float>, FusedFloat512>.Add(
                in tiles, ref gradient, ref x, xStride, ref before, beforeStride, steps, ref dZ);
        }
        else if (Width.Is256)
        {
            WeightGradient<float, Vector256<float>, FusedFloat256>.Add(
                in tiles, ref gradient, ref x, xStride, ref before, beforeStride, steps, ref dZ);
        }
        else if (Width.Is128)
        {
            WeightGradient<float, Vector128<float>, FusedFloat128>.Add(
                in tiles, ref gradient, ref x, xStride, ref before, beforeStride, steps, ref dZ);
        }
        else
        {
            WeightGradient<float, float, FusedFloatScalar>.Add(in tiles, ref gradient, ref x, xStride, ref before, beforeStride, steps, ref dZ);
        }
    }

    /// <summary>dX = W^T dZ of some rows.</summary>
    /// <inheritdoc cref="InputGradient{TNumber, TVector, TLanes}.Compute"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient(in CellTiles tiles, ref float w, ref float dZ, int rows, ref float dX, nint dXStride)
    {
        if (Width.Is512)
        {
            InputGradient<float, Vector512<float>, FusedFloat512>.Compute(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
        else if (Width.Is256)
        {
            InputGradient<float, Vector256<float>, FusedFloat256>.Compute(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
        else if (Width.Is128)
        {
            InputGradient<float, Vector128<float>, FusedFloat128>.Compute(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
        else
        {
            InputGradient<float, float, FusedFloatScalar>.Compute(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
    }

    /// <summary>y = V wm + c of some rows.</summary>
    /// <inheritdoc cref="Readout{TNumber, TVector, TLanes}.Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadOut(
        ref float weights, ref float biases, ref float wm, nint wmStride, int steps, ref float y, int outputs, int hidden, int padded,
        int partialSums)
    {
        if (Width.Is512 && partialSums >= Vector512<float>.Count)
        {
            Readout<float, Vector512<float>, FusedFloat512>.Forward(
                ref weights, ref biases, ref wm, wmStride, steps, ref y, outputs, hidden, padded, partialSums);
        }
        else if (Width.Is256 && partialSums >= Vector256<float>.Count)
        {
            Readout<float, Vector256<float>, FusedFloat256>.Forward(
                ref weights, ref biases, ref wm, wmStride, steps, ref y, outputs, hidden, padded, partialSums);
        }
        else if (Width.Is128)
        {
            Readout<float, Vector128<float>, FusedFloat128>.Forward(
                ref weights, ref biases, ref wm, wmStride, steps, ref y, outputs, hidden, padded, partialSums);
        }
        else
        {
            Readout<float, float, FusedFloatScalar>.Forward(
                ref weights, ref biases, ref wm, wmStride, steps, ref y, outputs, hidden, padded, partialSums);
        }
    }

    /// <summary>dL/dwm = V^T dL/dy of some rows.</summary>
    /// <inheritdoc cref="Readout{TNumber, TVector, TLanes}.Backward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadBack(ref float weights, ref float dY, int steps, ref float dWm, int outputs, int padded, int partialSums)
    {
        if (Width.Is512 && partialSums >= Vector512<float>.Count)
        {
            Readout<float, Vector512<float>, FusedFloat512>.Backward(ref weights, ref dY, steps, ref dWm, outputs, padded);
        }
        else if (Width.Is256 && partialSums >= Vector256<float>.Count)
        {
            Readout<float, Vector256<float>, FusedFloat256>.Backward(ref weights, ref dY, steps, ref dWm, outputs, padded);
        }
        else if (Width.Is128)
        {
            Readout<float, Vector128<float>, FusedFloat128>.Backward(ref weights, ref dY, steps, ref dWm, outputs, padded);
        }
        else
        {
            Readout<float, float, FusedFloatScalar>.Backward(ref weights, ref dY, steps, ref dWm, outputs, padded);
        }
    }

    /// <summary>dL/dV += dY wm^T and dL/dc += sum of dY, over some rows; dL/dV of padding becomes 0, whatever the padding of wm holds.</summary>
    /// <param name="weights">dL/dV, padded rows.</param>
    /// <param name="biases">dL/dc.</param>
    /// <param name="dY">dL/dy of the first row.</param>
    /// <param name="outputs">K.</param>
    /// <param name="wm">wm of the first row.</param>
    /// <param name="wmStride">Numbers from one row of wm to the next.</param>
    /// <param name="hidden">d.</param>
    /// <param name="padded">Numbers of a row of V.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="partialSums">16, 8 or 4: what divides a padded row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadoutGradient(
        ref float weights, ref float biases, ref float dY, int outputs, ref float wm, nint wmStride, int hidden, int padded, int rows,
        int partialSums)
    {
        if (Width.Is512 && partialSums >= Vector512<float>.Count)
        {
            OuterProduct<float, Vector512<float>, FusedFloat512>.Add(ref weights, padded, ref dY, outputs, outputs, ref wm, wmStride, padded, rows);
        }
        else if (Width.Is256 && partialSums >= Vector256<float>.Count)
        {
            OuterProduct<float, Vector256<float>, FusedFloat256>.Add(ref weights, padded, ref dY, outputs, outputs, ref wm, wmStride, padded, rows);
        }
        else if (Width.Is128)
        {
            OuterProduct<float, Vector128<float>, FusedFloat128>.Add(ref weights, padded, ref dY, outputs, outputs, ref wm, wmStride, padded, rows);
        }
        else
        {
            OuterProduct<float, float, FusedFloatScalar>.Add(ref weights, padded, ref dY, outputs, outputs, ref wm, wmStride, padded, rows);
        }

        Rows.ClearEnds(ref weights, padded, hidden, outputs);
        Readout<float, float, FusedFloatScalar>.BiasGradient(ref biases, ref dY, rows, outputs);
    }
}
#endif
