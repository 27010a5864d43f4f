using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>
/// The products of the kernels, bit for bit, against plain loops that sum in the order their docs state. Portable arithmetic also runs where a
/// machine has to emulate the width; fused arithmetic of 256 bits needs the instruction.
/// </summary>
public abstract partial class KernelProductTests<TNumber, TVector, TLanes, TOne>
    where TNumber : unmanaged, INumberBase<TNumber>
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TOne : struct, ILanes<TNumber, TNumber>
{
    // Whole register tiles, and every rest: of inputs up to 6 + 6 + 1, of steps up to 8 + 8, of units tiles of 16, 8 and 4.
    private static readonly Gen<(int Input, int Hidden, int Steps, int Seed)> Cells =
        Gen.Select(Gen.Int[1, 14], Gen.Int[1, 72], Gen.Int[0, 17], Gen.Int);

    private static readonly Gen<int> PartialSums = Gen.Int[0, TLanes.Count > 8 ? 0 : TLanes.Count > 4 ? 1 : 2].Select(i => 16 >> i);

    // At 256 bits fused arithmetic names its instruction; wider vectors are tested in portable arithmetic.
    private static int Iterations => TLanes.Count == Vector256<TNumber>.Count && !Width.Is256 ? 0 : 30;

    [Fact]
    public void OuterProduct_SumsStepsInOrder_ThenAdds() =>
        Gen.Select(Gen.Int[0, 14], Gen.Int[1, 19], Gen.Int[0, 5], Gen.Int).Sample((rows, vectors, steps, seed) =>
        {
            int columns = vectors * TLanes.Count;
            (int sumsStride, int inputStride, int valuesStride) = (columns + 3, rows + 2, columns + 1);
            TNumber[] input = Numbers(seed, (steps + 1) * inputStride);
            TNumber[] values = Numbers(seed + 1, (steps + 1) * valuesStride);
            TNumber[] sums = Numbers(seed + 2, (rows + 1) * sumsStride);
            TNumber[] expected = [.. sums];
            for (int i = 0; i < rows * columns; i++)
            {
                (int row, int column) = (i / columns, i % columns);
                expected[(row * sumsStride) + column] += Dot(
                    steps, step => input[(step * inputStride) + row], step => values[(step * valuesStride) + column]);
            }

            OuterProduct<TNumber, TVector, TLanes>.Add(
                ref sums[0], sumsStride, ref input[0], inputStride, rows, ref values[0], valuesStride, columns, steps);
            Assert.Equal(expected, sums);
        }, iter: Iterations);

    [Fact]
    public void WeightGradient_IsOneOuterProductForEachKindOfWeight() => Cells.Sample((p, d, steps, seed) =>
    {
        CellTiles tiles = Tiles(p, d);
        TNumber[] x = Numbers(seed, (steps + 1) * (p + 1));
        TNumber[] before = Numbers(seed + 1, (steps + 1) * (d + 3));
        TNumber[] dZ = Numbers(seed + 2, (steps + 1) * tiles.Lanes);
        TNumber[] gradient = Numbers(seed + 3, tiles.Lanes * tiles.Rows);
        TNumber[] expected = [.. gradient];
        foreach ((int gate, int unit, int line) in Weights(tiles))
        {
            expected[tiles.Weight(gate, unit, line)] += Dot(
                steps,
                step => line == 0 ? TNumber.One : line <= p ? x[(step * (p + 1)) + line - 1] : before[(step * (d + 3)) + line - 1 - p],
                step => dZ[(step * tiles.Lanes) + Lane(tiles, gate, unit)]);
        }

        WeightGradient<TNumber, TVector, TLanes>.Add(in tiles, ref gradient[0], ref x[0], p + 1, ref before[0], d + 3, steps, ref dZ[0]);
        Assert.Equal(expected, gradient);
    }, iter: Iterations);

    [Fact]
    public void InputGradient_HalvesSixteenPartialSums_WithoutPadding() => Cells.Sample((p, d, rows, seed) =>
    {
        CellTiles tiles = Tiles(p, d);
        TNumber[] w = Numbers(seed, tiles.Lanes * tiles.Rows);
        TNumber[] dZ = Numbers(seed + 1, (rows + 1) * tiles.Lanes);
        TNumber[] dX = Numbers(seed + 2, (rows + 1) * (p + 2));
        TNumber[] expected = [.. dX];
        (int Gate, int Unit)[] places = [.. Weights(tiles).Take(tiles.Lanes).OrderBy(weight => Lane(tiles, weight.Gate, weight.Unit))
            .Select(weight => (weight.Gate, weight.Unit))];
        for (int i = 0; i < rows * p; i++)
        {
            (int row, int input) = (i / p, i % p);
            TNumber[] partial = new TNumber[16];
            for (int lane = 0; lane < tiles.Lanes; lane++)
            {
                (int gate, int unit) = places[lane];
                ref TNumber weight = ref w[tiles.Weight(gate, unit, 1 + input)];
                if (unit < tiles.Hidden)
                {
                    partial[lane % 16] = TOne.MultiplyAdd(weight, dZ[(row * tiles.Lanes) + lane], partial[lane % 16]);
                }
                else
                {
                    weight = TNumber.CreateChecked(double.NaN);
                }
            }

            expected[(row * (p + 2)) + input] = Halved(partial);
        }

        InputGradient<TNumber, TVector, TLanes>.Compute(in tiles, ref w[0], ref dZ[0], rows, ref dX[0], p + 2);
        Assert.Equal(expected, dX);
    }, iter: Iterations);

    [Fact]
    public void Readout_SumsForwardBackwardAndBias_WithoutPadding() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 4], PartialSums, Gen.Int).Sample((outputs, tiles, steps, partialSums, seed) =>
        {
            int padded = tiles * partialSums, hidden = padded - (seed & 3);
            TNumber[] v = Numbers(seed, outputs * padded), c = Numbers(seed + 1, outputs), wm = Numbers(seed + 2, (steps + 1) * (padded + 1));
            TNumber[] y = new TNumber[(steps + 1) * outputs], dWm = new TNumber[(steps + 1) * padded], dC = [.. c];
            (TNumber[] expectedY, TNumber[] expectedDWm, TNumber[] expectedDC) = ([.. y], [.. dWm], [.. dC]);
            TNumber[] dY = Numbers(seed + 3, (steps + 1) * outputs);
            for (int i = 0; i < steps * outputs; i++)
            {
                (int step, int row) = (i / outputs, i % outputs);
                TNumber Existing(TNumber[] numbers, int start, int unit) => unit < hidden ? numbers[start + unit] : TNumber.Zero;
                expectedY[i] = c[row] + Halved([.. Enumerable.Range(0, partialSums).Select(sum => Dot(
                    tiles, tile => Existing(v, row * padded, (tile * partialSums) + sum),
                    tile => Existing(wm, step * (padded + 1), (tile * partialSums) + sum)))]);
            }

            for (int i = 0; i < steps * padded; i++)
            {
                expectedDWm[i] = Dot(outputs, row => v[(row * padded) + (i % padded)], row => dY[(i / padded * outputs) + row]);
            }

            for (int row = 0; row < outputs; row++)
            {
                expectedDC[row] += Dot(steps, _ => TNumber.One, step => dY[(step * outputs) + row]);
            }

            Readout<TNumber, TVector, TLanes>.Forward(
                ref v[0], ref c[0], ref wm[0], padded + 1, steps, ref y[0], outputs, hidden, padded, partialSums);
            Readout<TNumber, TVector, TLanes>.Backward(ref v[0], ref dY[0], steps, ref dWm[0], outputs, padded);
            Readout<TNumber, TVector, TLanes>.BiasGradient(ref dC[0], ref dY[0], steps, outputs);
            for (int i = hidden; i < padded; i++)
            {
                (v[i], wm[i]) = (TNumber.CreateChecked(double.NaN), TNumber.CreateChecked(double.PositiveInfinity));
            }

            TNumber[] again = new TNumber[y.Length];
            Readout<TNumber, TVector, TLanes>.Forward(
                ref v[0], ref c[0], ref wm[0], padded + 1, steps, ref again[0], outputs, hidden, padded, partialSums);
            Assert.Equal(expectedY, again);
            Assert.Equal(expectedY, y);
            Assert.Equal(expectedDWm, dWm);
            Assert.Equal(expectedDC, dC);
        }, iter: Iterations);

    private static CellTiles Tiles(int p, int d)
    {
        int sixteens = (d + 3) / 16;
        int left = d - (16 * sixteens);
        return new CellTiles(p, d, sixteens, left >= 5 ? 1 : 0, left is > 8 or (> 0 and < 5) ? 1 : 0);
    }

    /// <summary>The columns of each kind of tile.</summary>
    private static IEnumerable<(int First, int End)> Runs(CellTiles tiles) => new[]
    {
        (0, tiles.FirstOfEight), (tiles.FirstOfEight, tiles.FirstOfFour), (tiles.FirstOfFour, tiles.Padded),
    }.Where(run => run.Item1 < run.Item2);

    /// <summary>Where a gate stands in a row of all gates.</summary>
    private static int Lane(CellTiles tiles, int gate, int unit)
    {
        int first = unit < tiles.FirstOfEight ? unit / 16 * 16 : unit < tiles.FirstOfFour ? tiles.FirstOfEight : tiles.FirstOfFour;
        return (4 * first) + (gate * tiles.Units(unit)) + (unit - first);
    }

    /// <summary>Every weight, line by line.</summary>
    private static IEnumerable<(int Gate, int Unit, int Line)> Weights(CellTiles tiles) =>
        from line in Enumerable.Range(0, tiles.Rows)
        from gate in Enumerable.Range(0, 4)
        from unit in Enumerable.Range(0, tiles.Padded)
        select (gate, unit, line);

    /// <summary>The sum of some products, from the first to the last.</summary>
    private static TNumber Dot(int count, Func<int, TNumber> a, Func<int, TNumber> b)
    {
        TNumber sum = TNumber.Zero;
        for (int i = 0; i < count; i++)
        {
            sum = TOne.MultiplyAdd(a(i), b(i), sum);
        }

        return sum;
    }

    private static TNumber Halved(TNumber[] sums) =>
        sums.Length == 1 ? sums[0] : Halved([.. Enumerable.Range(0, sums.Length / 2).Select(i => sums[i] + sums[i + (sums.Length / 2)])]);

    private static TNumber[] Numbers(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => TNumber.CreateTruncating(random.NextDouble() - 0.5))];
    }
}

public class FusedFloat256ProductTests : KernelProductTests<float, Vector256<float>, FusedFloat256, FusedFloatScalar>;

public class FusedFloat128ProductTests : KernelProductTests<float, Vector128<float>, FusedFloat128, FusedFloatScalar>;

public class FusedFloatScalarProductTests : KernelProductTests<float, float, FusedFloatScalar, FusedFloatScalar>;

public class FusedDouble256ProductTests : KernelProductTests<double, Vector256<double>, FusedDouble256, FusedDoubleScalar>;

public class FusedDouble128ProductTests : KernelProductTests<double, Vector128<double>, FusedDouble128, FusedDoubleScalar>;

public class FusedDoubleScalarProductTests : KernelProductTests<double, double, FusedDoubleScalar, FusedDoubleScalar>;

public class PortableFloat512ProductTests : KernelProductTests<float, Vector512<float>, PortableFloat512, PortableFloatScalar>;

public class PortableDouble512ProductTests : KernelProductTests<double, Vector512<double>, PortableDouble512, PortableDoubleScalar>;
