#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lstm.Kernels;

/// <summary>
/// Copies of matrices, transposed: what a tape begins with. Squares as wide as a vector of 128 bits are transposed in registers, with a
/// load and a store for each of their rows; what is left over at the edges goes number by number.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    private static bool Interleaves => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary><c>to[column, row] = from[row, column]</c>.</summary>
    /// <param name="from">The first number of rows x columns.</param>
    /// <param name="fromStride">Numbers from one row to the next.</param>
    /// <param name="rows">Rows of <paramref name="from"/>.</param>
    /// <param name="columns">Columns of <paramref name="from"/>.</param>
    /// <param name="to">Gets columns x rows.</param>
    /// <param name="toStride">Numbers from one row of <paramref name="to"/> to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref float from, nint fromStride, nint rows, nint columns, ref float to, nint toStride)
    {
        nint wholeRows = Interleaves ? rows & ~3 : 0;
        nint wholeColumns = Interleaves ? columns & ~3 : 0;
        for (nint column = 0; column < wholeColumns; column += 4)
        {
            for (nint row = 0; row < wholeRows; row += 4)
            {
                ref float source = ref Unsafe.Add(ref from, (row * fromStride) + column);
                ref float target = ref Unsafe.Add(ref to, (column * toStride) + row);
                Vector128<float> row0 = Vector128.LoadUnsafe(ref source);
                Vector128<float> row1 = Vector128.LoadUnsafe(ref source, (nuint)fromStride);
                Vector128<float> row2 = Vector128.LoadUnsafe(ref source, (nuint)(2 * fromStride));
                Vector128<float> row3 = Vector128.LoadUnsafe(ref source, (nuint)(3 * fromStride));

                // Columns 0 and 1, then 2 and 3, of two rows each.
                Vector128<double> left01 = Low(row0, row1).AsDouble();
                Vector128<double> left23 = Low(row2, row3).AsDouble();
                Vector128<double> right01 = High(row0, row1).AsDouble();
                Vector128<double> right23 = High(row2, row3).AsDouble();
                Low(left01, left23).AsSingle().StoreUnsafe(ref target);
                High(left01, left23).AsSingle().StoreUnsafe(ref target, (nuint)toStride);
                Low(right01, right23).AsSingle().StoreUnsafe(ref target, (nuint)(2 * toStride));
                High(right01, right23).AsSingle().StoreUnsafe(ref target, (nuint)(3 * toStride));
            }
        }

        for (nint column = 0; column < columns; column++)
        {
            for (nint row = column < wholeColumns ? wholeRows : 0; row < rows; row++)
            {
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
            }
        }
    }

    /// <inheritdoc cref="Copy(ref float, nint, nint, nint, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref double from, nint fromStride, nint rows, nint columns, ref double to, nint toStride)
    {
        nint wholeRows = Interleaves ? rows & ~1 : 0;
        nint wholeColumns = Interleaves ? columns & ~1 : 0;
        for (nint column = 0; column < wholeColumns; column += 2)
        {
            for (nint row = 0; row < wholeRows; row += 2)
            {
                ref double source = ref Unsafe.Add(ref from, (row * fromStride) + column);
                ref double target = ref Unsafe.Add(ref to, (column * toStride) + row);
                Vector128<double> row0 = Vector128.LoadUnsafe(ref source);
                Vector128<double> row1 = Vector128.LoadUnsafe(ref source, (nuint)fromStride);
                Low(row0, row1).StoreUnsafe(ref target);
                High(row0, row1).StoreUnsafe(ref target, (nuint)toStride);
            }
        }

        for (nint column = 0; column < columns; column++)
        {
            for (nint row = column < wholeColumns ? wholeRows : 0; row < rows; row++)
            {
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
            }
        }
    }

    /// <summary>[a0 b0 a1 b1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse2.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>[a2 b2 a3 b3].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse2.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    /// <summary>[a0 b0].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>[a1 b1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
#endif
