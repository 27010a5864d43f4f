using System;
using System.Numerics;
using Lstm.Kernels;

namespace Lstm.Reference;

/// <summary>A plain row-major matrix.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
public sealed class Matrix<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly T[] values;

    /// <summary>A zero matrix.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The number of columns, at least 0.</param>
    public Matrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        values = new T[rows * columns];
        Array.Fill(values, T.Zero);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row.</summary>
    public Span<T> Values => values;

    /// <summary>One value, by reference.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public ref T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows)
            {
                Throw.OutOfRange(nameof(row), row, Rows);
            }

            if ((uint)column >= (uint)Columns)
            {
                Throw.OutOfRange(nameof(column), column, Columns);
            }

            return ref values[(row * Columns) + column];
        }
    }

    /// <summary>One row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the matrix.</exception>
    public Span<T> Row(int row)
    {
        if ((uint)row >= (uint)Rows)
        {
            Throw.OutOfRange(nameof(row), row, Rows);
        }

        return values.AsSpan(row * Columns, Columns);
    }

    internal static Matrix<T> From(ReadOnlySpan<T> source, int columns)
    {
        var matrix = new Matrix<T>(source.Length / columns, columns);
        source.CopyTo(matrix.Values);
        return matrix;
    }
}
