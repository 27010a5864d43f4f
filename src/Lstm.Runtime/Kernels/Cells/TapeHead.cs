using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>What a tape begins with.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TapeHead<TNumber>
    where TNumber : unmanaged
{
    /// <summary>
    /// Begins a tape: U transposed, for each tile of columns and each pair of gates the rows of all units. Then the initial ltm and wm of the
    /// sequences, a record apart, as if they ended records of a step before the first.
    /// </summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="w">The weights.</param>
    /// <param name="states">ltm and wm of the first sequence.</param>
    /// <param name="stateStride">Numbers from one sequence's state to the next.</param>
    /// <param name="sequences">Sequences.</param>
    /// <param name="tape">The tape's first number.</param>
    /// <param name="record">Numbers of a record.</param>
#if NET8_0_OR_GREATER
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
    public static void Begin(
        in CellTiles tiles, ref TNumber w, ref TNumber states, nint stateStride, int sequences, ref TNumber tape, nint record)
    {
        int transposed = tiles.Hidden * tiles.Lanes;
        if (tiles.Padded > tiles.Hidden)
        {
            MemoryMarshal.CreateSpan(ref tape, transposed).Clear();
        }

        for (int unit = 0; unit < tiles.Padded; unit += tiles.Units(unit))
        {
            for (int column = 0; column < tiles.Padded; column += tiles.Units(column))
            {
                Transpose(in tiles, ref w, ref tape, unit, column);
            }
        }

        int state = 2 * tiles.Padded;
        for (nint n = 0; n < sequences; n++)
        {
            ReadOnlySpan<TNumber> from = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref states, n * stateStride), state);
            from.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tape, (n * record) + transposed), state));
        }
    }

    /// <summary>The weights that join a tile of units to a tile of columns.</summary>
#if NET8_0_OR_GREATER
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
    private static void Transpose(in CellTiles tiles, ref TNumber w, ref TNumber tape, int unit, int column)
    {
        nint units = tiles.Units(unit);
        nint columns = tiles.Units(column);
        nint usedUnits = Math.Min(tiles.Units(unit), tiles.Hidden - unit);
        nint usedColumns = Math.Min(tiles.Units(column), tiles.Hidden - column);
        ref TNumber from = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + tiles.Input + column) * 4 * units));
        ref TNumber to = ref Unsafe.Add(ref tape, (4 * (nint)tiles.Hidden * column) + (2 * unit * columns));
        for (nint gate = 0; gate < 4; gate++)
        {
            // Two gates stand side by side, for all units, before the other two.
            nint place = (gate / 2 * 2 * tiles.Hidden * columns) + (gate % 2 * columns);
            Copy(ref Unsafe.Add(ref from, gate * units), 4 * units, usedColumns, usedUnits, ref Unsafe.Add(ref to, place), 2 * columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref TNumber from, nint fromStride, nint rows, nint columns, ref TNumber to, nint toStride)
    {
        if (typeof(TNumber) == typeof(float))
        {
            Transposition.Copy(ref Unsafe.As<TNumber, float>(ref from), fromStride, rows, columns, ref Unsafe.As<TNumber, float>(ref to), toStride);
        }
        else
        {
            Transposition.Copy(ref Unsafe.As<TNumber, double>(ref from), fromStride, rows, columns, ref Unsafe.As<TNumber, double>(ref to), toStride);
        }
    }
}
