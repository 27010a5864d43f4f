using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>What a string is for. It depends on the string alone: no seed moves one from training to the held-out ones.</summary>
internal enum Use
{
    Training,

    /// <summary>Decides when training stops and whether it starts again.</summary>
    Validation,

    /// <summary>Decides nothing; the figures at the end.</summary>
    HeldOut,
}

/// <summary>A family of strings whose second half follows from the first, and how a network is trained to continue them.</summary>
/// <remarks>
/// A string has a count N. Its first characters are free; after the turn, every character and the end of the string are determined. A string is right
/// if at each determined place the likeliest next character, by the network's logits, is the right one. The network then would also write the rest of
/// the string by itself, as each character it would choose is the one that it is given.
/// </remarks>
internal abstract class Experiment
{
    /// <summary>What begins and ends every string, as pages show it.</summary>
    public const char End = '\u21B5';

    private const int LongestShown = 20;

    /// <summary>For example <c>selective counter</c>.</summary>
    public abstract string Name { get; }

    /// <summary>For example <c>selective-counter</c>.</summary>
    public string FileName => Name.Replace(' ', '-');

    /// <summary>What the strings look like, in words.</summary>
    public abstract string Form { get; }

    /// <summary>What N counts, in words.</summary>
    public abstract string CountOf { get; }

    /// <summary>Every character, <see cref="End"/> first; a network reads and gives one number for each.</summary>
    public abstract string Alphabet { get; }

    /// <summary>The character after which all is determined.</summary>
    public abstract char Turn { get; }

    /// <summary>The largest N that is trained on; the least is 1.</summary>
    public abstract int Largest { get; }

    /// <summary>How to train.</summary>
    public abstract TrainingPlan Plan { get; }

    /// <summary>What a neuron could keep in mind, to find the one that tells most.</summary>
    public abstract IReadOnlyList<Signal> Signals { get; }

    /// <summary>The strings of the page, the one of pictures and JSON first.</summary>
    /// <param name="rightUpTo">N up to which all strings that were tried are right.</param>
    public virtual IReadOnlyList<string> Shown(int rightUpTo)
    {
        // The last one that is right and the first that is not, unless they are too long to be looked at.
        int[] counts = [Largest, (Largest + 1) / 2, Math.Min(rightUpTo, LongestShown), Math.Min(rightUpTo + 1, LongestShown)];
        return [.. counts.Where(count => count > 0).Distinct().Select(count => StringsOf(count, 1)[0])];
    }

    /// <summary>A string of the family, without its ends.</summary>
    public abstract string Draw(Random random, int count);

    /// <summary>What a string is for.</summary>
    public virtual Use UseOf(string text) => (Hash(text) % 10) switch
    {
        < 2 => Use.HeldOut,
        2 => Use.Validation,
        _ => Use.Training,
    };

    /// <summary>The strings that decide when training stops and whether it starts again.</summary>
    public virtual IReadOnlyList<string> ValidationStrings => Strings(Use.Validation, each: 20);

    /// <summary>Different strings of one use, of the trained counts; of some counts there may be less than asked for, or none.</summary>
    /// <param name="each">How many of each count, at most.</param>
    public IReadOnlyList<string> Strings(Use use, int each)
    {
        Random random = new(20_170_529);
        return [.. Enumerable.Range(1, Largest).SelectMany(count => Different(random, count, each, text => UseOf(text) == use))];
    }

    /// <summary>Different strings of one count, whatever they are for.</summary>
    public IReadOnlyList<string> StringsOf(int count, int each) => Different(new Random(count), count, each, _ => true);

    /// <summary>Characters by their places in the alphabet, from the first end to the last.</summary>
    public int[] Encode(string text) => [.. $"{End}{text}{End}".Select(character => Alphabet.IndexOf(character))];

    /// <summary>The place, in the encoded string, of the turn: what follows it is determined.</summary>
    public int TurnOf(string text) => 1 + text.IndexOf(Turn);

    /// <summary>How many more of one character than of another have been read.</summary>
    protected static double[] Balance(string read, char up, char down)
    {
        double[] values = new double[read.Length];
        double balance = 0;
        for (int t = 0; t < read.Length; t++)
        {
            balance += read[t] == up ? 1 : read[t] == down ? -1 : 0;
            values[t] = balance;
        }

        return values;
    }

    private IReadOnlyList<string> Different(Random random, int count, int each, Predicate<string> wanted)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        for (int attempt = 0; attempt < 40 * each && found.Count < each; attempt++)
        {
            string text = Draw(random, count);
            if (wanted(text))
            {
                found.Add(text);
            }
        }

        return [.. found];
    }

    /// <summary>FNV-1a, with the bits mixed down: the same on every machine.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash ^ (hash >> 15);
    }
}
