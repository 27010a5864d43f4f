using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Sequences;

/// <summary>
/// The embedded Reber grammar (Hochreiter and Schmidhuber, 1997, experiment 1): 256 training strings, 256 test strings that are not among them.
/// Read a symbol, predict the next one.
/// </summary>
/// <remarks>
/// A string is right if after each symbol those that may follow have the largest outputs. It is learned when all strings of both sets are right; both
/// are looked at after every 160 training strings. The error of a string is the share of its symbols that were wrong.
/// </remarks>
internal sealed class Reber : ITask
{
    private const int SetSize = 256;
    private const int Interval = 160;

    private readonly Random random;
    private readonly string[] training;
    private readonly string[] test;
    private readonly Batch trainingBatch;
    private readonly Batch testBatch;
    private readonly Dictionary<Batch, string[]> strings = [];
    private long sequences;

    /// <summary>Draws both sets.</summary>
    /// <param name="seed">Decides them.</param>
    public Reber(int seed)
    {
        random = new Random(2 * seed);
        training = [.. Enumerable.Range(0, SetSize).Select(_ => ReberGrammar.Draw(random))];
        var used = training.ToHashSet();
        var drawn = new Random((2 * seed) + 1);
        test = [.. Endless(drawn).Where(text => !used.Contains(text)).Take(SetSize)];
        LargestSteps = training.Concat(test).Max(static text => text.Length) - 1;
        trainingBatch = Whole(training);
        testBatch = Whole(test);
    }

    /// <inheritdoc/>
    public int InputSize => ReberGrammar.Symbols.Length;

    /// <inheritdoc/>
    public int OutputSize => ReberGrammar.Symbols.Length;

    /// <inheritdoc/>
    public int LargestSteps { get; }

    /// <inheritdoc/>
    public int TestedSequences => SetSize;

    /// <summary>The training strings.</summary>
    public IReadOnlyList<string> TrainingStrings => training;

    /// <summary>The test strings.</summary>
    public IReadOnlyList<string> TestStrings => test;

    /// <inheritdoc/>
    public void Draw(Batch batch) => Fill(batch, [.. Enumerable.Range(0, batch.Sequences).Select(_ => training[random.Next(SetSize)])]);

    /// <inheritdoc/>
    public void Judge(Batch batch)
    {
        Loss.SoftmaxCrossEntropy(batch.Y, OutputSize, batch.Classes, batch.DY);
        string[] texts = strings[batch];
        for (int n = 0; n < batch.Sequences; n++)
        {
            IReadOnlyList<string> followers = ReberGrammar.Followers(texts[n])!;
            int wrong = 0;
            for (int t = 0; t < followers.Count; t++)
            {
                wrong += AreLargest(batch.Output(t, n), followers[t]) ? 0 : 1;
            }

            batch.Errors[n] = (double)wrong / followers.Count;
        }
    }

    /// <inheritdoc/>
    public bool IsLearned(Batch batch, IPredictor predictor)
    {
        long before = sequences / Interval;
        sequences += batch.Sequences;
        return sequences / Interval > before && Wrong(trainingBatch, predictor) == 0 && Wrong(testBatch, predictor) == 0;
    }

    /// <inheritdoc/>
    public TestResult Test(IPredictor predictor) => new(Wrong(testBatch, predictor), testBatch.Errors.Average());

    /// <summary>Whether the outputs of some symbols are larger than those of all others.</summary>
    internal static bool AreLargest(ReadOnlySpan<float> outputs, string symbols)
    {
        float least = float.PositiveInfinity;
        float other = float.NegativeInfinity;
        for (int k = 0; k < outputs.Length; k++)
        {
            if (symbols.Contains(ReberGrammar.Symbols[k]))
            {
                least = Math.Min(least, outputs[k]);
            }
            else
            {
                other = Math.Max(other, outputs[k]);
            }
        }

        return least > other;
    }

    private static IEnumerable<string> Endless(Random random)
    {
        while (true)
        {
            yield return ReberGrammar.Draw(random);
        }
    }

    private Batch Whole(string[] texts)
    {
        var batch = new Batch(LargestSteps, texts.Length, InputSize, OutputSize);
        Fill(batch, texts);
        return batch;
    }

    /// <summary>Strings side by side. Behind the end of a shorter one x is 0, and no symbol is to be predicted.</summary>
    private void Fill(Batch batch, string[] texts)
    {
        strings[batch] = texts;
        batch.Begin(texts.Max(static text => text.Length) - 1);
        for (int n = 0; n < texts.Length; n++)
        {
            for (int t = 0; t < texts[n].Length - 1; t++)
            {
                batch.Input(t, n)[ReberGrammar.Symbols.IndexOf(texts[n][t])] = 1;
                batch.Class(t, n) = ReberGrammar.Symbols.IndexOf(texts[n][t + 1]);
            }
        }
    }

    private int Wrong(Batch batch, IPredictor predictor)
    {
        predictor.Predict(batch);
        Judge(batch);
        return batch.Errors.Count(static error => error > 0);
    }
}
