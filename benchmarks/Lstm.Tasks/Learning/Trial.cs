using System;
using System.Diagnostics;

namespace Lstm.Tasks.Learning;

/// <summary>How a training ended.</summary>
internal enum Outcome
{
    /// <summary>The criterion was met, and the test passed.</summary>
    Solved,

    /// <summary>The criterion was met, but too many test sequences were wrong.</summary>
    FailedTest,

    /// <summary>The criterion was not met within the allowed sequences.</summary>
    NotLearned,

    /// <summary>A gradient or a weight was not finite.</summary>
    Refused,
}

/// <summary>The training of one seed.</summary>
/// <param name="Seed">Decides the first weights and all sequences.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sequences">Training sequences until then.</param>
/// <param name="Wrong">Test sequences that are wrong.</param>
/// <param name="Tested">Test sequences.</param>
/// <param name="MeanError">Their mean error.</param>
/// <param name="Weights">Parameters of the network.</param>
/// <param name="Seconds">Wall time, the test included.</param>
internal sealed record Trial(int Seed, Outcome Outcome, long Sequences, int Wrong, int Tested, double MeanError, int Weights, double Seconds)
{
    /// <summary>Trains until the task is learned or the sequences are used up, then tests.</summary>
    /// <param name="task">What to learn; fresh.</param>
    /// <param name="settings">How.</param>
    /// <param name="seed">Decides the first weights.</param>
    /// <param name="limit">The most training sequences.</param>
    /// <param name="allowedWrong">A test with more wrong sequences is failed.</param>
    public static Trial Run<TNetwork, TState, TGradient>(ITask task, LearningSettings settings, int seed, long limit, int allowedWrong)
        where TNetwork : unmanaged, ITrainableLstm<TNetwork, float, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        long start = Stopwatch.GetTimestamp();
        using var learner = new Learner<TNetwork, TState, TGradient>(settings, task.LargestSteps, seed);
        var batch = new Batch(task.LargestSteps, settings.BatchSize, task.InputSize, task.OutputSize);
        long sequences = 0;
        Outcome outcome = Outcome.NotLearned;
        while (outcome == Outcome.NotLearned && sequences + settings.BatchSize <= limit)
        {
            task.Draw(batch);
            bool stepped = learner.Learn(batch, task.Judge);
            sequences += settings.BatchSize;
            outcome = !stepped ? Outcome.Refused : task.IsLearned(batch, learner) ? Outcome.Solved : Outcome.NotLearned;
        }

        TestResult test = task.Test(learner);
        if (outcome == Outcome.Solved && test.Wrong > allowedWrong)
        {
            outcome = Outcome.FailedTest;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Trial(seed, outcome, sequences, test.Wrong, task.TestedSequences, test.MeanError, TNetwork.ParameterCount, seconds);
    }
}
