using System;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Sequences;

/// <summary>
/// Copy memory (Arjovsky, Shah and Bengio, 2016): ten symbols of eight, T - 1 blanks, a signal, ten blanks. The answer is blank until the signal has
/// been read, then the ten symbols in order.
/// </summary>
/// <remarks>The error of a sequence is the share of its ten symbols that are not the likeliest output. A sequence is right without one.</remarks>
/// <param name="delay">T.</param>
/// <param name="seed">Decides all sequences.</param>
internal sealed class Copy(int delay, int seed) : OnlineTask(seed, Tolerance, MeanError)
{
    /// <summary>Symbols to remember.</summary>
    public const int Length = 10;

    // Less than one of ten
    private const double Tolerance = 0.05;
    private const double MeanError = 0.05;

    private const int Alphabet = 8;
    private const int Blank = 8;
    private const int Signal = 9;

    /// <inheritdoc/>
    public override int InputSize => Alphabet + 2;

    /// <inheritdoc/>
    public override int OutputSize => Alphabet + 1;

    /// <inheritdoc/>
    public override int LargestSteps => delay + (2 * Length);

    /// <inheritdoc/>
    public override void Judge(Batch batch)
    {
        Loss.SoftmaxCrossEntropy(batch.Y, OutputSize, batch.Classes, batch.DY);
        for (int n = 0; n < batch.Sequences; n++)
        {
            int wrong = 0;
            for (int t = batch.Steps - Length; t < batch.Steps; t++)
            {
                wrong += Loss.ArgMax(batch.Output(t, n)) == batch.Class(t, n) ? 0 : 1;
            }

            batch.Errors[n] = (double)wrong / Length;
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Random random, Batch batch)
    {
        batch.Begin(LargestSteps);
        int recall = batch.Steps - Length;
        for (int n = 0; n < batch.Sequences; n++)
        {
            for (int t = 0; t < batch.Steps; t++)
            {
                int symbol = t < Length ? random.Next(Alphabet) : t == recall - 1 ? Signal : Blank;
                batch.Input(t, n)[symbol] = 1;
                batch.Class(t, n) = t < recall ? Blank : batch.Input(t - recall, n).IndexOf(1f);
            }
        }
    }
}
