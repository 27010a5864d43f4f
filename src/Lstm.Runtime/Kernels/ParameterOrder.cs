using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// The order in which parameters leave a generated type and come back, without padding: layer by layer W, U, b, each gate after gate, rows row-major;
/// then V and c. It never changes. <see cref="LstmModel"/> holds each gate of W, U and b, V and c in the same order.
/// </summary>
internal static class ParameterOrder
{
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

    /// <summary>Copies the parameters of one cell.</summary>
    /// <param name="tiles">Where they stand.</param>
    /// <param name="w">The packed parameters.</param>
    /// <param name="model">Has a layer of the same sizes.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="import">Whether they come from <paramref name="model"/>, or go there.</param>
    public static void OfLayer<TNumber>(in CellTiles tiles, ref TNumber w, LstmModel model, int layer, bool import)
        where TNumber : unmanaged
    {
        for (int gate = 0; gate < 4; gate++)
        {
            OfGate(in tiles, ref w, gate, 1, tiles.Input, ref model.W(layer, (Gate)gate)[0], import);
            OfGate(in tiles, ref w, gate, 1 + tiles.Input, tiles.Hidden, ref model.U(layer, (Gate)gate)[0], import);
            OfGate(in tiles, ref w, gate, 0, 1, ref model.B(layer, (Gate)gate)[0], import);
        }
    }

    /// <summary>Copies rows.</summary>
    /// <param name="packed">The first row.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="ordered">The same rows, one behind the other.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="length">Numbers of a row.</param>
    /// <param name="import">Whether they come from <paramref name="ordered"/>, or go there.</param>
    public static void OfRows<TNumber, TOrdered>(ref TNumber packed, int stride, ref TOrdered ordered, int rows, int length, bool import)
        where TNumber : unmanaged
        where TOrdered : unmanaged
    {
        for (nint row = 0; row < rows; row++)
        {
            Copy(ref Unsafe.Add(ref packed, row * stride), 1, ref Unsafe.Add(ref ordered, row * length), length, import);
        }
    }

    /// <summary>Some lines of all gates: those of W, of U or of b.</summary>
    private static ref TNumber OfGates<TNumber>(scoped in CellTiles tiles, ref TNumber w, int firstLine, int lines, ref TNumber ordered, bool import)
        where TNumber : unmanaged
    {
        for (int gate = 0; gate < 4; gate++)
        {
            OfGate(in tiles, ref w, gate, firstLine, lines, ref ordered, import);
            ordered = ref Unsafe.Add(ref ordered, (nint)tiles.Hidden * lines);
        }

        return ref ordered;
    }

    /// <summary>Some lines of one gate, d x lines.</summary>
    private static void OfGate<TNumber, TOrdered>(
        scoped in CellTiles tiles, ref TNumber w, int gate, int firstLine, int lines, ref TOrdered ordered, bool import)
        where TNumber : unmanaged
        where TOrdered : unmanaged
    {
        for (int row = 0; row < tiles.Hidden; row++)
        {
            ref TNumber packed = ref Unsafe.Add(ref w, tiles.Weight(gate, row, firstLine));
            Copy(ref packed, 4 * tiles.Units(row), ref Unsafe.Add(ref ordered, (nint)row * lines), lines, import);
        }
    }

    /// <summary>Copies numbers; those of another type are rounded.</summary>
    private static void Copy<TNumber, TOrdered>(ref TNumber packed, nint stride, ref TOrdered ordered, int count, bool import)
        where TNumber : unmanaged
        where TOrdered : unmanaged
    {
        for (nint i = 0; i < count; i++)
        {
            if (import)
            {
                Unsafe.Add(ref packed, i * stride) = Number.Convert<TOrdered, TNumber>(Unsafe.Add(ref ordered, i));
            }
            else
            {
                Unsafe.Add(ref ordered, i) = Number.Convert<TNumber, TOrdered>(Unsafe.Add(ref packed, i * stride));
            }
        }
    }
}
