using System;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Sequences;

/// <summary>Which adding problem.</summary>
internal enum AddingForm
{
    /// <summary>Hochreiter and Schmidhuber, 1997: values in [-1, 1], markers 1, 0, and -1 at both ends.</summary>
    Hochreiter,

    /// <summary>Later papers: values in [0, 1], one marker in each half, exactly T steps.</summary>
    Unit,
}

/// <summary>The adding problem: pairs of a value and a marker; at the end, the sum of the two marked values.</summary>
/// <remarks>
/// The 1997 paper wants 0.5 + (X1 + X2) / 4 within 0.04. The network answers with X1 + X2, the error is a quarter of its error, so this is the same
/// criterion. The other form wants the sum, in [0, 2]; its error is half of the sum's, so 0.04 is the same share of the range.
/// </remarks>
/// <param name="form">Which problem.</param>
/// <param name="steps">T, at least 10.</param>
/// <param name="seed">Decides all sequences.</param>
internal sealed class Adding(AddingForm form, int steps, int seed) : OnlineTask(seed, Tolerance, MeanError)
{
    /// <summary>The least T for which all marks have a place.</summary>
    public const int LeastSteps = 10;

    private const double Tolerance = 0.04;
    private const double MeanError = 0.01;

    private readonly float scale = form == AddingForm.Hochreiter ? 1f / 4 : 1f / 2;

    /// <inheritdoc/>
    public override int InputSize => 2;

    /// <inheritdoc/>
    public override int OutputSize => 1;

    /// <inheritdoc/>
    public override int LargestSteps => form == AddingForm.Hochreiter ? steps + (steps / 10) : steps;

    /// <inheritdoc/>
    public override void Judge(Batch batch)
    {
        batch.DY.Clear();
        int last = (batch.Steps - 1) * batch.Sequences;
        Loss.Squared(batch.Y[last..], batch.Sums, batch.DY[last..]);
        for (int n = 0; n < batch.Sequences; n++)
        {
            batch.Errors[n] = scale * Math.Abs(batch.DY[last + n]);
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Random random, Batch batch)
    {
        batch.Begin(random.Next(steps, LargestSteps + 1));
        for (int n = 0; n < batch.Sequences; n++)
        {
            for (int t = 0; t < batch.Steps; t++)
            {
                batch.Input(t, n)[0] = form == AddingForm.Hochreiter ? (2 * random.NextSingle()) - 1 : random.NextSingle();
            }

            (int first, int second) = form == AddingForm.Hochreiter ? MarkHochreiter(random, batch, n) : MarkUnit(random);
            batch.Input(first, n)[1] = 1;
            batch.Input(second, n)[1] = 1;
            batch.Sums[n] = batch.Input(first, n)[0] + batch.Input(second, n)[0];
        }
    }

    /// <summary>
    /// One of the first ten pairs, then one of the first T/2 - 1 pairs that are still unmarked. The value of a marked first pair is set to 0.
    /// (Of T below 20, the first mark is in the first half as well.)
    /// </summary>
    private (int First, int Second) MarkHochreiter(Random random, Batch batch, int n)
    {
        int first = random.Next(Math.Min(10, steps / 2));
        int second = random.Next((steps / 2) - 1);
        if (second >= first)
        {
            second++;
        }

        batch.Input(0, n)[1] = -1;
        batch.Input(batch.Steps - 1, n)[1] = -1;
        if (first == 0 || second == 0)
        {
            batch.Input(0, n)[0] = 0;
        }

        return (first, second);
    }

    private (int First, int Second) MarkUnit(Random random) => (random.Next(steps / 2), random.Next(steps / 2, steps));
}
