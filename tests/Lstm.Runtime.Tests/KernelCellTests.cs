using System;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>
/// The equations of one cell, p = 5 and d = 29, in vectors of units and one unit at a time, bit for bit against a plain loop over single numbers.
/// It has two tiles of 16 units, the second with padding.
/// </summary>
public abstract class KernelCellTests<TNumber, TVector, TLanes, TEquations, TOne, TOneEquations, TShape>
    where TNumber : unmanaged, INumberBase<TNumber>
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TEquations : struct, ICellEquations<TVector>
    where TOne : struct, ILanes<TNumber, TNumber>
    where TOneEquations : struct, ICellEquations<TNumber>
    where TShape : struct, ICellShape
{
    private const int Steps = 5;
    private const int Sequences = 6;

    private static readonly CellTiles Tiles = new(TShape.Input, TShape.Hidden, 2, 0, 0);
    private static readonly TNumber[] W = Weights();

    private static bool Skips => TLanes.Count == Vector256<TNumber>.Count && !Width.Is256;

    [Fact]
    public void LoopedCell_RunsTheEquationsInOrder()
    {
        (TNumber[] x, TNumber[] state) = (Numbers(1, Steps * TShape.Input), State(2));
        TNumber[] expectedState = [.. state], record = new TNumber[Steps * TShape.Record], expectedRecord = [.. record];
        TNumber[] wm = new TNumber[Steps * TShape.Hidden];
        LoopedCell<TNumber, TNumber, TOne, TOneEquations, TShape>.Run<RecordedSequence>(
            in Tiles, ref W[0], ref x[0], TShape.Input, Steps, ref state[0], ref wm[0], TShape.Hidden, ref record[0]);
        for (int step = 0; step < Steps; step++)
        {
            Step(x.AsSpan(step * TShape.Input), expectedState, expectedRecord.AsSpan(step * TShape.Record));
            Assert.Equal(expectedState.AsSpan(TShape.Padded, TShape.Hidden), wm.AsSpan(step * TShape.Hidden, TShape.Hidden));
        }

        Assert.Equal(expectedState, state);
        Assert.Equal(expectedRecord, record);
    }

    [Fact]
    public void Gates_OfManySequencesEqualThoseOfEach()
    {
        if (Skips)
        {
            return;
        }

        TNumber[] x = Numbers(3, Sequences * TShape.Input), record = new TNumber[Sequences * TShape.Record], expectedRecord = [.. record];
        TNumber[] states = [.. Enumerable.Range(0, Sequences).SelectMany(State)], expectedStates = [.. states];
        TNumber[] z = new TNumber[Sequences * 64], next = new TNumber[Sequences * TShape.Padded];
        for (int first = 0; first < TShape.Padded; first += 16)
        {
            SequenceProduct<TNumber, TVector, TLanes, TShape>.Sums<Sixteen, Three>(
                ref W[Tiles.Tile(first)], ref x[0], TShape.Input, ref states[TShape.Padded], Sequences, ref z[0]);
            for (int i = 0; i < 16; i += TLanes.Count)
            {
                UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>.Gates<RecordedSequence, Sixteen>(
                    ref z[i], first + i, (4 * first) + i, Sequences, ref states[0], ref next[0], TShape.Padded, ref record[0]);
            }
        }

        for (int n = 0; n < Sequences; n++)
        {
            next.AsSpan(n * TShape.Padded, TShape.Padded).CopyTo(states.AsSpan((n * TShape.StateStride) + TShape.Padded));
            Span<TNumber> state = expectedStates.AsSpan(n * TShape.StateStride, TShape.StateStride);
            Step(x.AsSpan(n * TShape.Input), state, expectedRecord.AsSpan(n * TShape.Record));
        }

        Assert.Equal(expectedStates, states);
        Assert.Equal(expectedRecord, record);
    }

    [Fact]
    public void GateGradients_EqualThoseOfSingleNumbers()
    {
        if (Skips)
        {
            return;
        }

        TNumber[] now = Numbers(5, TShape.Record), before = Numbers(6, TShape.Padded), dWm = Numbers(7, TShape.Padded);
        TNumber[] dState = Numbers(8, 2 * TShape.Padded), dZ = new TNumber[4 * TShape.Padded], expectedDState = [.. dState], expectedDZ = [.. dZ];
        for (int unit = 0; unit < TShape.Padded; unit++)
        {
            int lane = (unit / 16 * 64) + (unit % 16);
            UnitVectors<TNumber, TNumber, TOne, TOneEquations, TShape>.GateGradients(
                ref now[0], ref before[0], ref dWm[0], ref expectedDState[0], ref expectedDZ[0], 16, unit, lane);
            if (unit % TLanes.Count == 0)
            {
                UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>.GateGradients(
                    ref now[0], ref before[0], ref dWm[0], ref dState[0], ref dZ[0], 16, unit, lane);
            }
        }

        Assert.Equal(expectedDState, dState);
        Assert.Equal(expectedDZ, dZ);
    }

    /// <summary>Equations (1) to (6), a unit at a time, and their record.</summary>
    private static void Step(ReadOnlySpan<TNumber> x, Span<TNumber> state, Span<TNumber> record)
    {
        TNumber[] wm = state[TShape.Padded..].ToArray();
        for (int unit = 0; unit < TShape.Padded; unit++)
        {
            TNumber[] z = [.. Enumerable.Repeat(TNumber.Zero, 4)], values = [.. z], slopes = [.. z];
            for (int gate = 0; gate < 4; gate++)
            {
                TNumber[] partial = [W[Tiles.Weight(gate, unit, 0)], TNumber.Zero];
                for (int k = 0; k < TShape.Input + TShape.Hidden; k++)
                {
                    bool isX = k < TShape.Input;
                    ref TNumber sum = ref partial[(isX ? k : k - TShape.Input) % TShape.PartialSums];
                    sum = TOne.MultiplyAdd(W[Tiles.Weight(gate, unit, 1 + k)], isX ? x[k] : wm[k - TShape.Input], sum);
                }

                z[gate] = unit < TShape.Hidden ? partial[0] + partial[1] : TNumber.Zero;
                values[gate] = gate < 3 ? TOneEquations.Gate(z[gate], out slopes[gate]) : TOneEquations.Tanh(z[gate], out slopes[gate]);
                int lane = (unit / 16 * 64) + (gate * 16) + (unit % 16);
                record[lane] = gate < 3 ? TOneEquations.GateValue(values[gate]) : TOneEquations.TanhValue(values[gate]);
                if (TOneEquations.RecordsSlopes)
                {
                    record[TShape.Slopes + lane] = slopes[gate];
                }
            }

            TNumber ltm = TOneEquations.LongTermMemory(values[0], values[1], values[3], state[unit]);
            TNumber tanh = TOneEquations.Tanh(ltm, out TNumber slope);
            state[unit] = record[TShape.Ltm + unit] = ltm;
            state[TShape.Padded + unit] = record[TShape.Wm + unit] = TOneEquations.WorkingMemory(values[2], tanh);
            record[TShape.TanhLtm + unit] = TOneEquations.TanhValue(tanh);
            if (TOneEquations.RecordsSlopes)
            {
                record[TShape.TanhLtmSlope + unit] = slope;
            }
        }
    }

    private static TNumber[] Weights()
    {
        TNumber[] w = Numbers(0, Tiles.Lanes * Tiles.Rows);
        for (int i = 0; i < 4 * Tiles.Rows * (TShape.Padded - TShape.Hidden); i++)
        {
            w[Tiles.Weight(i % 4, TShape.Hidden + (i / (4 * Tiles.Rows)), i / 4 % Tiles.Rows)] = TNumber.Zero;
        }

        return w;
    }

    /// <summary>ltm and wm, with padding of 0.</summary>
    private static TNumber[] State(int seed) =>
        [.. Numbers(seed + 10, 2 * TShape.Padded).Select((number, i) => i % TShape.Padded < TShape.Hidden ? number : TNumber.Zero)];

    private static TNumber[] Numbers(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => TNumber.CreateTruncating(random.NextDouble() - 0.5))];
    }
}

/// <summary>p = 5, d = 29, two partial sums, no slopes on the tape.</summary>
public readonly struct StandardShape : ICellShape
{
    public static int Input => 5;

    public static int Hidden => 29;

    public static int Padded => 32;

    public static int PartialSums => 2;

    public static int StateStride => 64;

    public static int Record => 224;

    public static int Slopes => -1;

    public static int TanhLtm => 128;

    public static int TanhLtmSlope => -1;

    public static int Ltm => 160;

    public static int Wm => 192;
}

/// <summary>The same with one partial sum, and slopes on the tape.</summary>
public readonly struct StrictShape : ICellShape
{
    public static int Input => StandardShape.Input;

    public static int Hidden => StandardShape.Hidden;

    public static int Padded => StandardShape.Padded;

    public static int PartialSums => 1;

    public static int StateStride => StandardShape.StateStride;

    public static int Record => 384;

    public static int Slopes => 128;

    public static int TanhLtm => 256;

    public static int TanhLtmSlope => 288;

    public static int Ltm => 320;

    public static int Wm => 352;
}

public class FusedFloat256CellTests : KernelCellTests<
    float, Vector256<float>, FusedFloat256, FusedStandardFloat256, FusedFloatScalar, FusedStandardFloatScalar, StandardShape>;

public class FusedFloat128CellTests : KernelCellTests<
    float, Vector128<float>, FusedFloat128, FusedStrictFloat128, FusedFloatScalar, FusedStrictFloatScalar, StrictShape>;

public class PortableFloat512CellTests : KernelCellTests<
    float, Vector512<float>, PortableFloat512, PortableStandardFloat512, PortableFloatScalar, PortableStandardFloatScalar, StandardShape>;

public class FusedDouble256CellTests : KernelCellTests<
    double, Vector256<double>, FusedDouble256, FusedStandardDouble256, FusedDoubleScalar, FusedStandardDoubleScalar, StandardShape>;

public class PortableDouble512CellTests : KernelCellTests<
    double, Vector512<double>, PortableDouble512, PortableStrictDouble512, PortableDoubleScalar, PortableStrictDoubleScalar, StrictShape>;
