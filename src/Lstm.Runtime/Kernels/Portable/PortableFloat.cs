#if !NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>The products of generated members where there are no vectors; .NET 8 and later have a class of this name that uses them.</summary>
/// <remarks>Sums have the order of that class. Lanes.targets derives doubles from this file.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PortableFloat
{
    /// <summary>Columns of a product that are summed together: the longest row of a tile.</summary>
    private const int Columns = 64;

    /// <summary>Partial sums of an output of <see cref="InputGradient"/>.</summary>
    private const int PartialSums = 16;

    /// <summary>dL/db += sum of dZ, dL/dW += dZ x^T, dL/dU += dZ wm^T, over some rows.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="gradient">Gets the sums added, packed as the weights are.</param>
    /// <param name="x">The inputs of the first row.</param>
    /// <param name="xStride">Numbers from one row's inputs to the next.</param>
    /// <param name="before">wm of the step before the first.</param>
    /// <param name="beforeStride">Numbers from one row's wm to the next.</param>
    /// <param name="steps">Rows.</param>
    /// <param name="dZ">dL/dz of all gates, <see cref="CellTiles.Lanes"/> numbers a row.</param>
    public static void WeightGradient(
        in CellTiles tiles, ref float gradient, ref float x, nint xStride, ref float before, nint beforeStride, int steps, ref float dZ)
    {
        float one = 1;
        for (int unit = 0, units; unit < tiles.Padded; unit += units)
        {
            units = tiles.Units(unit);
            int row = 4 * units;
            ref float b = ref Unsafe.Add(ref gradient, tiles.Tile(unit));
            ref float w = ref Unsafe.Add(ref b, row);
            ref float u = ref Unsafe.Add(ref w, tiles.Input * row);
            ref float gates = ref Unsafe.Add(ref dZ, 4 * unit);
            AddOuterProduct(ref b, row, ref one, 0, 1, ref gates, tiles.Lanes, row, steps);
            AddOuterProduct(ref w, row, ref x, (int)xStride, tiles.Input, ref gates, tiles.Lanes, row, steps);
            AddOuterProduct(ref u, row, ref before, (int)beforeStride, tiles.Hidden, ref gates, tiles.Lanes, row, steps);
        }
    }

    /// <summary>dX = W^T dZ of some rows. A gate belongs to one of 16 partial sums, its place modulo 16.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="w">The weights.</param>
    /// <param name="dZ">dL/dz of all gates, <see cref="CellTiles.Lanes"/> numbers a row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="dX">Gets p numbers a row.</param>
    /// <param name="dXStride">Numbers from one row of <paramref name="dX"/> to the next.</param>
    public static void InputGradient(in CellTiles tiles, ref float w, ref float dZ, int rows, ref float dX, nint dXStride)
    {
        Span<float> room = stackalloc float[PartialSums];
        ref float sums = ref MemoryMarshal.GetReference(room);
        for (int row = 0; row < rows; row++)
        {
            ref float gates = ref Unsafe.Add(ref dZ, row * tiles.Lanes);
            for (int input = 0; input < tiles.Input; input++)
            {
                room.Clear();
                for (int unit = 0, units; unit < tiles.Padded; unit += units)
                {
                    units = tiles.Units(unit);
                    int stride = 4 * units;
                    ref float weights = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + input) * stride));
                    AddGates(ref sums, ref Unsafe.Add(ref gates, 4 * unit), ref weights, units, Math.Min(units, tiles.Hidden - unit));
                }

                Unsafe.Add(ref dX, (row * (int)dXStride) + input) = FloatRows.Halved(ref sums, PartialSums);
            }
        }
    }

    /// <summary>y = V wm + c of some rows. A unit belongs to one of the partial sums, its number modulo their count.</summary>
    /// <param name="weights">V, rows of <paramref name="padded"/> numbers.</param>
    /// <param name="biases">c.</param>
    /// <param name="wm">wm of the first row.</param>
    /// <param name="wmStride">Numbers from one row's wm to the next.</param>
    /// <param name="steps">Rows.</param>
    /// <param name="y">Gets the outputs of all rows.</param>
    /// <param name="outputs">Numbers of y in a row.</param>
    /// <param name="hidden">d.</param>
    /// <param name="padded">d rounded up to whole tiles.</param>
    /// <param name="partialSums">16, 8 or 4, of which <paramref name="padded"/> is a multiple.</param>
    public static void ReadOut(
        ref float weights, ref float biases, ref float wm, nint wmStride, int steps, ref float y, int outputs, int hidden, int padded,
        int partialSums)
    {
        Span<float> room = stackalloc float[16];
        ref float sums = ref MemoryMarshal.GetReference(room);
        for (int step = 0; step < steps; step++)
        {
            ref float memories = ref Unsafe.Add(ref wm, step * (int)wmStride);
            for (int row = 0; row < outputs; row++)
            {
                room.Clear();
                ref float v = ref Unsafe.Add(ref weights, row * padded);
                for (int unit = 0; unit < padded; unit += partialSums)
                {
                    AddUnits(ref sums, ref Unsafe.Add(ref v, unit), ref Unsafe.Add(ref memories, unit), partialSums, hidden - unit);
                }

                Unsafe.Add(ref y, (step * outputs) + row) = (float)(Unsafe.Add(ref biases, row) + FloatRows.Halved(ref sums, partialSums));
            }
        }
    }

    /// <summary>dL/dwm = V^T dL/dy of some rows.</summary>
    /// <param name="weights">V, padded rows.</param>
    /// <param name="dY">dL/dy of all rows.</param>
    /// <param name="steps">Rows.</param>
    /// <param name="dWm">Gets <paramref name="padded"/> numbers a row.</param>
    /// <param name="outputs">Numbers of y in a row.</param>
    /// <param name="padded">d rounded up to whole tiles.</param>
    /// <param name="partialSums">16, 8 or 4; only vectors ask for it.</param>
    public static void ReadBack(ref float weights, ref float dY, int steps, ref float dWm, int outputs, int padded, int partialSums)
    {
        for (int step = 0; step < steps; step++)
        {
            FloatRows.Clear(ref dWm, padded);
            FloatRows.AddAll(ref dWm, ref weights, padded, ref dY, 1, outputs, padded);
            dY = ref Unsafe.Add(ref dY, outputs);
            dWm = ref Unsafe.Add(ref dWm, padded);
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
    /// <param name="partialSums">16, 8 or 4; only vectors ask for it.</param>
    public static void ReadoutGradient(
        ref float weights, ref float biases, ref float dY, int outputs, ref float wm, nint wmStride, int hidden, int padded, int rows,
        int partialSums)
    {
        AddOuterProduct(ref weights, padded, ref dY, outputs, outputs, ref wm, (int)wmStride, padded, rows);
        Rows.ClearEnds(ref weights, padded, hidden, outputs);
        for (int row = 0; row < outputs; row++)
        {
            float sum = 0;
            for (int step = 0; step < rows; step++)
            {
                sum = (float)(sum + Unsafe.Add(ref dY, (step * outputs) + row));
            }

            Unsafe.Add(ref biases, row) = (float)(Unsafe.Add(ref biases, row) + sum);
        }
    }

    /// <summary>sums[row, column] += sum over steps, from zero, of input[step, row] * values[step, column].</summary>
    private static void AddOuterProduct(
        ref float sums, int sumsStride, ref float input, int inputStride, int rows, ref float values, int valuesStride, int columns, int steps)
    {
        Span<float> room = stackalloc float[Columns];
        ref float some = ref MemoryMarshal.GetReference(room);
        for (int row = 0; row < rows; row++)
        {
            ref float to = ref Unsafe.Add(ref sums, row * sumsStride);
            for (int column = 0; column < columns; column += Columns)
            {
                int count = Math.Min(Columns, columns - column);
                room.Clear();
                FloatRows.AddAll(
                    ref some, ref Unsafe.Add(ref values, column), valuesStride, ref Unsafe.Add(ref input, row), inputStride, steps, count);
                FloatRows.Add(ref Unsafe.Add(ref to, column), ref some, count);
            }
        }
    }

    /// <summary>The products of a tile's gates with an input's weights. dZ of padding is 0; its weights, which may be anything, count as 0.</summary>
    private static void AddGates(ref float sums, ref float gates, ref float weights, int units, int used)
    {
        for (int lane = 0; lane < 4 * units; lane += PartialSums)
        {
            for (int i = 0; i < PartialSums; i++)
            {
                float weight = ((lane + i) & (units - 1)) < used ? Unsafe.Add(ref weights, lane + i) : 0;
                ref float sum = ref Unsafe.Add(ref sums, i);
                sum = (float)((float)(Unsafe.Add(ref gates, lane + i) * weight) + sum);
            }
        }
    }

    /// <summary>The products of some units; 0 of padding.</summary>
    private static void AddUnits(ref float sums, ref float v, ref float wm, int count, int used)
    {
        for (int i = 0; i < count; i++)
        {
            float product = i < used ? (float)(Unsafe.Add(ref v, i) * Unsafe.Add(ref wm, i)) : 0;
            ref float sum = ref Unsafe.Add(ref sums, i);
            sum = (float)(product + sum);
        }
    }
}
#endif
