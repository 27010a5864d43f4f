using System;

namespace Lstm.Formats.Layers;

/// <summary>An affine layer, y = V x + c, with nothing after it.</summary>
/// <param name="Place">Where it stands in the file.</param>
/// <param name="Input">The length of x.</param>
/// <param name="Output">The length of y.</param>
/// <param name="V">Output x input.</param>
/// <param name="C">Of length output.</param>
internal sealed record DenseLayer(string Place, int Input, int Output, float[] V, float[] C)
{
    /// <summary>This layer behind another, as one: V' = V V1, c' = V c1 + c. Sums are taken in double and rounded once.</summary>
    public DenseLayer After(DenseLayer first) => new(Place, first.Input, Output, Product(V, first), Shifted(V, C, first));

    /// <summary>
    /// Whether a layer of so many outputs behind an affine one can be one layer in bounded memory, however narrow the affine one is.
    /// </summary>
    public static bool FitsAfter(DenseLayer first, int outputs)
    {
        long numbers = (long)first.Input * outputs;
        return numbers <= Math.Max(1_000_000, (long)first.V.Length + ((long)first.Output * outputs));
    }

    /// <summary>rows V1, for rows of as many numbers as the first layer has outputs.</summary>
    public static float[] Product(float[] rows, DenseLayer first)
    {
        int count = rows.Length / first.Output;
        float[] product = new float[count * first.Input];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < first.Input; j++)
            {
                double sum = 0;
                for (int k = 0; k < first.Output; k++)
                {
                    sum += (double)rows[(i * first.Output) + k] * first.V[(k * first.Input) + j];
                }

                product[(i * first.Input) + j] = (float)sum;
            }
        }

        return product;
    }

    /// <summary>rows c1 + c.</summary>
    public static float[] Shifted(float[] rows, float[] c, DenseLayer first)
    {
        float[] shifted = new float[c.Length];
        for (int i = 0; i < c.Length; i++)
        {
            double sum = c[i];
            for (int k = 0; k < first.Output; k++)
            {
                sum += (double)rows[(i * first.Output) + k] * first.C[k];
            }

            shifted[i] = (float)sum;
        }

        return shifted;
    }
}
