using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Reference;

namespace Lstm.Benchmarks;

/// <summary>Ratios mean something only between equal computations: every peer against the reference in double.</summary>
internal static class Verification
{
    // Each peer sums in its own order and approximates tanh in its own way, in float: a few 1e-7 are expected.
    private const double Tolerance = 1e-5;
    private const int Blocks = 3;

    /// <summary>Prints what differs, and whether all is well.</summary>
    /// <param name="peers">The optional peers that can take part.</param>
    public static bool Run(IReadOnlySet<string> peers)
    {
        Difference[] differences =
        [
            .. CellSize.All.SelectMany(size => Streamed(CellParameters.Random(size, seed: 1), peers)),
            .. Sequence.Counts.SelectMany(
                count => CellSize.TrainedOn(count).SelectMany(size => Trained(CellParameters.Random(size, seed: 1), count, peers))),
        ];
        Difference[] wrong = [.. differences.Where(static difference => !(difference.Value <= Tolerance))];
        foreach (Difference difference in wrong)
        {
            Console.Error.WriteLine($"{difference} off the reference; allowed is {Tolerance:g2}.");
        }

        if (wrong is [])
        {
            Difference largest = differences.MaxBy(static difference => difference.Value);
            Console.WriteLine($"{differences.Length} cases agree with the reference. Largest difference: {largest}.");
        }

        return wrong is [];
    }

    // wm after every block, absolute: it lies in -1 to 1.
    private static IEnumerable<Difference> Streamed(CellParameters parameters, IReadOnlySet<string> peers)
    {
        CellSize size = parameters.Size;
        float[][] blocks = [.. Enumerable.Range(0, Blocks).Select(seed => Sequence.Random(size.Input, seed))];
        double[] zero = new double[size.Hidden];
        CellTrace<double> expected = parameters.ToReference<double>().Forward(ToDouble([.. blocks.SelectMany(static x => x)]), zero, zero);
        return StepContestant.All.Where(contestant => contestant.Needs is null || peers.Contains(contestant.Needs)).Select(Of);

        Difference Of(StepContestant contestant)
        {
            IStreamedCell cell = contestant.Create(parameters);
            using IDisposable? disposed = cell as IDisposable;
            return new(contestant.Name, size, blocks.Index().Max(block =>
            {
                cell.Stream(block.Item);
                return Distance(expected.Wm.Row(((block.Index + 1) * Sequence.Steps) - 1), cell.WorkingMemory);
            }));
        }
    }

    // The gradient, relative to its largest value.
    private static IEnumerable<Difference> Trained(CellParameters parameters, int sequences, IReadOnlySet<string> peers)
    {
        CellSize size = parameters.Size;
        float[] x = Sequence.Random(sequences * size.Input, seed: 2);
        float[] dWm = Sequence.Random(sequences * size.Hidden, seed: 3);
        ReferenceTraining<double> reference = new(parameters, sequences);
        reference.Train(ToDouble(x), ToDouble(dWm));
        double[] expected = ToDouble(reference.Gradient().ToArray());
        double largest = expected.Max(Math.Abs);
        return TrainContestant.All.Where(contestant => contestant.Needs is null || peers.Contains(contestant.Needs)).Select(Of);

        Difference Of(TrainContestant contestant)
        {
            ITrainedCell cell = contestant.Create(parameters, sequences);
            using IDisposable? disposed = cell as IDisposable;
            cell.Train(x, dWm);
            return new($"{contestant.Name}, gradient of {sequences}", size, Distance(expected, cell.Gradient().ToArray()) / largest);
        }
    }

    private static double[] ToDouble(float[] values) => Array.ConvertAll(values, static value => (double)value);

    private static double Distance(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i])); // NaN wins
        }

        return largest;
    }

    private readonly record struct Difference(string Peer, CellSize Size, double Value)
    {
        public override string ToString() => FormattableString.Invariant($"{Peer} {Size}: {Value:g2}");
    }
}
