using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>A trained experiment: its figures, and the strings that its page shows.</summary>
/// <param name="Updates">Those after which the weights were as they are; some more may have followed, to weights that were not kept.</param>
internal sealed record ExperimentResult(
    Experiment Experiment, string Network, int Updates, int Attempts, double Seconds, int HeldOutRight, int HeldOutCount, int RightUpTo,
    IReadOnlyList<TracedText> Shown, TellingNeuron Telling, string Sentence)
{
    /// <summary>In percent.</summary>
    public double HeldOutShare => 100.0 * HeldOutRight / HeldOutCount;

    /// <summary>The line that ends the program, one for each experiment.</summary>
    public string LastLine =>
        FormattableString.Invariant($"{Experiment.Name}: {HeldOutShare:0.0} % of held-out strings, right up to N = {RightUpTo}");

    /// <summary>What the most telling neuron does, from its numbers.</summary>
    /// <param name="texts">The strings that it was found in.</param>
    public static string Explain(Experiment experiment, TellingNeuron telling, IReadOnlyList<TracedText> texts)
    {
        char[] characters = [.. experiment.Alphabet.Where(character => character != Experiment.End)];
        string changes = string.Join(", ", characters.Select(character =>
            FormattableString.Invariant($"{telling.MeanChangeAt(texts, character):+0.00;-0.00;0.00} at {character}")));
        string kept = string.Join(", ", characters.Select(character =>
            FormattableString.Invariant($"{telling.MeanAt(texts, character, Quantity.Remember):0.00} at {character}")));
        string name = telling.Neuron.NameIn(texts[0].Layers);
        return FormattableString.Invariant($"Neuron {name} tells most: its ltm follows {telling.Signal.Meaning} with a correlation of ")
            + FormattableString.Invariant($"{telling.Correlation:0.000} over {texts.Count} strings. ")
            + $"On average its ltm changes by {changes}; rem, the part of ltm that stays, is {kept}.";
    }
}
