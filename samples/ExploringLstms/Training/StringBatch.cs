using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>
/// Strings side by side, each from its first end on, as long as the longest. What stands behind the end of a string has no target, so it changes
/// nothing that came before.
/// </summary>
internal sealed class StringBatch
{
    private readonly Experiment experiment;
    private readonly IReadOnlyList<string> texts;

    public StringBatch(Experiment experiment, IReadOnlyList<string> texts)
    {
        this.experiment = experiment;
        this.texts = texts;
        int[][] codes = [.. texts.Select(experiment.Encode)];
        int classes = experiment.Alphabet.Length;
        Steps = codes.Max(code => code.Length) - 1;
        X = new float[Steps * codes.Length * classes];
        Targets = new int[Steps * codes.Length];
        Array.Fill(Targets, -1);
        for (int n = 0; n < codes.Length; n++)
        {
            for (int t = 0; t < codes[n].Length - 1; t++)
            {
                int row = (t * codes.Length) + n;
                X[(row * classes) + codes[n][t]] = 1;
                Targets[row] = codes[n][t + 1];
            }
        }
    }

    /// <summary>T.</summary>
    public int Steps { get; }

    /// <summary>N.</summary>
    public int Count => texts.Count;

    /// <summary>One of the numbers of a row is 1, that of the character: T x N x p.</summary>
    public float[] X { get; }

    /// <summary>The next character of each row, or -1 where there is none: T x N.</summary>
    public int[] Targets { get; }

    /// <summary>The rows of a string whose target follows from what the string showed before.</summary>
    public IEnumerable<int> Determined(int sequence)
    {
        string text = texts[sequence];
        for (int t = experiment.TurnOf(text); t <= text.Length; t++)
        {
            yield return (t * Count) + sequence;
        }
    }
}
