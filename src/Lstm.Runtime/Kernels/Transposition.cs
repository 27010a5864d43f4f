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
        nint twoRows = 2 * fromStride;
        for (nint column = 0; column < wholeColumns; column += 4)
        {
            // References two rows apart, in both: one stride beside each reaches all four.
            ref float source = ref Unsafe.Add(ref from, column);
            ref float target0 = ref Unsafe.Add(ref to, column * toStride);
            ref float target2 = ref Unsafe.Add(ref target0, 2 * toStride);
            for (nint row = 0; row < wholeRows; row += 4)
            {
                Vector128<float> row0 = Load(ref source);
                Vector128<float> row1 = Load(ref Unsafe.Add(ref source, fromStride));
                source = ref Unsafe.Add(ref source, twoRows);
                Vector128<float> row2 = Load(ref source);
                Vector128<float> row3 = Load(ref Unsafe.Add(ref source, fromStride));
                source = ref Unsafe.Add(ref source, twoRows);

                // Columns 0 and 1, then 2 and 3, of two rows each.
                Vector128<double> left01 = Low(row0, row1).AsDouble();
                Vector128<double> left23 = Low(row2, row3).AsDouble();
                Vector128<double> right01 = High(row0, row1).AsDouble();
                Vector128<double> right23 = High(row2, row3).AsDouble();
                Store(ref Unsafe.Add(ref target0, row), Low(left01, left23).AsSingle());
                Store(ref Unsafe.Add(ref target0, toStride + row), High(left01, left23).AsSingle());
                Store(ref Unsafe.Add(ref target2, row), Low(right01, right23).AsSingle());
                Store(ref Unsafe.Add(ref target2, toStride + row), High(right01, right23).AsSingle());
            }
        }

        CopyEdges(ref from, fromStride, rows, columns, ref to, toStride, wholeRows, wholeColumns);
    }

    /// <inheritdoc cref="Copy(ref float, nint, nint, nint, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref double from, nint fromStride, nint rows, nint columns, ref double to, nint toStride)
    {
        nint wholeRows = Interleaves ? rows & ~1 : 0;
        nint wholeColumns = Interleaves ? columns & ~1 : 0;
        nint twoRows = 2 * fromStride;
        for (nint column = 0; column < wholeColumns; column += 2)
        {
            ref double source = ref Unsafe.Add(ref from, column);
            ref double target = ref Unsafe.Add(ref to, column * toStride);
            for (nint row = 0; row < wholeRows; row += 2)
            {
                Vector128<double> row0 = Load(ref source);
                Vector128<double> row1 = Load(ref Unsafe.Add(ref source, fromStride));
                source = ref Unsafe.Add(ref source, twoRows);
                Store(ref Unsafe.Add(ref target, row), Low(row0, row1));
                Store(ref Unsafe.Add(ref target, toStride + row), High(row0, row1));
            }
        }

        CopyEdges(ref from, fromStride, rows, columns, ref to, toStride, wholeRows, wholeColumns);
    }

    /// <summary>The rows and columns beyond those that were copied in squares.</summary>
    private static void CopyEdges<T>(
        ref T from, nint fromStride, nint rows, nint columns, ref T to, nint toStride, nint wholeRows, nint wholeColumns)
    {
        for (nint column = wholeRows == rows ? wholeColumns : 0; column < columns; column++)
        {
            for (nint row = column < wholeColumns ? wholeRows : 0; row < rows; row++)
            {
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Load<T>(ref T from) => Unsafe.As<T, Vector128<T>>(ref from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T to, Vector128<T> value) => Unsafe.As<T, Vector128<T>>(ref to) = value;

    /// <summary>[a0 b0 a1 b1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse2.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>[a2 b2 a3 b3].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse2.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    /// <summary>[a0 b0].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>[a1 b1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
#else
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Copies of matrices, transposed: what a tape begins with. Without vectors, number by number.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    /// <summary><c>to[column, row] = from[row, column]</c>.</summary>
    /// <param name="from">The first number of rows x columns.</param>
    /// <param name="fromStride">Numbers from one row to the next.</param>
    /// <param name="rows">Rows of <paramref name="from"/>.</param>
    /// <param name="columns">Columns of <paramref name="from"/>.</param>
    /// <param name="to">Gets columns x rows.</param>
    /// <param name="toStride">Numbers from one row of <paramref name="to"/> to the next.</param>
    public static void Copy(ref float from, nint fromStride, nint rows, nint columns, ref float to, nint toStride) =>
        Copy<float>(ref from, (int)fromStride, (int)rows, (int)columns, ref to, (int)toStride);

    /// <inheritdoc cref="Copy(ref float, nint, nint, nint, ref float, nint)"/>
    public static void Copy(ref double from, nint fromStride, nint rows, nint columns, ref double to, nint toStride) =>
        Copy<double>(ref from, (int)fromStride, (int)rows, (int)columns, ref to, (int)toStride);

    private static void Copy<T>(ref T from, int fromStride, int rows, int columns, ref T to, int toStride)
    {
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                Unsafe.Add(ref to, (column * toStride) + row) = Unsafe.Add(ref from, (row * fromStride) + column);
            }
        }
    }
}
#endif
