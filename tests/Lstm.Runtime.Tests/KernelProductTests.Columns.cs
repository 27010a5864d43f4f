using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <content>The product whose sizes are constants: U^T dZ.</content>
public abstract partial class KernelProductTests<TNumber, TVector, TLanes, TOne>
{
    // Tiles of 16, 8 and 4 units, alone and behind each other; whole and with padding.
    [Fact]
    public void ColumnProduct_SumsUnitsInOrder_OverTheHeadOfATape()
    {
        AssertColumns<One>();
        AssertColumns<Six>();
        AssertColumns<Eight>();
        AssertColumns<Sum<Eight, One>>();
        AssertColumns<Sum<Eight, Six>>();
        AssertColumns<Sixteen>();
        AssertColumns<Sum<Sixteen, Four>>();
        AssertColumns<Sum<Sixteen, Sum<Eight, Three>>>();
        AssertColumns<Sum<Sum<Sixteen, Sixteen>, Sum<Sixteen, One>>>();
        AssertColumns<Sum<Sum<Sixteen, Sixteen>, Sum<Sum<Sixteen, Sixteen>, Eight>>>();
    }

    private static void AssertColumns<THidden>()
        where THidden : struct, ICount => Gen.Select(Gen.Int[1, 14], Gen.Int[0, 17], Gen.Int).Sample((p, count, seed) =>
    {
        int d = THidden.Value;
        CellTiles tiles = Tiles(p, d);
        (int state, int record) = (Shape<THidden>.StateStride, (2 * tiles.Padded) + 5);
        TNumber[] w = Numbers(seed, tiles.Lanes * tiles.Rows), states = Numbers(seed + 1, (count + 1) * state);
        TNumber[] tape = Numbers(seed + 2, (d * tiles.Lanes) + ((count + 1) * record));
        foreach ((int gate, int unit, int line) in Weights(tiles).Where(weight => weight.Unit >= d))
        {
            w[tiles.Weight(gate, unit, line)] = TNumber.Zero;
        }

        TapeHead<TNumber>.Begin(in tiles, ref w[0], ref states[0], state, count, ref tape[0], record);
        for (int i = 0; i < count * 2 * tiles.Padded; i++)
        {
            (int n, int place) = (i / (2 * tiles.Padded), i % (2 * tiles.Padded));
            Assert.Equal(states[(n * state) + place], tape[(d * tiles.Lanes) + (n * record) + place]);
        }

        AssertColumns<THidden>(tiles, w, tape, count, seed);
    }, iter: Math.Min(Iterations, 5));

    private static void AssertColumns<THidden>(CellTiles tiles, TNumber[] w, TNumber[] tape, int count, int seed)
        where THidden : struct, ICount
    {
        (int d, int stride) = (THidden.Value, Shape<THidden>.StateStride);
        TNumber[] dZ = Numbers(seed + 3, (count + 1) * tiles.Lanes);
        TNumber[] many = new TNumber[(count + 1) * stride], one = [.. many], reversed = [.. many], expected = [.. many];
        foreach ((int first, int end) in Runs(tiles).Where(run => tiles.Units(run.First) >= TLanes.Count))
        {
            for (int i = 0; i < count * (Math.Min(d, end) - first); i++)
            {
                (int n, int column) = (i % count, first + (i / count));
                TNumber Gate(int gate) => Dot(
                    d, unit => w[tiles.Weight(gate, unit, 1 + tiles.Input + column)], unit => dZ[(n * tiles.Lanes) + Lane(tiles, gate, unit)]);
                expected[(n * stride) + column] = (Gate(0) + Gate(1)) + (Gate(2) + Gate(3));
            }

            ColumnProduct<TNumber, TVector, TLanes, Shape<THidden>>.BackMany(ref tape[0], ref dZ[0], count, ref many[0], first, end);
            for (int n = 0; n < count; n++)
            {
                ref TNumber dGates = ref dZ[n * tiles.Lanes];
                ColumnProduct<TNumber, TVector, TLanes, Shape<THidden>>.BackOne(
                    ref tape[0], ref dGates, ref one[n * stride], first, end, reverse: false);
                ColumnProduct<TNumber, TVector, TLanes, Shape<THidden>>.BackOne(
                    ref tape[0], ref dGates, ref reversed[n * stride], first, end, reverse: true);
            }
        }

        Assert.Equal(expected, many);
        Assert.Equal(expected, one);
        Assert.Equal(expected, reversed);
    }

    private readonly struct Sum<TLeft, TRight> : ICount
        where TLeft : struct, ICount
        where TRight : struct, ICount
    {
        public static int Value => TLeft.Value + TRight.Value;
    }

    /// <summary>What the product reads of a shape: the units, and the distance between sequences.</summary>
    private readonly struct Shape<THidden> : ICellShape
        where THidden : struct, ICount
    {
        public static int Input => 0;

        public static int Hidden => THidden.Value;

        public static int Padded => Tiles(1, Hidden).Padded;

        public static int PartialSums => 0;

        public static int StateStride => (2 * Padded) + 1;

        public static int Record => 0;

        public static int Slopes => 0;

        public static int TanhLtm => 0;

        public static int TanhLtmSlope => 0;

        public static int Ltm => 0;

        public static int Wm => 0;
    }
}
