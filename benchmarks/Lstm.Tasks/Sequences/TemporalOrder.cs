using System;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Sequences;

/// <summary>
/// Temporal order (Hochreiter and Schmidhuber, 1997, experiments 6a and 6b): E, distractors a to d with two or three symbols X or Y among them,
/// then B. The class is which of them came in which order.
/// </summary>
/// <remarks>Outputs are probabilities (softmax). A sequence is right if each is within 0.3 of 1 or 0.</remarks>
/// <param name="symbols">2 or 3 symbols X or Y.</param>
/// <param name="seed">Decides all sequences.</param>
internal sealed class TemporalOrder(int symbols, int seed) : OnlineTask(seed, Tolerance, MeanError)
{
    private const double Tolerance = 0.3;
    private const double MeanError = 0.1;
    private const int ShortestSequence = 100;
    private const int LongestSequence = 110;
    private const int Distractors = 4;

    // Places of the inputs
    private const int X = 4; // Y: the next one
    private const int Start = 6;
    private const int End = 7;

    /// <summary>Where each X or Y may stand, from its first place to ten places later; places count from 0.</summary>
    private static readonly int[][] Places = [[10, 50], [10, 33, 66]];

    private readonly float[] probabilities = new float[1 << symbols];

    /// <inheritdoc/>
    public override int InputSize => 8;

    /// <inheritdoc/>
    public override int OutputSize => 1 << symbols;

    /// <inheritdoc/>
    public override int LargestSteps => LongestSequence;

    /// <inheritdoc/>
    public override void Judge(Batch batch)
    {
        Loss.SoftmaxCrossEntropy(batch.Y, OutputSize, batch.Classes, batch.DY);
        for (int n = 0; n < batch.Sequences; n++)
        {
            Loss.Softmax(batch.Output(batch.Steps - 1, n), probabilities);
            double worst = 0;
            for (int k = 0; k < OutputSize; k++)
            {
                worst = Math.Max(worst, Math.Abs(probabilities[k] - (k == batch.Class(batch.Steps - 1, n) ? 1 : 0)));
            }

            batch.Errors[n] = worst;
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Random random, Batch batch)
    {
        batch.Begin(random.Next(ShortestSequence, LongestSequence + 1));
        for (int n = 0; n < batch.Sequences; n++)
        {
            batch.Input(0, n)[Start] = 1;
            for (int t = 1; t < batch.Steps - 1; t++)
            {
                batch.Input(t, n)[random.Next(Distractors)] = 1;
            }

            batch.Input(batch.Steps - 1, n)[End] = 1;
            int order = 0;
            foreach (int place in Places[symbols - 2])
            {
                Span<float> input = batch.Input(random.Next(place, place + 11), n);
                int symbol = random.Next(2);
                input.Clear();
                input[X + symbol] = 1;
                order = (2 * order) + symbol;
            }

            batch.Class(batch.Steps - 1, n) = order;
        }
    }
}
