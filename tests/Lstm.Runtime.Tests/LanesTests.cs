using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>
/// The vector operations and activations give the bits of those on single numbers: at every width, in both arithmetics and accuracies, for floats
/// and doubles. Fused 512 bits run only where the machine has them, portable 512 bits everywhere.
/// </summary>
public class LanesTests
{
    private const int Numbers = 4096;

    /// <summary>An operation on up to four vectors. The last argument is the place of their first number.</summary>
    private delegate TVector Operation<TVector>(TVector a, TVector b, TVector c, TVector d, int place);

    [Fact]
    public void Vectors128_GiveTheBitsOfSingleNumbers()
    {
        Same<float, Vector128<float>, FusedFloat128, FusedStandardFloat128, FusedFloatScalar, FusedStandardFloatScalar>();
        Same<float, Vector128<float>, FusedFloat128, FusedStrictFloat128, FusedFloatScalar, FusedStrictFloatScalar>();
        Same<double, Vector128<double>, FusedDouble128, FusedStandardDouble128, FusedDoubleScalar, FusedStandardDoubleScalar>();
        Same<double, Vector128<double>, FusedDouble128, FusedStrictDouble128, FusedDoubleScalar, FusedStrictDoubleScalar>();
        Same<float, Vector128<float>, PortableFloat128, PortableStandardFloat128, PortableFloatScalar, PortableStandardFloatScalar>();
        Same<float, Vector128<float>, PortableFloat128, PortableStrictFloat128, PortableFloatScalar, PortableStrictFloatScalar>();
        Same<double, Vector128<double>, PortableDouble128, PortableStandardDouble128, PortableDoubleScalar, PortableStandardDoubleScalar>();
        Same<double, Vector128<double>, PortableDouble128, PortableStrictDouble128, PortableDoubleScalar, PortableStrictDoubleScalar>();
    }

    [Fact]
    public void Vectors256_GiveTheBitsOfSingleNumbers()
    {
        if (Width.Is256)
        {
            Same<float, Vector256<float>, FusedFloat256, FusedStandardFloat256, FusedFloatScalar, FusedStandardFloatScalar>();
            Same<float, Vector256<float>, FusedFloat256, FusedStrictFloat256, FusedFloatScalar, FusedStrictFloatScalar>();
            Same<double, Vector256<double>, FusedDouble256, FusedStandardDouble256, FusedDoubleScalar, FusedStandardDoubleScalar>();
            Same<double, Vector256<double>, FusedDouble256, FusedStrictDouble256, FusedDoubleScalar, FusedStrictDoubleScalar>();
        }

        Same<float, Vector256<float>, PortableFloat256, PortableStandardFloat256, PortableFloatScalar, PortableStandardFloatScalar>();
        Same<float, Vector256<float>, PortableFloat256, PortableStrictFloat256, PortableFloatScalar, PortableStrictFloatScalar>();
        Same<double, Vector256<double>, PortableDouble256, PortableStandardDouble256, PortableDoubleScalar, PortableStandardDoubleScalar>();
        Same<double, Vector256<double>, PortableDouble256, PortableStrictDouble256, PortableDoubleScalar, PortableStrictDoubleScalar>();
    }

    [Fact]
    public void Vectors512_GiveTheBitsOfSingleNumbers()
    {
        if (Width.Is512)
        {
            Same<float, Vector512<float>, FusedFloat512, FusedStandardFloat512, FusedFloatScalar, FusedStandardFloatScalar>();
            Same<float, Vector512<float>, FusedFloat512, FusedStrictFloat512, FusedFloatScalar, FusedStrictFloatScalar>();
            Same<double, Vector512<double>, FusedDouble512, FusedStandardDouble512, FusedDoubleScalar, FusedStandardDoubleScalar>();
            Same<double, Vector512<double>, FusedDouble512, FusedStrictDouble512, FusedDoubleScalar, FusedStrictDoubleScalar>();
        }

        Same<float, Vector512<float>, PortableFloat512, PortableStandardFloat512, PortableFloatScalar, PortableStandardFloatScalar>();
        Same<float, Vector512<float>, PortableFloat512, PortableStrictFloat512, PortableFloatScalar, PortableStrictFloatScalar>();
        Same<double, Vector512<double>, PortableDouble512, PortableStandardDouble512, PortableDoubleScalar, PortableStandardDoubleScalar>();
        Same<double, Vector512<double>, PortableDouble512, PortableStrictDouble512, PortableDoubleScalar, PortableStrictDoubleScalar>();
    }

    [Fact]
    public void VectorsOfSeveralGates_GiveTheBitsOfEachGate()
    {
        float[] x = Samples<float>(seed: 5);
        if (Width.Is256)
        {
            float[] pairs = Run<float, Vector256<float>, FusedFloat256>((a, _, _, _, _) => FusedStandardFloat256.FocusAndCand(a, 16777216f), x);
            AssertGates<FusedStandardFloatScalar>(x, pairs, lanes: 8, sigmas: 4);
        }

        if (Width.Is512)
        {
            float[] two = Run<float, Vector512<float>, FusedFloat512>((a, _, _, _, _) => FusedStandardFloat512.FocusAndCand(a, 16777216f), x);
            AssertGates<FusedStandardFloatScalar>(x, two, lanes: 16, sigmas: 8);
            float[] four = Run<float, Vector512<float>, FusedFloat512>((a, _, _, _, _) => FusedStandardFloat512.AllGates(a, 16777216f), x);
            AssertGates<FusedStandardFloatScalar>(x, four, lanes: 16, sigmas: 12);
        }

        float[] portable = Run<float, Vector256<float>, PortableFloat256>((a, _, _, _, _) => PortableStandardFloat256.FocusAndCand(a, 16777216f), x);
        AssertGates<PortableStandardFloatScalar>(x, portable, lanes: 8, sigmas: 4);
        float[] wide = Run<float, Vector512<float>, PortableFloat512>((a, _, _, _, _) => PortableStandardFloat512.FocusAndCand(a, 16777216f), x);
        AssertGates<PortableStandardFloatScalar>(x, wide, lanes: 16, sigmas: 8);
        float[] all = Run<float, Vector512<float>, PortableFloat512>((a, _, _, _, _) => PortableStandardFloat512.AllGates(a, 16777216f), x);
        AssertGates<PortableStandardFloatScalar>(x, all, lanes: 16, sigmas: 12);
    }

    [Fact]
    public void ScaleAndMargin_ChangeNoBitOfAValue()
    {
        foreach (float x in Samples<float>(seed: 6))
        {
            float fused = FusedStrictFloatScalar.Sigma(x, 1f, 14, out _);
            float portable = PortableStrictFloatScalar.Sigma(x, 1f, 14, out _);
            for (int power = 0; power <= 14; power++)
            {
                int margin = 14 - (2 * (power % 8));
                Assert.Equal(fused, FusedStrictFloatScalar.Sigma(x, 1 << power, margin, out _));
                Assert.Equal(portable, PortableStrictFloatScalar.Sigma(x, 1 << power, margin, out _));
                Assert.Equal(FusedStrictFloatScalar.Tanh(x, 1f, out _), FusedStrictFloatScalar.Tanh(x, 1 << power, out _));
                Assert.Equal(PortableStrictFloatScalar.Tanh(x, 1f, out _), PortableStrictFloatScalar.Tanh(x, 1 << power, out _));
            }

            for (int power = 24; power <= 58; power++)
            {
                Assert.Equal(FusedStandardFloatScalar.TanhOfHalf(x, 1L << 24), FusedStandardFloatScalar.TanhOfHalf(x, 1L << power));
                Assert.Equal(PortableStandardFloatScalar.HalfTanh(x, 1L << 24), PortableStandardFloatScalar.HalfTanh(x, 1L << power));
            }
        }
    }

    [Fact]
    public void State_IsReadFromMemoryForOneStepAndKeptInASequence()
    {
        float[] memory = { 1, 2, 3, 4 };
        Vector128<float> kept = Vector128.Create(5f, 6f, 7f, 8f);
        Assert.Equal(Vector128.Create(1f, 2f, 3f, 4f), PortableFloat128.Kept<OneStep>(kept, ref memory[0], 0));
        Assert.Equal(kept, PortableFloat128.Kept<Sequence>(kept, ref memory[0], 0));
        Assert.Equal(Vector128.Create(3f), PortableFloat128.Lane<OneStep>(kept, 2, ref memory[0], 2));
        Assert.Equal(Vector128.Create(7f), PortableFloat128.Lane<RecordedSequence>(kept, 2, ref memory[0], 2));
    }

    private static void AssertGates<TEquations>(float[] x, float[] actual, int lanes, int sigmas)
        where TEquations : struct, ICellEquations<float>
    {
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(i % lanes < sigmas ? TEquations.Gate(x[i], out _) : TEquations.Tanh(x[i], out _), actual[i]);
        }
    }

    private static void Same<TNumber, TVector, TLanes, TEquations, TOne, TOneEquations>()
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        where TVector : struct
        where TLanes : struct, ILanes<TNumber, TVector>
        where TEquations : struct, ICellEquations<TVector>
        where TOne : struct, ILanes<TNumber, TNumber>
        where TOneEquations : struct, ICellEquations<TNumber>
    {
        TNumber[][] operands = Enumerable.Range(1, 4).Select(Samples<TNumber>).ToArray();
        Dictionary<string, Operation<TVector>> wide = Operations<TNumber, TVector, TLanes, TEquations>(operands[3]);
        foreach ((string name, Operation<TNumber> one) in Operations<TNumber, TNumber, TOne, TOneEquations>(operands[3]))
        {
            TNumber[] expected = Run<TNumber, TNumber, TOne>(one, operands);
            TNumber[] actual = Run<TNumber, TVector, TLanes>(wide[name], operands);
            for (int i = 0; i < expected.Length; i++)
            {
                // A float converts to double without loss, and 0 from -0 the sign tells: this compares bits, but any NaN for any.
                bool equal = double.CreateChecked(expected[i]).Equals(double.CreateChecked(actual[i]));
                bool sameSign = TNumber.IsNaN(expected[i]) || TNumber.IsNegative(expected[i]) == TNumber.IsNegative(actual[i]);
                Assert.True(equal && sameSign, $"{typeof(TEquations).Name}.{name}({operands[0][i]}): {actual[i]}, one by one {expected[i]}");
            }
        }

        Assert.Equal(HalvingSum(operands[0].AsSpan(64, TLanes.Count)), TLanes.Sum(TLanes.Load(ref operands[0][64], 0)));
        Assert.Equal(TNumber.Zero, TLanes.Sum(TLanes.Zero));
    }

    private static Dictionary<string, Operation<TVector>> Operations<TNumber, TVector, TLanes, TEquations>(TNumber[] memory)
        where TNumber : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TNumber, TVector>
        where TEquations : struct, ICellEquations<TVector> => new()
        {
            ["Gate"] = (a, _, _, _, _) => TEquations.Gate(a, out _),
            ["Tanh"] = (a, _, _, _, _) => TEquations.Tanh(a, out _),
            ["slope of Gate"] = (a, _, _, _, _) => Second(TEquations.Gate(a, out TVector slope), slope),
            ["slope of Tanh"] = (a, _, _, _, _) => Second(TEquations.Tanh(a, out TVector slope), slope),
            ["LongTermMemory"] = (a, b, c, d, _) => TEquations.LongTermMemory(a, b, c, d),
            ["WorkingMemory"] = (a, b, _, _, _) => TEquations.WorkingMemory(a, b),
            ["GateValue"] = (a, _, _, _, _) => TEquations.GateValue(a),
            ["TanhValue"] = (a, _, _, _, _) => TEquations.TanhValue(a),
            ["GateSlope"] = (a, _, _, _, _) => TEquations.GateSlope(a),
            ["TanhSlope"] = (a, _, _, _, _) => TEquations.TanhSlope(a),
            ["Add"] = (a, b, _, _, _) => TLanes.Add(a, b),
            ["Multiply"] = (a, b, _, _, _) => TLanes.Multiply(a, b),
            ["MultiplyAdd"] = (a, b, c, _, _) => TLanes.MultiplyAdd(a, b, c),
            ["AddProduct"] = (a, b, _, _, place) => TLanes.AddProduct(ref memory[0], place, a, b),
            ["Broadcast"] = (_, _, _, _, _) => TLanes.Broadcast(ref memory[0], 100),
            ["WithoutPadding"] = (a, _, _, _, place) => TLanes.WithoutPadding(a, place, 1003),
            ["Masked"] = (a, _, _, _, place) => TLanes.Masked(a, ref Mask<TNumber>()[0], place),
        };

    /// <summary>Two numbers of three with all bits set, the third with none.</summary>
    private static TNumber[] Mask<TNumber>()
        where TNumber : unmanaged
    {
        TNumber[] mask = new TNumber[2 * Numbers];
        MemoryMarshal.AsBytes(mask.AsSpan()).Fill(byte.MaxValue);
        for (int i = 0; i < mask.Length; i += 3)
        {
            mask[i] = default;
        }

        return mask;
    }

    private static TNumber[] Run<TNumber, TVector, TLanes>(Operation<TVector> operation, params TNumber[][] operands)
        where TNumber : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TNumber, TVector>
    {
        TNumber[] results = new TNumber[Numbers];
        for (int i = 0; i < Numbers; i += TLanes.Count)
        {
            TVector Operand(int which) => TLanes.Load(ref operands[which % operands.Length][0], i);
            TLanes.Store(ref results[0], i, operation(Operand(0), Operand(1), Operand(2), Operand(3), i));
        }

        return results;
    }

    /// <summary>Special values, then numbers of all sizes and numbers where the activations are not yet saturated.</summary>
    private static TNumber[] Samples<TNumber>(int seed)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        double[] special =
        {
            double.NaN, double.PositiveInfinity, 0, 1e-45, 3e-39, 1e-38, 5e-324, 1e-310, 1e38, 1e300, 8.02, 16.04, 34, 61, 87.5, 88, 103.9, 104,
            104.1, 708, 745.2, 746,
        };
        var random = new Random(seed);
        IEnumerable<double> many = Enumerable.Range(0, Numbers).Select(i => i % 4 == 0
            ? Math.ScaleB(random.NextDouble() - 0.5, random.Next(-160, 140))
            : (random.NextDouble() - 0.5) * (i % 4 == 1 ? 1700 : i % 4 == 2 ? 240 : 20));
        double[] samples = special.SelectMany(x => new[] { x, -x }).Concat(many).Take(Numbers).ToArray();

        // In another order for each seed: an odd stride meets every one of 2^n numbers.
        return samples.Select((_, i) => TNumber.CreateTruncating(samples[i * ((2 * seed) + 1) % Numbers])).ToArray();
    }

    /// <summary>The sum by halving: lane i is added to lane i + n/2, until two are left.</summary>
    private static TNumber HalvingSum<TNumber>(ReadOnlySpan<TNumber> numbers)
        where TNumber : unmanaged, INumber<TNumber>
    {
        TNumber[] sums = numbers.ToArray();
        for (int half = sums.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }

    private static T Second<T>(T first, T second) => second;
}
