#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>dL/db, dL/dW and dL/dU of a block of steps.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightGradient<TNumber, TVector, TLanes>
    where TNumber : unmanaged, INumberBase<TNumber>
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
{
    /// <summary>dL/db += sum of dZ, dL/dW += dZ x^T, dL/dU += dZ wm^T, over <paramref name="steps"/> steps.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="gradient">Gets the sums added, packed as the weights are.</param>
    /// <param name="x">The inputs of the first step.</param>
    /// <param name="xStride">Numbers from one step's inputs to the next.</param>
    /// <param name="before">wm of the step before the first.</param>
    /// <param name="beforeStride">Numbers from one step's wm to the next.</param>
    /// <param name="steps">Steps, or rows of many sequences.</param>
    /// <param name="dZ">dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        in CellTiles tiles, ref TNumber gradient, ref TNumber x, nint xStride, ref TNumber before, nint beforeStride, int steps, ref TNumber dZ)
    {
        TNumber one = TNumber.One;
        for (int unit = 0, units; unit < tiles.Padded; unit += units)
        {
            units = tiles.Units(unit);
            int row = 4 * units;
            ref TNumber b = ref Unsafe.Add(ref gradient, tiles.Tile(unit));
            ref TNumber w = ref Unsafe.Add(ref b, row);
            ref TNumber u = ref Unsafe.Add(ref w, (nint)tiles.Input * row);
            ref TNumber gates = ref Unsafe.Add(ref dZ, 4 * unit);
            OuterProduct<TNumber, TVector, TLanes>.Add(ref b, row, ref one, 0, 1, ref gates, tiles.Lanes, row, steps);
            OuterProduct<TNumber, TVector, TLanes>.Add(ref w, row, ref x, xStride, tiles.Input, ref gates, tiles.Lanes, row, steps);
            OuterProduct<TNumber, TVector, TLanes>.Add(ref u, row, ref before, beforeStride, tiles.Hidden, ref gates, tiles.Lanes, row, steps);
        }
    }
}
#endif
