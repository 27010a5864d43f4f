using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Report;
using Lstm.Tasks.Sequences;
using Xunit;

namespace Lstm.Tasks.Tests;

public class TrialTests
{
    [Fact]
    public void StopRule_WantsEveryRecentAnswerRightAndASmallMean()
    {
        var rule = new StopRule(recent: 4, tolerance: 0.5, meanError: 0.1);

        Assert.False(rule.Add([0.4, 0.4, 0.1]));
        Assert.False(rule.Add([0.1]));  // right, but 0.25 in the mean
        Assert.False(rule.Add([0.05])); // one 0.4 is still there
        Assert.True(rule.Add([0.05]));  // 0.075 in the mean
        Assert.False(rule.Add([0.5]));  // not below the tolerance
        Assert.False(rule.Add([0, 0, 0]));
        Assert.True(rule.Add([0]));
    }

    [Fact]
    public void StopRule_TakesNaNAsWrong()
    {
        var rule = new StopRule(recent: 2, tolerance: 0.5, meanError: 0.1);

        Assert.False(rule.Add([0, double.NaN, 0]));
        Assert.True(rule.Add([0]));
    }

    /// <summary>A short adding problem is learned, with the same numbers on any number of threads.</summary>
    [Fact]
    public void Adding_IsLearnedTheSameOnAnyNumberOfThreads()
    {
        Experiment experiment = Experiments.Adding(AddingForm.Hochreiter, 10);

        IReadOnlyList<Trial> one = TrialReport.Run(experiment, new SeedOptions(2, 1, null, 1), TextWriter.Null);
        IReadOnlyList<Trial> two = TrialReport.Run(experiment, new SeedOptions(2, 1, null, 2), TextWriter.Null);

        Assert.All(one, static trial => Assert.Equal(Outcome.Solved, trial.Outcome));
        Assert.All(one, static trial => Assert.InRange(trial.Wrong, 0, 13));
        Assert.Equal(one.Select(static trial => trial with { Seconds = 0 }), two.Select(static trial => trial with { Seconds = 0 }));
    }

    [Fact]
    public void NumbersThatRunAway_FailTheSeed()
    {
        var settings = new LearningSettings(BatchSize: 4, LearningRate: 1e38, Decay: 1, LargestNorm: 1, MemorySpan: 10);

        Trial trial = Trial.Run<AddingNetwork, AddingNetwork.State, AddingNetwork.Gradient>(
            new Adding(AddingForm.Hochreiter, 10, seed: 1), settings, seed: 1, limit: 1000, allowedWrong: 13);

        Assert.Equal(Outcome.Refused, trial.Outcome);
        Assert.InRange(trial.Sequences, 4, 996);
    }

    [Fact]
    public void LastLine_HasTheMedianOfTheSolvedSeeds()
    {
        Experiment experiment = Experiments.Adding(AddingForm.Hochreiter, 1000);
        Trial[] trials =
        [
            Of(Outcome.Solved, 14_000), Of(Outcome.NotLearned, 99_000), Of(Outcome.Solved, 30_000), Of(Outcome.Solved, 24_000),
            Of(Outcome.FailedTest, 1),
        ];

        Assert.Equal("adding T = 1,000: 3 of 5 seeds, median 24,000 sequences", TrialReport.LastLine(experiment, trials));
        Assert.Equal("adding T = 1,000: 0 of 1 seeds, median none", TrialReport.LastLine(experiment, trials[1..2]));
        Assert.Equal("adding T = 1,000: 2 of 2 seeds, median 22,000 sequences", TrialReport.LastLine(experiment, [trials[0], trials[2]]));
    }

    private static Trial Of(Outcome outcome, long sequences) => new(1, outcome, sequences, 0, 2560, 0, 361, 1);
}
