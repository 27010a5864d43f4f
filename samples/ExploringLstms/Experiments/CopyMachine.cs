using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>N letters of a, b and c, X, the same N letters.</summary>
internal sealed class CopyMachine : Experiment
{
    public override string Name => "copy machine";

    public override string Form => "N letters of a, b and c, X, the same letters again";

    public override string CountOf => "the letters to copy";

    public override string Alphabet => $"{End}abcX";

    public override char Turn => 'X';

    public override int Largest => 10;

    public override TrainingPlan Plan => new(Updates: 10_000, Batch: 32, LearningRate: 0.01f, Sure: 0.9f);

    /// <summary>For each place and letter: whether that letter stands there, from when it is read until it has been written again.</summary>
    public override IReadOnlyList<Signal> Signals { get; } =
    [
        .. from place in Enumerable.Range(1, 10)
           from letter in "abc"
           select new Signal($"whether letter {place} is {letter}, from there until it is due again,", read => Letter(read, place, letter)),
    ];

    public override string Draw(Random random, int count)
    {
        string letters = string.Concat(Enumerable.Range(0, count).Select(_ => (char)('a' + random.Next(3))));
        return $"{letters}X{letters}";
    }

    /// <summary>Of one or two letters there are only twelve strings: all are trained on.</summary>
    public override Use UseOf(string text) => text.Length <= 5 ? Use.Training : base.UseOf(text);

    /// <summary>More than of the others: of the longer ones there are hundreds.</summary>
    public override IReadOnlyList<string> ValidationStrings => Strings(Use.Validation, each: 50);

    private static double[] Letter(string read, int place, char letter)
    {
        double[] values = new double[read.Length];
        Array.Fill(values, double.NaN);
        int turn = read.IndexOf('X');
        if (place < turn)
        {
            values.AsSpan(place..(turn + place)).Fill(read[place] == letter ? 1 : 0);
        }

        return values;
    }
}
