using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// What the recorded forward pass leaves for the backward pass. U transposed opens the tape: for each tile of columns and each pair of gates the rows
/// of all units, so that a product with some columns reads memory from front to back. Places and lengths count numbers.
/// </summary>
/// <param name="Hidden">d.</param>
/// <param name="Header">Numbers before the first step's record; the last 2 D hold the initial ltm and wm.</param>
/// <param name="Slopes">Where a record holds sigma' and tanh' of the gates, or -1 where they follow from the gates.</param>
/// <param name="TanhLtm">Where a record holds tanh(ltm).</param>
/// <param name="TanhLtmSlope">Where a record holds tanh'(ltm), or -1.</param>
/// <param name="Ltm">Where a record holds ltm.</param>
/// <param name="Wm">Where a record holds wm.</param>
/// <param name="Record">Numbers of a step.</param>
internal sealed record TapeLayout(
    int Hidden, int Header, int Slopes, int TanhLtm, int TanhLtmSlope, int Ltm, int Wm, int Record)
{
    /// <summary>Numbers of U transposed that so many columns take, in whole tiles.</summary>
    public int Columns(int count) => Gates.Count * Hidden * count;

    /// <summary>Numbers from a tile's remember and save gates to its focus and ltm' gates.</summary>
    public int PairStride(int tileUnits) => 2 * Hidden * tileUnits;

    /// <summary>Numbers from a unit's row to the next, for two gates of a tile of columns.</summary>
    public int UnitStride(int tileUnits) => 2 * tileUnits;

    /// <summary>Where a gate of unit 0 stands, counted from its tile of columns.</summary>
    public int Gate(int gate, int tileUnits) => (gate / 2 * PairStride(tileUnits)) + (gate % 2 * tileUnits);

    /// <param name="slopes">Whether sigma' and tanh' are recorded.</param>
    public static TapeLayout Of(CellLayout layout, bool slopes)
    {
        int at = layout.GatesLength;
        int Take(int numbers)
        {
            int start = at;
            at += numbers;
            return start;
        }

        int gateSlopes = slopes ? Take(layout.GatesLength) : -1;
        int tanhLtm = Take(layout.Padded);
        int tanhLtmSlope = slopes ? Take(layout.Padded) : -1;
        int ltm = Take(layout.Padded);
        int wm = Take(layout.Padded);
        int transposed = layout.Hidden * layout.GatesLength;
        int header = transposed + (2 * layout.Padded);
        return new TapeLayout(layout.Hidden, header, gateSlopes, tanhLtm, tanhLtmSlope, ltm, wm, Record: at);
    }
}
