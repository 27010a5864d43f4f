#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <content>The end of a dot product.</content>
public static partial class InputGradient<TNumber, TVector, TLanes>
{
    /// <summary>The sum of 16 partial sums: i is added to i + 8, then to i + 4, and so on; what one vector holds, by its own sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Total(ref TNumber partial) =>
        TLanes.Sum(TLanes.Count >= 2 ? HalvedToTwo(ref partial, 0) : TLanes.Add(HalvedToTwo(ref partial, 0), HalvedToTwo(ref partial, 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalvedToTwo(ref TNumber partial, nint first) =>
        TLanes.Count >= 4 ? HalvedToFour(ref partial, first) : TLanes.Add(HalvedToFour(ref partial, first), HalvedToFour(ref partial, first + 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalvedToFour(ref TNumber partial, nint first) =>
        TLanes.Count >= 8 ? HalvedToEight(ref partial, first) : TLanes.Add(HalvedToEight(ref partial, first), HalvedToEight(ref partial, first + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalvedToEight(ref TNumber partial, nint first) =>
        TLanes.Count >= 16 ? TLanes.Load(ref partial, first) : TLanes.Add(TLanes.Load(ref partial, first), TLanes.Load(ref partial, first + 8));
}
#endif
