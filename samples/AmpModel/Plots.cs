using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using Lstm.Charts;

namespace AmpModel;

/// <summary>The two pictures of a training.</summary>
internal static class Plots
{
    private const double ExcerptSeconds = 0.012;

    /// <summary>Training loss and error-to-signal ratio on the test part over time.</summary>
    public static Chart LossCurve(IReadOnlyList<TrainingStatus> curve) => new LineChart(
        "Error-to-signal ratio while training",
        new Axis("training time in s") { Minimum = 0 },
        new Axis("ESR", Scale.Logarithmic),
        [
            new Series("training loss", [.. curve.Select(static status => new Point(status.Seconds, status.TrainEsr))]) { Color = 1 },
            new Series("test part", [.. curve.Select(static status => new Point(status.Seconds, status.TestEsr))]) { Color = 0 },
        ]);

    /// <summary>A short excerpt of target and prediction, where the target is loudest.</summary>
    public static Chart Excerpt(ReadOnlySpan<float> target, ReadOnlySpan<float> prediction, int sampleRate, double esr)
    {
        int length = Math.Min(target.Length, Math.Max(2, (int)(ExcerptSeconds * sampleRate)));
        int start = LoudestStart(target, length);
        return new LineChart(
            $"Target and prediction, test part (ESR {esr:0.0000})",
            new Axis("time in the test part in ms"),
            new Axis("amplitude"),
            [
                new Series("target", Points(target.Slice(start, length), start, sampleRate)) { Color = 6, Width = 5 },
                new Series("prediction", Points(prediction.Slice(start, length), start, sampleRate)) { Color = 0, Width = 1.5f },
            ]);
    }

    private static Point[] Points(ReadOnlySpan<float> samples, int start, int sampleRate)
    {
        var points = new Point[samples.Length];
        for (int t = 0; t < samples.Length; t++)
        {
            points[t] = new Point(1000.0 * (start + t) / sampleRate, samples[t]);
        }

        return points;
    }

    private static int LoudestStart(ReadOnlySpan<float> samples, int length)
    {
        int loudest = 0;
        float largest = -1;
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            float power = TensorPrimitives.SumOfSquares(samples.Slice(start, length));
            if (power > largest)
            {
                (loudest, largest) = (start, power);
            }
        }

        return loudest;
    }
}
