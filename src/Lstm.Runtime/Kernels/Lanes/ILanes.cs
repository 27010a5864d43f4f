#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// The operations of one vector width and arithmetic: what kernels are written in. Offsets count numbers. A vector of one number is the number
/// itself.
/// </summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TNumber, TVector>
    where TNumber : unmanaged
    where TVector : struct
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>The numbers from <paramref name="offset"/> on.</summary>
    static abstract TVector Load(ref TNumber from, nint offset);

    /// <summary>The number at <paramref name="offset"/>, in every lane.</summary>
    static abstract TVector Broadcast(ref TNumber from, nint offset);

    /// <summary>Writes the numbers from <paramref name="offset"/> on.</summary>
    static abstract void Store(ref TNumber to, nint offset, TVector value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a * b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a * b + c, rounded as the arithmetic says.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>sum + factor * (the numbers from <paramref name="offset"/> on): a multiply-add with an operand in memory.</summary>
    static abstract TVector AddProduct(ref TNumber from, nint offset, TVector factor, TVector sum);

    /// <summary>The lanes whose unit, <paramref name="firstUnit"/> + lane, is less than <paramref name="hidden"/>; 0 in the others.</summary>
    static abstract TVector WithoutPadding(TVector sums, nint firstUnit, nint hidden);

    /// <summary>The lanes whose number from <paramref name="offset"/> on has all its bits set; 0 where it has none.</summary>
    static abstract TVector Masked(TVector a, ref TNumber mask, nint offset);

    /// <summary>The sum over lanes, halving: lane i is added to lane i + n/2, and so on. The order is the same at every width.</summary>
    static abstract TNumber Sum(TVector a);
}
#endif
