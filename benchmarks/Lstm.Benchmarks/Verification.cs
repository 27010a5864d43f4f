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
    /// <param name="onnxRuntime">Whether ONNX Runtime can take part.</param>
    public static bool Run(bool onnxRuntime)
    {
        Difference[] differences =
        [
            .. CellSize.All.SelectMany(size => Streamed(CellParameters.Random(size, seed: 1), onnxRuntime)),
            .. CellSize.Trained.SelectMany(static size => Trained(CellParameters.Random(size, seed: 1))),
        ];
        Difference[] wrong = [.. differences.Where(static difference => !(difference.Value <= Tolerance))];
        foreach (Difference difference in wrong)
        {
            Console.Error.WriteLine($"{difference} off the reference; allowed is {Tolerance:g2}.");
        }

        if (wrong is [])
        {
            Console.WriteLine($"{differences.Length} cases agree with the reference. Largest difference: {differences.MaxBy(static difference => difference.Value)}.");
        }

        return wrong is [];
    }

    // wm after every block, absolute: it lies in -1 to 1.
    private static IEnumerable<Difference> Streamed(CellParameters parameters, bool onnxRuntime)
    {
        CellSize size = parameters.Size;
        float[][] blocks = [.. Enumerable.Range(0, Blocks).Select(seed => Sequence.Random(size.Input, seed))];
        double[] zero = new double[size.Hidden];
        CellTrace<double> expected = ReferencePeer.Create<double>(parameters).Forward(ToDouble([.. blocks.SelectMany(static x => x)]), zero, zero);

        GeneratedCell generated = GeneratedCell.Create(parameters);
        yield return Of("generated", generated, generated.Stream);
        generated = GeneratedCell.Create(parameters);
        yield return Of("generated, 64 steps at once", generated, generated.StreamAtOnce);
        TensorPrimitivesCell tensorPrimitives = new(parameters);
        yield return Of("TensorPrimitives", tensorPrimitives, tensorPrimitives.Stream);
        PlainLoopCell plainLoop = new(parameters);
        yield return Of("plain MathF loop", plainLoop, plainLoop.Stream);
        ReferencePeer reference = new(parameters);
        yield return Of("reference in float", reference, reference.Stream);
        if (onnxRuntime)
        {
            using OnnxRuntimeCell single = new(parameters, steps: 1);
            yield return Of("ONNX Runtime", single, single.Stream);
            using OnnxRuntimeCell atOnce = new(parameters, Sequence.Steps);
            yield return Of("ONNX Runtime, 64 steps at once", atOnce, atOnce.Stream);
        }

        Difference Of(string peer, IStreamedCell cell, Action<ReadOnlySpan<float>> stream) => new(peer, size, blocks.Index().Max(block =>
        {
            stream(block.Item);
            return Distance(expected.Wm.Row(((block.Index + 1) * Sequence.Steps) - 1), cell.WorkingMemory);
        }));
    }

    // The gradient, relative to its largest value.
    private static IEnumerable<Difference> Trained(CellParameters parameters)
    {
        CellSize size = parameters.Size;
        float[] x = Sequence.Random(size.Input, seed: 2);
        float[] dWm = Sequence.Random(size.Hidden, seed: 3);
        double[] zero = new double[size.Hidden];
        ReferenceCell<double> reference = ReferencePeer.Create<double>(parameters);
        CellGradient<double> gradient = reference.Backward(ToDouble(x), reference.Forward(ToDouble(x), zero, zero), ToDouble(dWm));
        float[] expected = CellParameters.From<double>(size, gradient.W, gradient.U, gradient.B).ToArray();
        double largest = expected.Max(MathF.Abs);

        yield return Of("generated gradient", GeneratedCell.Create(parameters));
        yield return Of("reference gradient in float", new ReferencePeer(parameters));

        Difference Of(string peer, ITrainedCell cell)
        {
            cell.Train(x, dWm);
            return new(peer, size, Distance(ToDouble(expected), cell.Gradient().ToArray()) / largest);
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
