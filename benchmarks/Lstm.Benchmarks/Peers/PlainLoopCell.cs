using System;

namespace Lstm.Benchmarks;

/// <summary>The cell as one writes it by hand: the equations as loops over flat arrays, <see cref="MathF"/> for the activations.</summary>
internal sealed class PlainLoopCell(CellParameters parameters) : IStreamedCell
{
    private readonly int input = parameters.Size.Input;
    private readonly int hidden = parameters.Size.Hidden;
    private readonly float[] ltm = new float[parameters.Size.Hidden];
    private float[] wm = new float[parameters.Size.Hidden];
    private float[] nextWm = new float[parameters.Size.Hidden];

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
        for (int unit = 0; unit < hidden; unit++)
        {
            float rem = Sigmoid(Affine(Gate.Remember, unit, x));
            float save = Sigmoid(Affine(Gate.Save, unit, x));
            float focus = Sigmoid(Affine(Gate.Focus, unit, x));
            float cand = MathF.Tanh(Affine(Gate.Candidate, unit, x));
            ltm[unit] = (rem * ltm[unit]) + (save * cand);
            nextWm[unit] = focus * MathF.Tanh(ltm[unit]);
        }

        (wm, nextWm) = (nextWm, wm);
    }

    private float Affine(Gate gate, int unit, ReadOnlySpan<float> x)
    {
        ReadOnlySpan<float> w = parameters.W[(int)gate].AsSpan(unit * input, input);
        ReadOnlySpan<float> u = parameters.U[(int)gate].AsSpan(unit * hidden, hidden);
        ReadOnlySpan<float> wm = this.wm;
        float sum = parameters.B[(int)gate][unit];
        for (int k = 0; k < w.Length; k++)
        {
            sum += w[k] * x[k];
        }

        for (int k = 0; k < u.Length; k++)
        {
            sum += u[k] * wm[k];
        }

        return sum;
    }

    private static float Sigmoid(float z) => 1 / (1 + MathF.Exp(-z));
}
