using System;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <content>The product of many sequences.</content>
public abstract partial class KernelProductTests<TNumber, TVector, TLanes, TOne>
{
    /// <summary>The sizes are type arguments; inputs and units leave every rest of four in an iteration, for one partial sum and for two.</summary>
    [Fact]
    public void SequenceProduct_SumsInputsInOrder_EachInItsPartialSum()
    {
        if (Iterations == 0)
        {
            return;
        }

        SumsOf<One, Three>();
        SumsOf<Two, Four>();
        SumsOf<Three, One>();
        SumsOf<Six, Sixteen>();
        SumsOf<Eight, Six>();

        static void SumsOf<TInput, THidden>()
            where TInput : struct, ICount
            where THidden : struct, ICount
        {
            CheckSums<SumsShape<TInput, THidden, One>, Four, Two>(1);
            CheckSums<SumsShape<TInput, THidden, Two>, Four, Three>(2);
            CheckSums<SumsShape<TInput, THidden, One>, Eight, Four>(3);
            CheckSums<SumsShape<TInput, THidden, Two>, Eight, Two>(4);
            CheckSums<SumsShape<TInput, THidden, One>, Sixteen, Three>(5);
            CheckSums<SumsShape<TInput, THidden, Two>, Sixteen, Four>(6);
        }
    }

    private static void CheckSums<TShape, TUnits, TSequences>(int seed)
        where TShape : struct, ICellShape
        where TUnits : struct, ICount
        where TSequences : struct, ICount
    {
        (int p, int d, int columns, int count) = (TShape.Input, TShape.Hidden, 4 * TUnits.Value, 3 * TSequences.Value);
        TNumber[] rows = Numbers(seed, (1 + p + d) * columns);
        TNumber[] x = Numbers(seed + 1, count * (p + 1)), wm = Numbers(seed + 2, count * TShape.StateStride);
        TNumber[] z = new TNumber[count * columns], zOfInputs = new TNumber[count * (columns + 3)];
        TNumber[] expected = [.. z], expectedOfInputs = [.. zOfInputs];
        for (int i = 0; i < count * columns; i++)
        {
            (int n, int column) = (i / columns, i % columns);
            expectedOfInputs[(n * (columns + 3)) + column] = Sum(n, column, p);
            expected[i] = Sum(n, column, p + d);
        }

        SequenceProduct<TNumber, TVector, TLanes, TShape>.Sums<TUnits, TSequences>(ref rows[0], ref x[0], p + 1, ref wm[0], count, ref z[0]);
        SequenceProduct<TNumber, TVector, TLanes, TShape>.InputSums<TUnits, TSequences>(
            ref rows[0], ref x[0], p + 1, count, ref zOfInputs[0], columns + 3);
        Assert.Equal(expected, z);
        Assert.Equal(expectedOfInputs, zOfInputs);

        TNumber Sum(int n, int column, int inputs)
        {
            TNumber[] partial = [rows[column], TNumber.Zero];
            for (int k = 0; k < inputs; k++)
            {
                ref TNumber sum = ref partial[(k < p ? k : k - p) % TShape.PartialSums];
                sum = TOne.MultiplyAdd(rows[((1 + k) * columns) + column], k < p ? x[(n * (p + 1)) + k] : wm[(n * TShape.StateStride) + k - p], sum);
            }

            return TShape.PartialSums == 1 ? partial[0] : partial[0] + partial[1];
        }
    }

    /// <summary>The sizes that a product of many sequences asks for.</summary>
    private readonly struct SumsShape<TInput, THidden, TPartialSums> : ICellShape
        where TInput : struct, ICount
        where THidden : struct, ICount
        where TPartialSums : struct, ICount
    {
        public static int Input => TInput.Value;

        public static int Hidden => THidden.Value;

        public static int Padded => (Hidden + 3) / 4 * 4;

        public static int PartialSums => TPartialSums.Value;

        public static int StateStride => Hidden + 2;

        public static int Record => throw new NotSupportedException();

        public static int Slopes => throw new NotSupportedException();

        public static int TanhLtm => throw new NotSupportedException();

        public static int TanhLtmSlope => throw new NotSupportedException();

        public static int Ltm => throw new NotSupportedException();

        public static int Wm => throw new NotSupportedException();
    }
}
