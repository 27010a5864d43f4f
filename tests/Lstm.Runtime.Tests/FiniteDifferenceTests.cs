using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>Every gradient of the reference against the central difference of its own forward pass, in double.</summary>
public class FiniteDifferenceTests
{
    private delegate ref double Slot();

    // A central difference with h = 1e-5 is off by h^2 f'''/6 and by eps L / h: some 1e-10 each for losses and derivatives
    // of order 10. A missing or doubled term is off by 1e-3 or more.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    [Fact]
    public void Cell_EveryGradientIsTheDifferenceOfItsLoss() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[0, 6], Gen.Int).Sample(
            (input, hidden, steps, seed) =>
            {
                var random = new Random(seed);
                var cell = new ReferenceCell<double>(input, hidden);
                List<Slot> parameters = Slots(cell);
                Fill(random, parameters);
                double[] x = Vector(random, steps * input), ltm0 = Vector(random, hidden), wm0 = Vector(random, hidden);
                double[] dWm = Vector(random, steps * hidden), dLtmT = Vector(random, hidden), dWmT = Vector(random, hidden);

                CellGradient<double> gradient = cell.Backward(x, cell.Forward(x, ltm0, wm0), dWm, dLtmT, dWmT);

                CheckRecurrent(
                    () =>
                    {
                        CellTrace<double> trace = cell.Forward(x, ltm0, wm0);
                        return Dot(dWm, trace.Wm.Values) + Dot(dLtmT, trace.LtmBefore(steps)) + Dot(dWmT, trace.WmBefore(steps));
                    },
                    (parameters, Slots(gradient)),
                    (x, gradient.DX),
                    (ltm0, gradient.DLtm0),
                    (wm0, gradient.DWm0));
            },
            iter: 60);

    [Fact]
    public void Network_EveryGradientIsTheDifferenceOfItsLoss() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 5], Gen.Int).Sample(
            (input, hidden, output, layers, steps, seed) =>
            {
                var random = new Random(seed);
                var network = new ReferenceNetwork<double>(input, hidden, output, layers);
                List<Slot> parameters = Slots(network);
                Fill(random, parameters);
                double[] x = Vector(random, steps * input), ltm0 = Vector(random, layers * hidden), wm0 = Vector(random, layers * hidden);
                double[] dY = Vector(random, steps * output), dLtmT = Vector(random, layers * hidden), dWmT = Vector(random, layers * hidden);

                NetworkGradient<double> gradient = network.Backward(x, network.Forward(x, ltm0, wm0), dY, dLtmT, dWmT);

                CheckRecurrent(
                    () =>
                    {
                        NetworkTrace<double> trace = network.Forward(x, ltm0, wm0);
                        double loss = Dot(dY, trace.Y.Values);
                        for (int k = 0; k < layers; k++)
                        {
                            loss += Dot(dLtmT.AsSpan(k * hidden, hidden), trace.Layer(k).LtmBefore(steps));
                            loss += Dot(dWmT.AsSpan(k * hidden, hidden), trace.Layer(k).WmBefore(steps));
                        }

                        return loss;
                    },
                    (parameters, Slots(gradient)),
                    (x, gradient.DX),
                    (ltm0, gradient.DLtm0),
                    (wm0, gradient.DWm0));
            },
            iter: 60);

    [Fact]
    public void Chain_EveryGradientIsTheDifferenceOfItsLoss() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int).Sample(
            (dense, layers, width, seed) =>
            {
                var random = new Random(seed);
                var chain = new ReferenceChain<double>(dense ? ChainKind.Dense : ChainKind.Diagonal, layers, width);
                Vector(random, chain.Values.Length).CopyTo(chain.Values);
                if (seed % 4 == 0)
                {
                    chain.Values[random.Next(chain.Values.Length)] = 0; // a zero weight still has a gradient
                }

                double[] x = Vector(random, width);
                double y = Normal(random);

                ChainGradient<double> gradient = chain.Backward(x, y);

                Check(
                    () => 0.5 * (y - chain.Forward(x)) * (y - chain.Forward(x)),
                    (
                        [.. Enumerable.Range(0, chain.Values.Length).Select(i => (Slot)(() => ref chain.Values[i]))],
                        gradient.Values.ToArray(), "weights"),
                    (Slots(x), gradient.DX, "dX"));
            },
            iter: 200);

    [Fact]
    public void CellInFloat_IsTheCellInDoubleToFloatPrecision() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 8], Gen.Int[1, 8], Gen.Int).Sample(
            (input, hidden, steps, seed) =>
            {
                var random = new Random(seed);
                var narrow = new ReferenceCell<float>(input, hidden);
                var wide = new ReferenceCell<double>(input, hidden);
                foreach (Gate gate in Enum.GetValues<Gate>())
                {
                    for (int i = 0; i < hidden; i++)
                    {
                        for (int j = 0; j < input; j++)
                        {
                            wide.W(gate, i, j) = narrow.W(gate, i, j) = (float)Normal(random);
                        }

                        for (int j = 0; j < hidden; j++)
                        {
                            wide.U(gate, i, j) = narrow.U(gate, i, j) = (float)Normal(random);
                        }

                        wide.B(gate, i) = narrow.B(gate, i) = (float)Normal(random);
                    }
                }

                float[] x = Narrow(Vector(random, steps * input)), ltm0 = Narrow(Vector(random, hidden)), wm0 = Narrow(Vector(random, hidden));
                float[] dWm = Narrow(Vector(random, steps * hidden));
                CellTrace<float> trace = narrow.Forward(x, ltm0, wm0);
                CellTrace<double> wideTrace = wide.Forward(Wide(x), Wide(ltm0), Wide(wm0));
                CellGradient<float> gradient = narrow.Backward(x, trace, dWm);
                CellGradient<double> wideGradient = wide.Backward(Wide(x), wideTrace, Wide(dWm));

                // float keeps 6e-8; eight steps of sums of up to twelve terms with weights of order 1 amplify that a few hundred times.
                Close.Relative(wideTrace.Wm.Values, trace.Wm.Values, 2e-5, "wm");
                double largest = Math.Max(Largest(wideGradient.DX.Values), Largest(wideGradient.DLtm0.Values));
                Near(wideGradient.DX.Values, gradient.DX.Values, 5e-5 * largest);
                Near(wideGradient.DLtm0.Values, gradient.DLtm0.Values, 5e-5 * largest);
            },
            iter: 100);

    [Fact]
    public void WrongLengths_AreNamed()
    {
        var cell = new ReferenceCell<double>(2, 3);
        CellTrace<double> trace = cell.Forward(new double[8], new double[3], new double[3]);
        Throws("x", () => cell.Forward(new double[7], new double[3], new double[3]), "2", "7");
        Throws("ltm0", () => cell.Forward(new double[8], new double[2], new double[3]), "3", "2");
        Throws("wm0", () => cell.Forward(new double[8], new double[3], new double[4]), "3", "4");
        Throws("x", () => cell.Backward(new double[6], trace, new double[12]), "8", "6");
        Throws("dWm", () => cell.Backward(new double[8], trace, new double[11]), "12", "11");
        Throws("dLtmT", () => cell.Backward(new double[8], trace, new double[12], new double[2]), "3", "2");

        var network = new ReferenceNetwork<double>(2, 3, 4, 2);
        NetworkTrace<double> run = network.Forward(new double[8], new double[6], new double[6]);
        Throws("ltm0", () => network.Forward(new double[8], new double[3], new double[6]), "6", "3");
        Throws("dY", () => network.Backward(new double[8], run, new double[15]), "16", "15");

        var chain = new ReferenceChain<double>(ChainKind.Dense, 3, 2);
        Throws("x", () => chain.Forward(new double[3]), "2", "3");
        Throws("log10", () => chain.GradientMagnitudes(new double[2], 0, new double[4]), "3", "4");
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReferenceCell<double>(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReferenceNetwork<double>(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReferenceChain<double>(ChainKind.Dense, 0, 1));
    }

    private static void Throws(string parameter, Action act, string expected, string actual)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(parameter, act);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(actual, error.Message, StringComparison.Ordinal);
    }

    private static void CheckRecurrent(
        Func<double> loss,
        (List<Slot> At, List<Slot> Gradient) parameters,
        (double[] At, Matrix<double> Gradient) x,
        (double[] At, Matrix<double> Gradient) ltm0,
        (double[] At, Matrix<double> Gradient) wm0) => Check(
            loss,
            (parameters.At, Values(parameters.Gradient), "parameters"),
            (Slots(x.At), x.Gradient.Values.ToArray(), "dX"),
            (Slots(ltm0.At), ltm0.Gradient.Values.ToArray(), "dLtm0"),
            (Slots(wm0.At), wm0.Gradient.Values.ToArray(), "dWm0"));

    private static void Check(Func<double> loss, params (List<Slot> At, double[] Gradient, string Name)[] tensors)
    {
        double scale = Math.Max(1, tensors.Max(tensor => Largest(tensor.Gradient)));
        foreach ((List<Slot> at, double[] gradient, string name) in tensors)
        {
            Assert.Equal(at.Count, gradient.Length);
            for (int i = 0; i < gradient.Length; i++)
            {
                ref double value = ref at[i]();
                double before = value;
                value = before + Step;
                double above = loss();
                value = before - Step;
                double below = loss();
                value = before;
                double difference = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(difference - gradient[i]) <= Tolerance * scale,
                    FormattableString.Invariant($"{name}[{i}]: gradient {gradient[i]:R}, difference {difference:R}"));
            }
        }
    }

    private static List<Slot> Slots(double[] values) => [.. Enumerable.Range(0, values.Length).Select(i => (Slot)(() => ref values[i]))];

    private static List<Slot> Slots(CellParameters<double> of)
    {
        var slots = new List<Slot>();
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            AddTable(slots, of.Hidden, of.Input, (i, j) => () => ref of.W(gate, i, j));
            AddTable(slots, of.Hidden, of.Hidden, (i, j) => () => ref of.U(gate, i, j));
            AddTable(slots, of.Hidden, 1, (i, _) => () => ref of.B(gate, i));
        }

        return slots;
    }

    private static List<Slot> Slots(NetworkParameters<double> of)
    {
        var slots = new List<Slot>();
        for (int k = 0; k < of.Layers; k++)
        {
            int layer = k;
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                AddTable(slots, of.Hidden, References.InputOf(of, k), (i, j) => () => ref of.W(layer, gate, i, j));
                AddTable(slots, of.Hidden, of.Hidden, (i, j) => () => ref of.U(layer, gate, i, j));
                AddTable(slots, of.Hidden, 1, (i, _) => () => ref of.B(layer, gate, i));
            }
        }

        AddTable(slots, of.Output, of.Hidden, (i, j) => () => ref of.V(i, j));
        AddTable(slots, of.Output, 1, (i, _) => () => ref of.C(i));
        return slots;
    }

    private static void AddTable(List<Slot> slots, int rows, int columns, Func<int, int, Slot> slot) =>
        slots.AddRange(from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select slot(i, j));

    private static double[] Values(List<Slot> slots) => [.. slots.Select(slot => slot())];

    private static void Fill(Random random, List<Slot> slots)
    {
        foreach (Slot slot in slots)
        {
            slot() = Normal(random);
        }
    }

    private static double[] Vector(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => Normal(random))];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static float[] Narrow(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);
}
