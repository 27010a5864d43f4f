using System;
using System.Linq;

namespace Lstm.Formats.Content;

/// <summary>Numbers with a shape, row-major.</summary>
/// <param name="Place">Where in the file they stand; the name of the tensor, if it has one.</param>
/// <param name="Shape">The length of each axis; their product is the number of values.</param>
/// <param name="Values">The numbers.</param>
internal sealed record Tensor(string Place, int[] Shape, float[] Values)
{
    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>The shape as text, such as [32, 8].</summary>
    public FormattableString ShapeText => Text(Shape);

    /// <summary>A shape as text, such as [32, 8].</summary>
    public static FormattableString Text(params int[] shape) =>
        $"shape [{string.Join(", ", shape.Select(static length => FormattableString.Invariant($"{length}")))}]";

    /// <summary>Whether the shape is this one.</summary>
    public bool Is(params int[] shape) => Shape.AsSpan().SequenceEqual(shape);

    /// <summary>Rows and columns exchanged.</summary>
    public Tensor Transposed()
    {
        (int rows, int columns) = (Shape[0], Shape[1]);
        float[] values = new float[Values.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[(j * rows) + i] = Values[(i * columns) + j];
            }
        }

        return new Tensor(Place, [columns, rows], values);
    }
}
