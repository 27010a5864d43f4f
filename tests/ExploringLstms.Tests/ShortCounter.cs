using System;
using System.Collections.Generic;

namespace ExploringLstms.Tests;

/// <summary>The counter with so few updates that a test can train it; and one trained so.</summary>
internal sealed class ShortCounter : Counter
{
    public override TrainingPlan Plan => new(Updates: 500, Batch: 8, LearningRate: 0.02f);

    /// <summary>Of that training, look by look.</summary>
    public static List<TrainingStatus> Reports { get; } = [];

    public static Lazy<ExperimentResult> Trained { get; } = new(() =>
        ExperimentRun.Run<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient>(new ShortCounter(), seed: 1, Reports.Add, mostAttempts: 1));
}
