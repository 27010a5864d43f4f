using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>Something that a reader of the string could keep in mind, as a number for each character read.</summary>
/// <param name="Meaning">What it is, to stand behind "follows".</param>
/// <param name="Of">Its values, one for each character that was read, the end before the string included; NaN where it means nothing.</param>
internal sealed record Signal(string Meaning, Func<string, double[]> Of);

/// <summary>How a neuron goes with a signal.</summary>
/// <param name="Neuron">The neuron.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Correlation">Of its ltm with the signal, over all steps of some strings; -1 to 1.</param>
internal sealed record TellingNeuron(Neuron Neuron, Signal Signal, double Correlation)
{
    /// <summary>The neuron and the signal whose correlation is largest, of whichever sign.</summary>
    public static TellingNeuron Find(IReadOnlyList<TracedText> texts, IReadOnlyList<Signal> signals) =>
        texts[0].Neurons
            .SelectMany(neuron => signals.Select(signal => new TellingNeuron(neuron, signal, CorrelationOf(texts, neuron, signal))))
            .MaxBy(found => Math.Abs(found.Correlation))!;

    /// <summary>The mean change of its ltm at the steps that read a character.</summary>
    public double MeanChangeAt(IReadOnlyList<TracedText> texts, char character) =>
        Steps(texts, character)
            .Select(at => (double)at.Text[Neuron, Quantity.Ltm, at.T] - (at.T == 0 ? 0 : at.Text[Neuron, Quantity.Ltm, at.T - 1]))
            .Average();

    /// <summary>The mean of a quantity at the steps that read a character.</summary>
    public double MeanAt(IReadOnlyList<TracedText> texts, char character, Quantity quantity) =>
        Steps(texts, character).Select(at => (double)at.Text[Neuron, quantity, at.T]).Average();

    private static IEnumerable<(TracedText Text, int T)> Steps(IReadOnlyList<TracedText> texts, char character) =>
        texts.SelectMany(text => Enumerable.Range(0, text.Steps).Where(t => text.Read[t] == character).Select(t => (text, t)));

    /// <summary>Pearson's; 0 where either does not vary.</summary>
    private static double CorrelationOf(IReadOnlyList<TracedText> texts, Neuron neuron, Signal signal)
    {
        double count = 0, sumX = 0, sumY = 0, sumXX = 0, sumYY = 0, sumXY = 0;
        foreach (TracedText text in texts)
        {
            double[] values = signal.Of(text.Read);
            for (int t = 0; t < values.Length; t++)
            {
                if (double.IsNaN(values[t]))
                {
                    continue;
                }

                double x = text[neuron, Quantity.Ltm, t], y = values[t];
                count++;
                sumX += x;
                sumY += y;
                sumXX += x * x;
                sumYY += y * y;
                sumXY += x * y;
            }
        }

        double ofX = (count * sumXX) - (sumX * sumX), ofY = (count * sumYY) - (sumY * sumY);
        return ofX <= 1e-9 * count * count || ofY <= 1e-9 * count * count ? 0 : ((count * sumXY) - (sumX * sumY)) / Math.Sqrt(ofX * ofY);
    }
}
