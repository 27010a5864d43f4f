using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ExploringLstms.Tests;

/// <summary>Training and what is looked at afterwards.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void FewUpdates_LowerTheLoss_AndGiveTheSameWeightsAgain()
    {
        (float first, float last, float[] weights) = Train();
        (_, _, float[] again) = Train();

        // ln 4 = 1.39 is the loss of a guess; that of the place of X alone, which cannot be known, is 0.25.
        Assert.InRange(first, 1.2f, 1.7f);
        Assert.InRange(last, 0.1f, 0.8f);
        Assert.Equal(weights, again);

        static (float First, float Last, float[] Weights) Train()
        {
            using Trainer<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient> trainer = new(new ShortCounter(), seed: 3);
            float[] losses = [.. Enumerable.Range(0, 200).Select(trainer.Update)];
            float[] weights = new float[CounterNetwork.ParameterCount];
            trainer.Network.ExportParameters(weights);
            return (losses[0], losses[^20..].Average(), weights);
        }
    }

    [Fact]
    public void Restore_BringsTheKeptWeightsBack()
    {
        using Trainer<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient> trainer = new(new ShortCounter(), seed: 3);
        trainer.Update(0);
        trainer.Keep();
        float[] kept = trainer.Network.Parameters.ToArray();
        trainer.Update(1);
        Assert.NotEqual(kept, trainer.Network.Parameters.ToArray());

        trainer.Restore();

        Assert.Equal(kept, trainer.Network.Parameters.ToArray());
    }

    /// <summary>What was recorded is what Step leaves in the state, bit for bit.</summary>
    [Fact]
    public void Recorder_HasTheMemoriesOfTheRun()
    {
        CopyNetwork network = default;
        network.Initialize(seed: 4, rememberBias: 1);
        CopyMachine experiment = new();

        TracedText text = Recorder.Record<CopyNetwork, CopyNetwork.State, CopyNetwork.Gradient>(experiment, in network, "abXab");

        Assert.Equal("\u21B5abXab", text.Read);
        Assert.Equal([null, null, null, 'a', 'b', Experiment.End], text.Next);
        Assert.Equal(text.IsRight, Enumerable.Range(3, 3).All(t => text.Next[t] == text.Written[t]));
        CopyNetwork.State state = default;
        for (int t = 0; t < text.Steps; t++)
        {
            float[] x = new float[5];
            x[experiment.Alphabet.IndexOf(text.Read[t], StringComparison.Ordinal)] = 1;
            network.Step(x, ref state, new float[5]);
            foreach (Neuron neuron in text.Neurons)
            {
                Assert.Equal(state.LongTermMemory(neuron.Layer)[neuron.Unit], text[neuron, Quantity.Ltm, t]);
                Assert.Equal(state.WorkingMemory(neuron.Layer)[neuron.Unit], text[neuron, Quantity.Wm, t]);
                Assert.InRange(text[neuron, Quantity.Remember, t], 0, 1);
            }
        }
    }

    /// <summary>Of two units, the second one's ltm is the signal times -2 plus 3.</summary>
    [Fact]
    public void TellingNeuron_IsTheOneThatGoesWithASignal()
    {
        Signal signal = new("the signal", read => [.. Enumerable.Range(0, read.Length).Select(t => t == 2 ? double.NaN : t * (double)t)]);
        float[] values = new float[4 * Quantities.Count * 2];
        for (int t = 0; t < 4; t++)
        {
            values[(t * Quantities.Count * 2) + 0] = (float)Math.Sin(5 * t);
            values[(t * Quantities.Count * 2) + 1] = t == 2 ? 99 : 3 - (2f * t * t);
        }

        TracedText text = new("abab", 1, 2, values, new char?[4], "abab");
        TellingNeuron found = TellingNeuron.Find([text], [signal]);

        Assert.Equal(new Neuron(0, 1), found.Neuron);
        Assert.Equal(-1, found.Correlation, 9);
        Assert.Equal(((1 - 3) + (-15 - 99)) / 2.0, found.MeanChangeAt([text], 'b'), 5);
        Assert.Equal((3 + 99) / 2.0, found.MeanAt([text], 'a', Quantity.Ltm), 5);
    }

    [Fact]
    public void Result_HasTheFiguresOfItsStrings()
    {
        ExperimentResult result = ShortCounter.Trained.Value;

        TrainingStatus best = ShortCounter.Reports.MaxBy(status => (status.Right, status.Least));
        Assert.Equal([250, 500], ShortCounter.Reports.Select(status => status.Update));
        Assert.Equal((best.Update, 1, 2), (result.Updates, result.Attempts, result.HeldOutCount));
        Assert.Equal("counter: 50.0 % of held-out strings, right up to N = 7", (result with { HeldOutRight = 1, RightUpTo = 7 }).LastLine);
        Assert.Equal(10, result.Shown[0].Read.Count(character => character == 'a'));
        string name = $"Neuron {result.Telling.Neuron.Unit + 1}";
        Assert.StartsWith($"{name} tells most: its ltm follows the number of a's less ", result.Sentence, StringComparison.Ordinal);
        Assert.InRange(Math.Abs(result.Telling.Correlation), 0.5, 1);
    }
}
