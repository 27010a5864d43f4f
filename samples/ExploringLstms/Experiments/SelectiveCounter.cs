using System;
using System.Collections.Generic;
using System.Text;

namespace ExploringLstms;

/// <summary>N times a with up to N times X between them, which do not count, then Y, N times b.</summary>
internal sealed class SelectiveCounter : Experiment
{
    public override string Name => "selective counter";

    public override string Form => "N times a, with up to N times X anywhere among them, Y, N times b";

    public override string CountOf => "the a's, whatever the X's";

    public override string Alphabet => $"{End}aXYb";

    public override char Turn => 'Y';

    public override int Largest => 10;

    public override TrainingPlan Plan => new(Updates: 20_000, Batch: 16, LearningRate: 0.01f);

    public override IReadOnlyList<Signal> Signals { get; } =
        [new Signal("the number of a's less that of the b's", read => Balance(read, 'a', 'b'))];

    public override string Draw(Random random, int count)
    {
        StringBuilder text = new(new string('a', count));
        for (int others = random.Next(count + 1); others > 0; others--)
        {
            text.Insert(random.Next(text.Length + 1), 'X');
        }

        return text.Append('Y').Append('b', count).ToString();
    }
}
