using System;
using System.Numerics.Tensors;

namespace Lstm.Benchmarks;

/// <summary>
/// The cell over <see cref="TensorPrimitives"/>, all four gates in one vector of 4 d values. The weights lie
/// input-major, so that each input adds its whole column: 1.3x to 2.6x faster, from d = 8 to 64, than one
/// <see cref="TensorPrimitives.Dot{T}"/> per gate and unit, and faster than the same with
/// <see cref="TensorPrimitives.FusedMultiplyAdd{T}(ReadOnlySpan{T}, T, ReadOnlySpan{T}, Span{T})"/>.
/// </summary>
internal sealed class TensorPrimitivesCell : IStreamedCell
{
    private readonly int input;
    private readonly int hidden;

    // Row k holds the weights of input k of [x, wm] into [rem, save, focus, cand].
    private readonly float[] columns;
    private readonly float[] bias;
    private readonly float[] gates;
    private readonly float[] ltm;
    private readonly float[] wm;

    public TensorPrimitivesCell(CellParameters parameters)
    {
        (input, hidden) = parameters.Size;
        columns = new float[(input + hidden) * 4 * hidden];
        bias = new float[4 * hidden];
        gates = new float[4 * hidden];
        ltm = new float[hidden];
        wm = new float[hidden];
        for (int gate = 0; gate < 4; gate++)
        {
            for (int unit = 0; unit < hidden; unit++)
            {
                int lane = (gate * hidden) + unit;
                bias[lane] = parameters.B[gate][unit];
                for (int k = 0; k < input; k++)
                {
                    columns[(k * 4 * hidden) + lane] = parameters.W[gate][(unit * input) + k];
                }

                for (int k = 0; k < hidden; k++)
                {
                    columns[((input + k) * 4 * hidden) + lane] = parameters.U[gate][(unit * hidden) + k];
                }
            }
        }
    }

    public ReadOnlySpan<float> WorkingMemory => wm;

    public void Stream(ReadOnlySpan<float> x)
    {
        for (int start = 0; start < x.Length; start += input)
        {
            Step(x.Slice(start, input));
        }
    }

    private void Step(ReadOnlySpan<float> x)
    {
        Span<float> z = gates;
        bias.CopyTo(z);
        ReadOnlySpan<float> rest = columns;
        foreach (float value in x)
        {
            TensorPrimitives.MultiplyAdd(rest[..z.Length], value, z, z);
            rest = rest[z.Length..];
        }

        foreach (float value in wm)
        {
            TensorPrimitives.MultiplyAdd(rest[..z.Length], value, z, z);
            rest = rest[z.Length..];
        }

        Span<float> sigmoids = z[..(3 * hidden)];
        Span<float> rem = z[..hidden];
        Span<float> save = z.Slice(hidden, hidden);
        Span<float> focus = z.Slice(2 * hidden, hidden);
        Span<float> cand = z[(3 * hidden)..];
        TensorPrimitives.Sigmoid(sigmoids, sigmoids);
        TensorPrimitives.Tanh(cand, cand);

        // ltm = rem * ltm + save * cand;  wm = focus * tanh(ltm)
        TensorPrimitives.Multiply(save, cand, cand);
        TensorPrimitives.MultiplyAdd(rem, ltm, cand, ltm);
        TensorPrimitives.Tanh(ltm, wm);
        TensorPrimitives.Multiply(focus, wm, wm);
    }
}
