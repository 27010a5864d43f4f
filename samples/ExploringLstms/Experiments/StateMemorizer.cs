using System;
using System.Collections.Generic;

namespace ExploringLstms;

/// <summary>A or B, N times x, Y, and the first letter in lower case.</summary>
internal sealed class StateMemorizer : Experiment
{
    public override string Name => "state memorizer";

    public override string Form => "A or B, N times x, Y, then a or b, as the string began";

    public override string CountOf => "the x's between the letter and its answer";

    public override string Alphabet => $"{End}ABxYab";

    public override char Turn => 'Y';

    public override int Largest => 20;

    public override TrainingPlan Plan => new(Updates: 5_000, Batch: 16, LearningRate: 0.01f);

    public override IReadOnlyList<Signal> Signals { get; } =
        [new Signal("the first letter, 1 for A and -1 for B, from that letter to its answer", State)];

    public override string Draw(Random random, int count)
    {
        bool first = random.Next(2) == 0;
        return $"{(first ? 'A' : 'B')}{new string('x', count)}Y{(first ? 'a' : 'b')}";
    }

    private static double[] State(string read)
    {
        double[] values = new double[read.Length];
        Array.Fill(values, double.NaN);
        values.AsSpan(1, read.IndexOf('Y')).Fill(read[1] == 'A' ? 1 : -1);
        return values;
    }
}
