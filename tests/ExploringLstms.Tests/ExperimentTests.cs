using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace ExploringLstms.Tests;

/// <summary>The strings of the experiments.</summary>
public sealed class ExperimentTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    internal static IReadOnlyDictionary<string, Experiment> All { get; } =
        new Experiment[] { new Counter(), new SelectiveCounter(), new StateMemorizer(), new CopyMachine() }.ToDictionary(each => each.Name);

    [Theory]
    [InlineData("counter", "^(?<n>a+)X(b+)$")]
    [InlineData("selective counter", "^[aX]+Yb+$")]
    [InlineData("state memorizer", "^(Ax+Ya|Bx+Yb)$")]
    [InlineData("copy machine", "^(?<s>[abc]+)X\\k<s>$")]
    public void DrawnString_HasTheFormAndTheCount(string name, string form)
    {
        Experiment experiment = All[name];
        Random random = new(5);
        for (int count = 1; count <= experiment.Largest; count++)
        {
            string text = experiment.Draw(random, count);

            Assert.Matches(new Regex(form), text);
            Assert.Equal(count, name switch
            {
                "counter" or "selective counter" => text.Count(character => character == 'b'),
                "state memorizer" => text.Length - 3,
                _ => text.IndexOf('X', StringComparison.Ordinal),
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HeldOutStrings_AreNeitherTrainedOnNorValidated(string name)
    {
        Experiment experiment = All[name];
        HashSet<string> heldOut = [.. experiment.Strings(Use.HeldOut, 50)];

        Assert.NotEmpty(heldOut);
        Assert.Empty(heldOut.Intersect(experiment.Strings(Use.Training, 50)));
        Assert.Empty(heldOut.Intersect(experiment.ValidationStrings));
        Assert.All(heldOut, text => Assert.Equal(Use.HeldOut, experiment.UseOf(text)));
        using Trainer<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient> trainer = new(experiment, seed: 2);
        Assert.All(Enumerable.Range(0, 300).Select(_ => trainer.DrawTraining()), text => Assert.Equal(Use.Training, experiment.UseOf(text)));
    }

    [Theory]
    [InlineData("counter", "aaXbb", "bb\u21B5")]
    [InlineData("selective counter", "XaXaYbb", "bb\u21B5")]
    [InlineData("state memorizer", "BxxYb", "b\u21B5")]
    [InlineData("copy machine", "cabXcab", "cab\u21B5")]
    public void WhatFollowsTheTurn_IsDetermined(string name, string text, string determined)
    {
        Experiment experiment = All[name];
        StringBatch batch = new(experiment, [text, text]);

        Assert.Equal(text.Length + 1, batch.Steps);
        Assert.Equal(determined, string.Concat(batch.Determined(1).Select(row => experiment.Alphabet[batch.Targets[row]])));
        Assert.All(batch.Determined(1), row => Assert.Equal(1, row % 2));
    }

    /// <summary>A row of x is 1 at its character and 0 elsewhere; behind the end of a string there is nothing to read and no target.</summary>
    [Fact]
    public void Batch_PadsShorterStrings()
    {
        StringBatch batch = new(new Counter(), ["aXb", "aaXbb"]);

        Assert.Equal((6, 2), (batch.Steps, batch.Count));
        Assert.Equal([1f, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], batch.X[..16]);
        Assert.Equal([1, 1, 2, 1, 3, 2, 0, 3, -1, 3, -1, 0], batch.Targets);
        Assert.Equal(-1, batch.X.AsSpan(32, 4).IndexOfAnyExcept(0f));
    }

    /// <summary>A neuron could keep these numbers in mind: one for each character that was read.</summary>
    [Theory]
    [InlineData("counter", 0, "\u21B5aaXbb", new double[] { 0, 1, 2, 2, 1, 0 })]
    [InlineData("selective counter", 0, "\u21B5XaXYb", new double[] { 0, 0, 1, 1, 1, 0 })]
    [InlineData("state memorizer", 0, "\u21B5BxYb", new double[] { double.NaN, -1, -1, -1, double.NaN })]
    [InlineData("copy machine", 4, "\u21B5cbXcb", new double[] { double.NaN, double.NaN, 1, 1, 1, double.NaN })]
    public void Signal_IsWhatIsToBeRemembered(string name, int index, string read, double[] expected) =>
        Assert.Equal(expected, All[name].Signals[index].Of(read));
}
