using System;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Report;

namespace Lstm.Tasks.Sunspots;

/// <summary>
/// The mean of some generated networks with different first weights. Each reads the square roots of the last months, and says how much they change
/// until each of the next twelve months.
/// </summary>
/// <remarks>
/// It is trained on windows of the past that begin anywhere, from a state of 0; the answers to the first months of a window do not count.
/// </remarks>
/// <param name="options">How many networks, from which seed, how many at once.</param>
internal sealed class SunspotNetworks(SeedOptions options) : IForecaster
{
    private const int Window = 264; // two solar cycles
    private const int WarmUp = 48;
    private const int Updates = 500;

    private static readonly LearningSettings Learning = new(
        BatchSize: 16, LearningRate: 0.01, Decay: 0.992, LargestNorm: 1, MemorySpan: 0);

    /// <inheritdoc/>
    public string Name => $"LSTM, mean of {options.Seeds} networks";

    /// <summary>The largest horizon.</summary>
    public static int Horizons => SunspotNetwork.OutputSize;

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past)
    {
        var scale = Scale.Of(past.Span);
        float[] numbers = scale.Apply(past.Span);
        var learners = new Learner<SunspotNetwork, SunspotNetwork.State, SunspotNetwork.Gradient>?[options.Seeds];
        Parallel.For(0, options.Seeds, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i =>
            learners[i] = Trained(numbers, options.FirstSeed + i));
        if (Array.IndexOf(learners, null) is >= 0 and int refused)
        {
            throw new InputException(
                $"sunspots, seed {options.FirstSeed + refused}: a number was not finite in training. Give another --first-seed.");
        }

        var batch = new Batch(Window, 1, SunspotNetwork.InputSize, SunspotNetwork.OutputSize);
        return (known, horizon) =>
        {
            float[] last = scale.Apply(known.Span[^Window..]);
            double change = learners.Average(learner =>
            {
                batch.Begin(Window);
                last.CopyTo(batch.X);
                learner!.Predict(batch);
                return batch.Output(Window - 1, 0)[horizon - 1];
            });
            return scale.Back(last[^1] + change);
        };
    }

    /// <summary>A trained network, or null: a number was not finite.</summary>
    private static Learner<SunspotNetwork, SunspotNetwork.State, SunspotNetwork.Gradient>? Trained(float[] numbers, int seed)
    {
        var learner = new Learner<SunspotNetwork, SunspotNetwork.State, SunspotNetwork.Gradient>(Learning, Window, seed);
        var random = new Random(seed);
        var batch = new Batch(Window, Learning.BatchSize, SunspotNetwork.InputSize, SunspotNetwork.OutputSize);
        int[] starts = new int[Learning.BatchSize];
        for (int update = 0; update < Updates; update++)
        {
            batch.Begin(Window);
            for (int n = 0; n < starts.Length; n++)
            {
                starts[n] = random.Next(numbers.Length - Window - Horizons + 1);
                for (int t = 0; t < Window; t++)
                {
                    batch.Input(t, n)[0] = numbers[starts[n] + t];
                }
            }

            if (!learner.Learn(batch, judged => Judge(judged, numbers, starts)))
            {
                return null;
            }
        }

        return learner;
    }

    private static void Judge(Batch batch, float[] numbers, int[] starts)
    {
        batch.DY.Clear();
        for (int n = 0; n < starts.Length; n++)
        {
            for (int t = WarmUp; t < Window; t++)
            {
                int now = starts[n] + t;
                Span<float> dY = batch.DY.Slice(((t * starts.Length) + n) * Horizons, Horizons);
                Span<float> y = batch.Output(t, n);
                for (int k = 0; k < Horizons; k++)
                {
                    float change = numbers[now + 1 + k] - numbers[now];
                    dY[k] = (y[k] - change) / (Window - WarmUp);
                }
            }
        }
    }

    /// <summary>Square roots with mean 0 and variance 1 over the past.</summary>
    private readonly record struct Scale(double Mean, double Deviation)
    {
        public static Scale Of(ReadOnlySpan<double> past)
        {
            double[] roots = [.. past.ToArray().Select(Math.Sqrt)];
            double mean = roots.Average();
            return new Scale(mean, Math.Sqrt(roots.Average(root => (root - mean) * (root - mean))));
        }

        public float[] Apply(ReadOnlySpan<double> numbers)
        {
            float[] scaled = new float[numbers.Length];
            for (int i = 0; i < scaled.Length; i++)
            {
                scaled[i] = (float)((Math.Sqrt(numbers[i]) - Mean) / Deviation);
            }

            return scaled;
        }

        public double Back(double scaled)
        {
            double root = Math.Max(0, Mean + (Deviation * scaled));
            return root * root;
        }
    }
}
