using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Fills weights with uniform numbers, the same on every machine.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InitialWeights
{
    /// <summary>The weights of a cell: gate after gate, in each row after row W, U, then b.</summary>
    /// <param name="tiles">Where they stand.</param>
    /// <param name="w">The first of them.</param>
    /// <param name="random">Gives a number for every weight, the biases of remember gates too.</param>
    /// <param name="bound">Numbers are within plus and minus so much.</param>
    /// <param name="rememberBias">Every bias of a remember gate.</param>
    public static void OfCell<TNumber>(in CellTiles tiles, ref TNumber w, ref UniformRandom random, TNumber bound, TNumber rememberBias)
        where TNumber : unmanaged
    {
        for (int gate = 0; gate < 4; gate++)
        {
            for (int row = 0; row < tiles.Hidden; row++)
            {
                for (int line = 1; line < tiles.Rows; line++)
                {
                    Unsafe.Add(ref w, tiles.Weight(gate, row, line)) = random.NextOf(bound);
                }

                TNumber bias = random.NextOf(bound);
                Unsafe.Add(ref w, tiles.Weight(gate, row, 0)) = gate == (int)Gate.Remember ? rememberBias : bias;
            }
        }
    }

    /// <summary>V and c of a readout, row after row.</summary>
    /// <param name="weights">V, whose rows are padded.</param>
    /// <param name="biases">c.</param>
    /// <param name="outputs">K.</param>
    /// <param name="hidden">d.</param>
    /// <param name="padded">Numbers of a row of V.</param>
    /// <param name="random">Gives a number for each.</param>
    /// <param name="bound">Numbers are within plus and minus so much.</param>
    public static void OfReadout<TNumber>(
        ref TNumber weights, ref TNumber biases, int outputs, int hidden, int padded, ref UniformRandom random, TNumber bound)
        where TNumber : unmanaged
    {
        for (int row = 0; row < outputs; row++)
        {
            for (int column = 0; column < hidden; column++)
            {
                Unsafe.Add(ref weights, (row * padded) + column) = random.NextOf(bound);
            }

            Unsafe.Add(ref biases, row) = random.NextOf(bound);
        }
    }
}
