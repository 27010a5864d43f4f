using System;
using System.Linq;
using CsCheck;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class TranspositionTests
{
    // Up to 20: several squares of four, and every rest.
    private static readonly Gen<(int Rows, int Columns, int FromStride, int ToStride)> Shape =
        from rows in Gen.Int[0, 20]
        from columns in Gen.Int[0, 20]
        from fromGap in Gen.Int[0, 5]
        from toGap in Gen.Int[0, 5]
        select (rows, columns, columns + fromGap, rows + toGap);

    [Fact]
    public void Copy_TransposesFloats_AndTouchesNothingElse() => Shape.Sample(shape =>
    {
        (float[] from, float[] to, float[] expected) = Case(shape, number => (float)number);
        Transposition.Copy(ref from[0], shape.FromStride, shape.Rows, shape.Columns, ref to[0], shape.ToStride);
        Assert.Equal(expected, to);
    });

    [Fact]
    public void Copy_TransposesDoubles_AndTouchesNothingElse() => Shape.Sample(shape =>
    {
        (double[] from, double[] to, double[] expected) = Case(shape, number => (double)number);
        Transposition.Copy(ref from[0], shape.FromStride, shape.Rows, shape.Columns, ref to[0], shape.ToStride);
        Assert.Equal(expected, to);
    });

    /// <summary>Numbers that all differ, a target of other numbers, and what the target should be then.</summary>
    private static (T[] From, T[] To, T[] Expected) Case<T>((int Rows, int Columns, int FromStride, int ToStride) shape, Func<int, T> number)
    {
        T[] from = [.. Enumerable.Range(1, (shape.Rows * shape.FromStride) + 1).Select(number)];
        T[] to = [.. Enumerable.Range(1, (shape.Columns * shape.ToStride) + 1).Select(i => number(-i))];
        T[] expected = [.. to];
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int column = 0; column < shape.Columns; column++)
            {
                expected[(column * shape.ToStride) + row] = from[(row * shape.FromStride) + column];
            }
        }

        return (from, to, expected);
    }
}
