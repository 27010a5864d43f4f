using System;
using System.Linq;
using System.Numerics;
using Lstm.Reference;

namespace Lstm.Benchmarks;

/// <summary>How a cell names an entry of a gate's W or U.</summary>
internal delegate ref T MatrixEntry<T>(Gate gate, int row, int column);

/// <summary>How a cell names an entry of a gate's b.</summary>
internal delegate ref T VectorEntry<T>(Gate gate, int row);

/// <summary>
/// The parameters of one cell, or their gradient, in the plain form from which every peer fills its own layout:
/// per <see cref="Gate"/> a row-major d x p, a row-major d x d and a d array.
/// </summary>
internal sealed class CellParameters
{
    private static readonly Gate[] Gates = Enum.GetValues<Gate>();

    private CellParameters(CellSize size)
    {
        Size = size;
        W = Array.ConvertAll(Gates, _ => new float[size.Hidden * size.Input]);
        U = Array.ConvertAll(Gates, _ => new float[size.Hidden * size.Hidden]);
        B = Array.ConvertAll(Gates, _ => new float[size.Hidden]);
    }

    public CellSize Size { get; }

    public float[][] W { get; }

    public float[][] U { get; }

    public float[][] B { get; }

    /// <summary>Uniform in -1/sqrt d to 1/sqrt d, the usual start of training, so that no gate saturates.</summary>
    public static CellParameters Random(CellSize size, int seed)
    {
        CellParameters parameters = new(size);
        Random random = new(seed);
        float bound = 1 / MathF.Sqrt(size.Hidden);
        foreach (float[] values in (float[][])[.. parameters.W, .. parameters.U, .. parameters.B])
        {
            foreach (ref float value in values.AsSpan())
            {
                value = ((2 * random.NextSingle()) - 1) * bound;
            }
        }

        return parameters;
    }

    /// <summary>Reads a cell's parameters, or a gradient's values, by name.</summary>
    public static CellParameters From<T>(CellSize size, MatrixEntry<T> w, MatrixEntry<T> u, VectorEntry<T> b)
        where T : INumberBase<T>
    {
        CellParameters plain = new(size);
        ForEach(
            size,
            (gate, row, column) => plain.W[(int)gate][(row * size.Input) + column] = float.CreateChecked(w(gate, row, column)),
            (gate, row, column) => plain.U[(int)gate][(row * size.Hidden) + column] = float.CreateChecked(u(gate, row, column)),
            (gate, row) => plain.B[(int)gate][row] = float.CreateChecked(b(gate, row)));
        return plain;
    }

    /// <summary>Writes a cell's parameters by name.</summary>
    public void CopyTo<T>(MatrixEntry<T> w, MatrixEntry<T> u, VectorEntry<T> b)
        where T : INumberBase<T> => ForEach(
            Size,
            (gate, row, column) => w(gate, row, column) = T.CreateChecked(W[(int)gate][(row * Size.Input) + column]),
            (gate, row, column) => u(gate, row, column) = T.CreateChecked(U[(int)gate][(row * Size.Hidden) + column]),
            (gate, row) => b(gate, row) = T.CreateChecked(B[(int)gate][row]));

    /// <summary>The reference with these parameters, in any type of number.</summary>
    public ReferenceCell<T> ToReference<T>()
        where T : IFloatingPointIeee754<T>
    {
        ReferenceCell<T> cell = new(Size.Input, Size.Hidden);
        CopyTo<T>(cell.W, cell.U, cell.B);
        return cell;
    }

    /// <summary>Every value, in one fixed order.</summary>
    public float[] ToArray() => [.. W.Concat(U).Concat(B).SelectMany(static values => values)];

    /// <summary>Goes over every entry of W, U and b.</summary>
    public static void ForEach(CellSize size, Action<Gate, int, int> w, Action<Gate, int, int> u, Action<Gate, int> b)
    {
        foreach (Gate gate in Gates)
        {
            for (int row = 0; row < size.Hidden; row++)
            {
                for (int column = 0; column < size.Input; column++)
                {
                    w(gate, row, column);
                }

                for (int column = 0; column < size.Hidden; column++)
                {
                    u(gate, row, column);
                }

                b(gate, row);
            }
        }
    }
}
