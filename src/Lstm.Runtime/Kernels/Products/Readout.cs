#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>The affine readout y = V wm + c of a network.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Readout<TNumber, TVector, TLanes>
    where TNumber : unmanaged, INumberBase<TNumber>
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
{
    /// <summary>
    /// y = c + V wm. A unit belongs to one of the partial sums, its number modulo their count. They are halved at the end: the order is the same at
    /// every width.
    /// </summary>
    /// <param name="weights">V, rows of <paramref name="padded"/> numbers.</param>
    /// <param name="biases">c.</param>
    /// <param name="wm">wm of the first step.</param>
    /// <param name="wmStride">Numbers from one step's wm to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="y">Gets the outputs of all steps.</param>
    /// <param name="outputs">Numbers of y in a step.</param>
    /// <param name="hidden">d.</param>
    /// <param name="padded">d rounded up to whole tiles.</param>
    /// <param name="partialSums">16, 8 or 4, of which <paramref name="padded"/> is a multiple; not less than a vector has lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref TNumber weights, ref TNumber biases, ref TNumber wm, nint wmStride, int steps, ref TNumber y, int outputs, int hidden, int padded,
        int partialSums)
    {
        for (int step = 0; step < steps; step++)
        {
            ref TNumber v = ref weights;
            for (nint row = 0; row < outputs; row++)
            {
                Unsafe.Add(ref y, row) = Unsafe.Add(ref biases, row) + Dot(ref v, ref wm, hidden, padded, partialSums);
                v = ref Unsafe.Add(ref v, padded);
            }

            wm = ref Unsafe.Add(ref wm, wmStride);
            y = ref Unsafe.Add(ref y, outputs);
        }
    }

    /// <summary>dL/dwm = V^T dL/dy.</summary>
    /// <param name="weights">V, rows of <paramref name="padded"/> numbers.</param>
    /// <param name="dY">dL/dy of all steps.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="dWm">Gets <paramref name="padded"/> numbers a step.</param>
    /// <param name="outputs">Numbers of y in a step.</param>
    /// <param name="padded">d rounded up to whole tiles; whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref TNumber weights, ref TNumber dY, int steps, ref TNumber dWm, int outputs, int padded)
    {
        for (int step = 0; step < steps; step++)
        {
            for (nint unit = 0; unit < padded; unit += TLanes.Count)
            {
                TVector sum = TLanes.Zero;
                ref TNumber v = ref Unsafe.Add(ref weights, unit);
                for (nint row = 0; row < outputs; row++)
                {
                    sum = TLanes.AddProduct(ref v, 0, TLanes.Broadcast(ref dY, row), sum);
                    v = ref Unsafe.Add(ref v, padded);
                }

                TLanes.Store(ref dWm, unit, sum);
            }

            dY = ref Unsafe.Add(ref dY, outputs);
            dWm = ref Unsafe.Add(ref dWm, padded);
        }
    }

    /// <summary>dL/dc += sum of dL/dy over the steps.</summary>
    /// <param name="biases">Gets the sums added.</param>
    /// <param name="dY">dL/dy of all steps.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="outputs">Numbers of y in a step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BiasGradient(ref TNumber biases, ref TNumber dY, int steps, int outputs)
    {
        for (nint row = 0; row < outputs; row++)
        {
            TNumber sum = TNumber.Zero;
            for (nint step = 0; step < steps; step++)
            {
                sum += Unsafe.Add(ref dY, (step * outputs) + row);
            }

            Unsafe.Add(ref biases, row) += sum;
        }
    }

    /// <summary>V wm of one output. Each case takes its sum over lanes itself, so that no vector passes through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Dot(ref TNumber v, ref TNumber wm, nint hidden, nint padded, int partialSums)
    {
        // 16 partial sums are the most: the JIT knows which of the cases a vector leaves.
        if (TLanes.Count == 16 || partialSums == TLanes.Count)
        {
            return TLanes.Sum(Sum(ref v, ref wm, hidden, padded));
        }

        if (TLanes.Count == 8 || partialSums == 2 * TLanes.Count)
        {
            return TLanes.Sum(SumOfTwo(ref v, ref wm, hidden, padded));
        }

        return TLanes.Count == 4 || partialSums == 4 * TLanes.Count
            ? TLanes.Sum(SumOfFour(ref v, ref wm, hidden, padded, 4 * TLanes.Count, 0, TLanes.Count))
            : TLanes.Sum(SumOfMany(ref v, ref wm, hidden, padded, partialSums));
    }

    /// <summary>As many partial sums as a vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(ref TNumber v, ref TNumber wm, nint hidden, nint padded)
    {
        TVector sum = TLanes.Zero;
        nint whole = Whole(hidden, padded, TLanes.Count);
        for (nint unit = 0; unit < whole; unit += TLanes.Count)
        {
            sum = TLanes.AddProduct(ref v, unit, TLanes.Load(ref wm, unit), sum);
        }

        return whole < padded ? AddUnits(ref v, ref wm, whole, hidden, sum) : sum;
    }

    /// <summary>Two vectors of partial sums, the second added to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfTwo(ref TNumber v, ref TNumber wm, nint hidden, nint padded)
    {
        TVector sum0 = TLanes.Zero;
        TVector sum1 = TLanes.Zero;
        nint whole = Whole(hidden, padded, 2 * TLanes.Count);
        for (nint unit = 0; unit < whole; unit += 2 * TLanes.Count)
        {
            sum0 = TLanes.AddProduct(ref v, unit, TLanes.Load(ref wm, unit), sum0);
            sum1 = TLanes.AddProduct(ref v, unit + TLanes.Count, TLanes.Load(ref wm, unit + TLanes.Count), sum1);
        }

        if (whole < padded)
        {
            sum0 = AddUnits(ref v, ref wm, whole, hidden, sum0);
            sum1 = AddUnits(ref v, ref wm, whole + TLanes.Count, hidden, sum1);
        }

        return TLanes.Add(sum0, sum1);
    }

    /// <summary>8 or 16 vectors of partial sums, halved: i is added to i + n/2, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector SumOfMany(ref TNumber v, ref TNumber wm, nint hidden, nint padded, nint partialSums)
    {
        nint count = TLanes.Count;
        if (partialSums == 8 * count)
        {
            return TLanes.Add(
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, 0, 2 * count),
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, count, 2 * count));
        }

        return TLanes.Add(
            TLanes.Add(
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, 0, 4 * count),
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, 2 * count, 4 * count)),
            TLanes.Add(
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, count, 4 * count),
                SumOfFour(ref v, ref wm, hidden, padded, partialSums, 3 * count, 4 * count)));
    }

    /// <summary>Four vectors of partial sums, <paramref name="stride"/> apart: (0 + 2) + (1 + 3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfFour(ref TNumber v, ref TNumber wm, nint hidden, nint padded, nint partialSums, nint first, nint stride)
    {
        TVector sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        ref TNumber v2 = ref Unsafe.Add(ref v, 2 * stride);
        ref TNumber wm2 = ref Unsafe.Add(ref wm, 2 * stride);
        nint whole = Whole(hidden, padded, partialSums);
        for (nint unit = first; unit < whole; unit += partialSums)
        {
            sum0 = TLanes.AddProduct(ref v, unit, TLanes.Load(ref wm, unit), sum0);
            sum1 = TLanes.AddProduct(ref v, unit + stride, TLanes.Load(ref wm, unit + stride), sum1);
            sum2 = TLanes.AddProduct(ref v2, unit, TLanes.Load(ref wm2, unit), sum2);
            sum3 = TLanes.AddProduct(ref v2, unit + stride, TLanes.Load(ref wm2, unit + stride), sum3);
        }

        if (whole < padded)
        {
            nint unit = whole + first;
            sum0 = AddUnits(ref v, ref wm, unit, hidden, sum0);
            sum1 = AddUnits(ref v, ref wm, unit + stride, hidden, sum1);
            sum2 = AddUnits(ref v, ref wm, unit + (2 * stride), hidden, sum2);
            sum3 = AddUnits(ref v, ref wm, unit + (3 * stride), hidden, sum3);
        }

        return TLanes.Add(TLanes.Add(sum0, sum2), TLanes.Add(sum1, sum3));
    }

    /// <summary>Units in groups that have no padding: all, or all but the last group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Whole(nint hidden, nint padded, nint group) => hidden == padded ? padded : padded - group;

    /// <summary>The products of a vector of the last group. Padding of V and wm may hold anything, so it is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddUnits(ref TNumber v, ref TNumber wm, nint unit, nint hidden, TVector sum) => unit + TLanes.Count > hidden
        ? TLanes.MultiplyAdd(
            TLanes.WithoutPadding(TLanes.Load(ref wm, unit), unit, hidden), TLanes.WithoutPadding(TLanes.Load(ref v, unit), unit, hidden), sum)
        : TLanes.AddProduct(ref v, unit, TLanes.Load(ref wm, unit), sum);
}
#endif
