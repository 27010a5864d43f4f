#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <content>The sums of a register tile, and their rows in memory.</content>
public static partial class SequenceProduct<TNumber, TVector, TLanes, TShape>
{
    /// <summary>Adds to the sums of each sequence those that are in z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TSequences, TVectors>(
        ref TNumber z, nint zStride,
        ref TVector s00, ref TVector s01, ref TVector s02, ref TVector s03, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s20, ref TVector s21, ref TVector s22, ref TVector s23, ref TVector s30, ref TVector s31, ref TVector s32, ref TVector s33)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        AddTo<TVectors>(ref z, ref s00, ref s01, ref s02, ref s03);
        AddTo<TVectors>(ref Unsafe.Add(ref z, zStride), ref s10, ref s11, ref s12, ref s13);
        if (TSequences.Value > 2)
        {
            AddTo<TVectors>(ref Unsafe.Add(ref z, 2 * zStride), ref s20, ref s21, ref s22, ref s23);
        }

        if (TSequences.Value > 3)
        {
            AddTo<TVectors>(ref Unsafe.Add(ref z, 3 * zStride), ref s30, ref s31, ref s32, ref s33);
        }
    }

    /// <summary>The sums of each sequence, to its place in z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSequences, TVectors>(
        ref TNumber z, nint zStride, TVector s00, TVector s01, TVector s02, TVector s03, TVector s10, TVector s11, TVector s12, TVector s13,
        TVector s20, TVector s21, TVector s22, TVector s23, TVector s30, TVector s31, TVector s32, TVector s33)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        Store<TVectors>(ref z, s00, s01, s02, s03);
        Store<TVectors>(ref Unsafe.Add(ref z, zStride), s10, s11, s12, s13);
        if (TSequences.Value > 2)
        {
            Store<TVectors>(ref Unsafe.Add(ref z, 2 * zStride), s20, s21, s22, s23);
        }

        if (TSequences.Value > 3)
        {
            Store<TVectors>(ref Unsafe.Add(ref z, 3 * zStride), s30, s31, s32, s33);
        }
    }

    /// <summary>A row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(ref TNumber row, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TVectors : struct, ICount
    {
        s0 = TLanes.Load(ref row, 0);
        if (TVectors.Value > 1)
        {
            s1 = TLanes.Load(ref row, TLanes.Count);
        }

        if (TVectors.Value > 2)
        {
            s2 = TLanes.Load(ref row, 2 * TLanes.Count);
            s3 = TLanes.Load(ref row, 3 * TLanes.Count);
        }
    }

    /// <summary>Adds a row to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TVectors>(ref TNumber row, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TVectors : struct, ICount
    {
        s0 = TLanes.Add(TLanes.Load(ref row, 0), s0);
        if (TVectors.Value > 1)
        {
            s1 = TLanes.Add(TLanes.Load(ref row, TLanes.Count), s1);
        }

        if (TVectors.Value > 2)
        {
            s2 = TLanes.Add(TLanes.Load(ref row, 2 * TLanes.Count), s2);
            s3 = TLanes.Add(TLanes.Load(ref row, 3 * TLanes.Count), s3);
        }
    }

    /// <summary>The sums, to a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(ref TNumber row, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVectors : struct, ICount
    {
        TLanes.Store(ref row, 0, s0);
        if (TVectors.Value > 1)
        {
            TLanes.Store(ref row, TLanes.Count, s1);
        }

        if (TVectors.Value > 2)
        {
            TLanes.Store(ref row, 2 * TLanes.Count, s2);
            TLanes.Store(ref row, 3 * TLanes.Count, s3);
        }
    }
}
#endif
