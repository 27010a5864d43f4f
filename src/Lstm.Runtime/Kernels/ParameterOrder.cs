#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// The order in which parameters leave a generated type and come back, without padding: layer by layer W, U, b, each gate after gate, rows row-major;
/// then V and c. It never changes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterOrder
{
    /// <summary>Checks a span of all parameters.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="numbers">The span.</param>
    /// <param name="count">ParameterCount.</param>
    /// <param name="w">The packed parameters.</param>
    /// <param name="length">ParameterLength.</param>
    /// <exception cref="ArgumentException">It has another length, or lies in the packed parameters.</exception>
    public static void Check<TNumber>(string parameter, ReadOnlySpan<TNumber> numbers, int count, ref TNumber w, int length)
        where TNumber : unmanaged
    {
        Require.Row(parameter, numbers.Length, "ParameterCount", count);
        Overlap.Refuse(parameter, numbers, "Parameters", MemoryMarshal.CreateReadOnlySpan(ref w, length));
    }

    /// <summary>Copies the parameters of one cell.</summary>
    /// <param name="tiles">Where they stand.</param>
    /// <param name="w">The packed parameters.</param>
    /// <param name="ordered">The parameters in order.</param>
    /// <param name="import">Whether they come from <paramref name="ordered"/>, or go there.</param>
    /// <returns>What follows in <paramref name="ordered"/>.</returns>
    public static ref TNumber OfCell<TNumber>(scoped in CellTiles tiles, ref TNumber w, ref TNumber ordered, bool import)
        where TNumber : unmanaged
    {
        int firstOfU = 1 + tiles.Input;
        ordered = ref OfGates(in tiles, ref w, 1, tiles.Input, ref ordered, import);
        ordered = ref OfGates(in tiles, ref w, firstOfU, tiles.Hidden, ref ordered, import);
        return ref OfGates(in tiles, ref w, 0, 1, ref ordered, import);
    }

    /// <summary>Copies V and c.</summary>
    /// <param name="weights">V, whose rows are padded.</param>
    /// <param name="biases">c.</param>
    /// <param name="outputs">K.</param>
    /// <param name="hidden">d.</param>
    /// <param name="padded">Numbers of a row of V.</param>
    /// <param name="ordered">The parameters in order.</param>
    /// <param name="import">Whether they come from <paramref name="ordered"/>, or go there.</param>
    public static void OfReadout<TNumber>(
        ref TNumber weights, ref TNumber biases, int outputs, int hidden, int padded, ref TNumber ordered, bool import)
        where TNumber : unmanaged
    {
        ref TNumber orderedBiases = ref Unsafe.Add(ref ordered, (nint)outputs * hidden);
        if (import)
        {
            Rows.Copy(ref ordered, hidden, ref weights, padded, outputs, hidden);
            Rows.Copy(ref orderedBiases, 0, ref biases, 0, 1, outputs);
        }
        else
        {
            Rows.Copy(ref weights, padded, ref ordered, hidden, outputs, hidden);
            Rows.Copy(ref biases, 0, ref orderedBiases, 0, 1, outputs);
        }
    }

    /// <summary>Some lines of all gates: those of W, of U or of b.</summary>
    private static ref TNumber OfGates<TNumber>(scoped in CellTiles tiles, ref TNumber w, int firstLine, int lines, ref TNumber ordered, bool import)
        where TNumber : unmanaged
    {
        for (int gate = 0; gate < 4; gate++)
        {
            for (int row = 0; row < tiles.Hidden; row++)
            {
                ref TNumber packed = ref Unsafe.Add(ref w, tiles.Weight(gate, row, firstLine));
                nint stride = 4 * tiles.Units(row);
                for (int line = 0; line < lines; line++)
                {
                    if (import)
                    {
                        packed = ordered;
                    }
                    else
                    {
                        ordered = packed;
                    }

                    packed = ref Unsafe.Add(ref packed, stride);
                    ordered = ref Unsafe.Add(ref ordered, 1);
                }
            }
        }

        return ref ordered;
    }
}
#endif
