using System;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>The recipes of <c>docs/sequences.md</c>, "Long sequences in chunks" and "A series, split in time".</summary>
internal static class Chunks
{
    // truncated: a training step after each chunk; the state goes on, the gradient stops where the chunk begins
    public static double TrainTruncated(ref Net net, Adam adam, float[] x, float[] target, int chunk)
    {
        float[] y = new float[chunk * Net.OutputSize], dY = new float[y.Length], tape = new float[Net.TapeLength(chunk)];
        Net.State state = default;
        Net.Gradient gradient = default;
        double loss = 0;
        for (int t = 0; t < x.Length / Net.InputSize; t += chunk)
        {
            Span<float> xs = x.AsSpan(t * Net.InputSize), targets = target.AsSpan(t * Net.OutputSize);
            xs = xs[..Math.Min(xs.Length, chunk * Net.InputSize)];                  // the last chunk may be shorter
            targets = targets[..Math.Min(targets.Length, chunk * Net.OutputSize)];

            net.Forward(xs, ref state, y.AsSpan(0, targets.Length), tape);          // state: from the chunk before, for the chunk after
            loss += Loss.Squared(y.AsSpan(0, targets.Length), targets, dY.AsSpan(0, targets.Length));
            Net.State dState = default;                                             // later chunks hand nothing back: this truncates
            gradient.Clear();
            net.Backward(xs, tape, dY.AsSpan(0, targets.Length), ref dState, ref gradient);
            GradientClipping.ByGlobalNorm(gradient.Values, 1);
            adam.Step(net.Parameters, gradient.Values);
        }

        return loss;
    }

    // exact: adds the gradient of the whole sequence, with the tape of one chunk. dState: in, dL/d(final state); out, dL/d(initial state)
    public static double AddGradient(
        in Net net, float[] x, float[] target, int chunk, Net.State initial, ref Net.State dState, ref Net.Gradient gradient, float[] y, float[] dX)
    {
        int steps = x.Length / Net.InputSize, chunks = (steps + chunk - 1) / chunk;
        Net.State[] starts = new Net.State[chunks];
        Net.State state = initial;
        for (int i = 0; i < chunks; i++)
        {
            starts[i] = state;
            net.Forward(x.AsSpan(Rows(i, Net.InputSize)), ref state, y.AsSpan(Rows(i, Net.OutputSize)));
        }

        float[] dY = new float[y.Length], tape = new float[Net.TapeLength(chunk)];
        double loss = Loss.Squared(y, target, dY);
        for (int i = chunks - 1; i >= 0; i--)                                       // the last chunk first
        {
            Span<float> xs = x.AsSpan(Rows(i, Net.InputSize));
            net.Forward(xs, ref starts[i], y.AsSpan(Rows(i, Net.OutputSize)), tape);        // the same bits again, now recorded
            net.Backward(xs, tape, dY.AsSpan(Rows(i, Net.OutputSize)), ref dState, ref gradient, dX.AsSpan(Rows(i, Net.InputSize)));
        }

        return loss;

        // the steps of chunk i
        Range Rows(int i, int width) => (i * chunk * width)..(Math.Min((i + 1) * chunk, steps) * width);
    }

    // the mean squared error of the steps from split on; y before them is computed only for the state that it leaves
    public static double Validate(in Net net, float[] x, float[] target, int split, float[] y)
    {
        Net.State state = default;
        net.Forward(x, ref state, y);

        int first = split * Net.OutputSize;
        return 2 * Loss.Squared(y.AsSpan(first), target.AsSpan(first)) / (y.Length - first);
    }
}
