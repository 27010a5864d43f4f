using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>N times a, X, N times b.</summary>
internal class Counter : Experiment
{
    public override string Name => "counter";

    public override string Form => "N times a, X, N times b";

    public override string CountOf => "the a's";

    public override string Alphabet => $"{End}aXb";

    public override char Turn => 'X';

    public override int Largest => 10;

    public override TrainingPlan Plan => new(Updates: 10_000, Batch: 8, LearningRate: 0.01f, RememberBias: 5);

    public override IReadOnlyList<Signal> Signals { get; } =
        [new Signal("the number of a's less that of the b's", read => Balance(read, 'a', 'b'))];

    public override string Draw(Random random, int count) => $"{new string('a', count)}X{new string('b', count)}";

    /// <summary>
    /// Of the trained counts there are too few strings to keep some for this: those that are trained on, and the next six counts, which are not.
    /// </summary>
    public override IReadOnlyList<string> ValidationStrings =>
        [.. Strings(Use.Training, each: 1), .. Enumerable.Range(Largest + 1, 6).SelectMany(count => StringsOf(count, each: 1))];

    /// <summary>There are only ten strings: those of two counts are held out.</summary>
    public override Use UseOf(string text) => TurnOf(text) - 1 is 4 or 8 ? Use.HeldOut : Use.Training;
}
