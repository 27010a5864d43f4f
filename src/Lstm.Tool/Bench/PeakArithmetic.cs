using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Lstm.Kernels;

namespace Lstm.Tool.Bench;

/// <summary>How many multiply-adds of floats this core does at most, with vectors of the width that generated code runs.</summary>
internal static class PeakArithmetic
{
    private const int Turns = 20_000;
    private const int Sums = 12;
    private const int Rounds = 300;

    /// <summary>The vectors, for people.</summary>
    public static string VectorText => Width.Is512 ? "vectors of 16 floats"
        : Width.Is256 ? "vectors of 8 floats"
        : Width.Is128 ? "vectors of 4 floats"
        : "no vectors";

    /// <summary>Multiply-adds a nanosecond, in the fastest of the rounds; null without hardware for them.</summary>
    public static double? Measure()
    {
        if (Width.Is512)
        {
            return Measure<FusedFloat512, Vector512<float>>();
        }

        if (Width.Is256)
        {
            return Measure<FusedFloat256, Vector256<float>>();
        }

        return AdvSimd.IsSupported ? Measure<FusedFloat128, Vector128<float>>() : null;
    }

    private static double Measure<TLanes, TVector>()
        where TLanes : struct, ILanes<float, TVector>
        where TVector : struct
    {
        float[] numbers = new float[TLanes.Count];
        double fastest = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Run<TLanes, TVector>(numbers);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return (double)Turns * Sums * TLanes.Count / fastest;
    }

    /// <summary>Twelve sums: 2 units for multiply-adds x up to 5 cycles of latency, and some to spare.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(float[] numbers)
        where TLanes : struct, ILanes<float, TVector>
        where TVector : struct
    {
        ref float first = ref numbers[0];
        TVector a = TLanes.Load(ref first, 0);
        TVector s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int turn = 0; turn < Turns; turn++)
        {
            s0 = TLanes.MultiplyAdd(a, a, s0);
            s1 = TLanes.MultiplyAdd(a, a, s1);
            s2 = TLanes.MultiplyAdd(a, a, s2);
            s3 = TLanes.MultiplyAdd(a, a, s3);
            s4 = TLanes.MultiplyAdd(a, a, s4);
            s5 = TLanes.MultiplyAdd(a, a, s5);
            s6 = TLanes.MultiplyAdd(a, a, s6);
            s7 = TLanes.MultiplyAdd(a, a, s7);
            s8 = TLanes.MultiplyAdd(a, a, s8);
            s9 = TLanes.MultiplyAdd(a, a, s9);
            s10 = TLanes.MultiplyAdd(a, a, s10);
            s11 = TLanes.MultiplyAdd(a, a, s11);
        }

        TVector low = TLanes.Add(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)), TLanes.Add(s4, s5));
        TVector high = TLanes.Add(TLanes.Add(TLanes.Add(s6, s7), TLanes.Add(s8, s9)), TLanes.Add(s10, s11));
        TLanes.Store(ref first, 0, TLanes.Add(low, high));
    }
}
