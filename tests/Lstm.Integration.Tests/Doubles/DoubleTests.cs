using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using CsCheck;
using Lstm.Integration.Tests.Recurrent;
using Lstm.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>Cells and networks over doubles: what the tests of <c>Recurrent</c> say of floats.</summary>
public class DoubleTests(ITestOutputHelper output)
{
    /// <summary>The last digits of PyTorch's own sums, which run in another order; the largest error seen is 1e-14.</summary>
    private const double GoldenTolerance = 1e-12;

    /// <summary>Rounding of 1e-16, amplified from step to step by weights up to 2; a wrong term is off by 1e-2.</summary>
    private const double ReferenceTolerance = 1e-11;

    public static TheoryData<string> Names => DoubleModel.Names;

    public static TheoryData<string, string> GoldenCases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string name in Golden.LstmNames.Concat(Golden.NetworkNames))
            {
                foreach (string type in DoubleModel.All.Where(model => Fits(name, model)).Select(model => model.Name).DefaultIfEmpty("none"))
                {
                    cases.Add(name, type);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void OutputsStatesAndGradients_AreThoseOfPyTorch(string name, string type)
    {
        Assert.False(type == "none", $"No type in DoubleTypes.cs has the size of {name}: declare one.");
        DoubleModel model = DoubleModel.Of(type);
        DoubleOracle golden = model.IsCell ? DoubleOracle.Of(Golden.Lstm(name), model) : DoubleOracle.Of(Golden.Network(name), model);

        output.WriteLine($"{name}, {type}: {golden.AssertAgrees(model, GoldenTolerance):0.0e0}");
    }

    /// <summary>Around the blocks of 16 to 64 steps in which Backward works.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AnyLength_AgreesWithTheReference(string name)
    {
        foreach (int steps in new[] { 0, 1, 31, 32, 65 })
        {
            DoubleModel model = DoubleModel.Of(name).Seeded(17);
            DoubleOracle.Of(DoubleSequence.Random(model, steps, seed: 5), model).AssertAgrees(model, ReferenceTolerance, atLeast: 0.1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RandomWeights_AgreeWithTheReference(string name) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 20], Gen.Double[0.1, 2]).Sample(
            (seed, steps, scale) =>
            {
                DoubleModel model = DoubleModel.Of(name).Seeded(seed);
                foreach (ref double weight in model.Weights)
                {
                    weight *= scale;
                }

                DoubleOracle.Of(DoubleSequence.Random(model, steps, ~seed), model).AssertAgrees(model, ReferenceTolerance, atLeast: 0.1);
            },
            iter: 5,
            threads: 1);

    /// <summary>dL/dw by central differences of the generated forward pass itself.</summary>
    [Theory]
    [InlineData(nameof(DoubleCell3x5))]
    [InlineData(nameof(DoubleCell3x5Looped))]
    [InlineData(nameof(DoubleNetwork2x5x4Layers3))]
    public void Gradients_AreTheDifferencesOfTheLoss(string name)
    {
        const double H = 1e-5;
        DoubleModel model = DoubleModel.Of(name).Seeded(3);
        DoubleSequence sequence = DoubleSequence.Random(model, 4, 4);
        double[] gradient = DoublePass.OfBackward(model, sequence).Gradient;

        foreach (Tensor tensor in model.Tensors)
        {
            foreach (int place in model.Places(tensor))
            {
                double weight = model.Weights[place];
                model.Weights[place] = weight + H;
                double above = Loss();
                model.Weights[place] = weight - H;
                double below = Loss();
                model.Weights[place] = weight;

                // The differences' own error is h^2 of the third derivative and 1e-16 / h of the loss: 1e-10 or so.
                Assert.Equal((above - below) / (2 * H), gradient[place], 1e-8);
            }
        }

        double Loss()
        {
            DoublePass pass = DoublePass.OfForward(model, sequence);
            return Dot(pass.Y, sequence.DY)
                + Dot(model.Memories(pass.State, wm: false), sequence.DLtmT)
                + Dot(model.Memories(pass.State, wm: true), sequence.DWmT);
        }

        static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    /// <summary>More steps than a block of the backward pass, and not a multiple of it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryEntryPoint_GivesTheSameBits(string name)
    {
        DoubleModel model = DoubleModel.Of(name).Seeded(3);
        DoubleSequence sequence = DoubleSequence.Random(model, 67, 4);
        DoublePass expected = DoublePass.OfBackward(model, sequence);

        expected.AssertSame(DoublePass.OfSteps(model, sequence));
        expected.AssertSame(DoublePass.OfForward(model, sequence));
        expected.AssertSame(DoublePass.OfBackward(model, sequence, withDX: false));
    }

    [Theory]
    [InlineData(nameof(DoubleCell3x5))]
    [InlineData(nameof(DoubleCell1x8))]
    public void UnrolledAndLooped_GiveTheSameBits(string name)
    {
        DoubleModel unrolled = DoubleModel.Of(name).Seeded(3), looped = DoubleModel.Of(name + "Looped").Seeded(3);
        DoubleSequence sequence = DoubleSequence.Random(unrolled, 67, 4);

        DoublePass.OfBackward(unrolled, sequence).AssertSame(DoublePass.OfBackward(looped, sequence));
    }

    /// <summary>A saved seed is a saved model.</summary>
    [Fact]
    public void Initialize_GivesTheseNumbers()
    {
        DoubleCell3x5 cell = default;
        cell.Initialize(seed: 42);

        Assert.Equal(
            [0.21606219596411713, 0.24577349618466512, 0.32882168856023142, -0.35186511816299754, 1],
            [
                cell.W(Gate.Remember, 0, 0), cell.U(Gate.Remember, 4, 4), cell.W(Gate.Candidate, 2, 1), cell.B(Gate.Focus, 3), cell.B(Gate.Remember, 3),
            ]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initialize_FillsTheBounds_WithMoreDigitsThanAFloatHas(string name)
    {
        DoubleModel model = DoubleModel.Of(name);
        model.Weights.Fill(double.NaN);

        model.Initialize(seed: 9, rememberBias: 2.5);

        double[] drawn = [.. model.Tensors.Where(tensor => !IsRememberBias(tensor)).SelectMany(model.Places).Select(place => model.Weights[place])];
        Assert.All(drawn, value => Assert.InRange(Math.Abs(value), double.Epsilon, 1 / Math.Sqrt(model.Hidden)));
        Assert.All(drawn, value => Assert.NotEqual((float)value, value));
        Assert.All(model.Tensors.Where(IsRememberBias).SelectMany(model.Places), place => Assert.Equal(2.5, model.Weights[place]));
        AssertPaddingIsZero(model, model.Weights);

        static bool IsRememberBias(Tensor tensor) => tensor.Letter == Letter.B && tensor.Gate == Gate.Remember;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_StaysZero_UnderTraining(string name)
    {
        DoubleModel model = DoubleModel.Of(name).Seeded(1);
        Adam adam = new(model.Weights.Length, learningRate: 0.1, scalar: Scalar.Double);
        Sgd sgd = new(model.Weights.Length, learningRate: 0.1, momentum: 0.9, scalar: Scalar.Double);
        DoubleSequence sequence = DoubleSequence.Random(model, 5, 2);

        for (int i = 0; i < 3; i++)
        {
            DoublePass.OfBackward(model, sequence);
            AssertPaddingIsZero(model, model.Gradient);
            Assert.True(double.IsFinite(GradientClipping.ByGlobalNorm(model.Gradient, 0.5)));
            Assert.True(adam.Step(model.Weights, model.Gradient));
            Assert.True(sgd.Step(model.Weights, model.Gradient));
            model.Descend(0.1);
            AssertPaddingIsZero(model, model.Weights);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descend_SubtractsTheGradientTimesTheRate(string name)
    {
        DoubleModel model = DoubleModel.Of(name).Seeded(1);
        double[] before = model.Weights.ToArray();
        model.Gradient.Fill(2);

        model.Descend(0.125);

        DoublePass.SameBits([.. before.Select(weight => weight - 0.25)], model.Weights, "weights");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        DoubleModel model = DoubleModel.Of(name);
        DoubleSequence sequence = DoubleSequence.Random(model, 17, 1);
        double[] y = new double[17 * model.Output], tape = new double[model.TapeLength(17)], dX = new double[17 * model.Input];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            model.Initialize(1);
            model.Step(sequence.X.AsSpan(0, model.Input), y.AsSpan(0, model.Output));
            model.Forward(sequence.X, y);
            model.Forward(sequence.X, y, tape);
            model.Backward(sequence.X, tape, sequence.DY);
            model.Backward(sequence.X, tape, sequence.DY, dX);
            model.Descend(0.1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        const int Steps = 3;
        DoubleModel model = DoubleModel.Of(name).Seeded(1);
        int p = model.Input, k = model.Output, needed = model.TapeLength(Steps);
        string y = model.IsCell ? "wm" : "y", dY = model.IsCell ? "dWm" : "dY";
        double[] before = Everything();

        Refused("x", p, p + 1, () => model.Step(new double[p + 1], new double[k]));
        Refused(y, Steps * k, (Steps * k) + 1, () => model.Forward(new double[Steps * p], new double[(Steps * k) + 1]));
        Refused("tape", needed, needed - 1, () => model.Forward(new double[Steps * p], new double[Steps * k], new double[needed - 1]));
        Refused("tape", needed, needed - 1, () => model.Backward(new double[Steps * p], new double[needed - 1], new double[Steps * k]));
        Refused(dY, Steps * k, (Steps * k) - 1, () => model.Backward(new double[Steps * p], new double[needed], new double[(Steps * k) - 1]));
        Refused("dX", Steps * p, (Steps * p) + 1, () => model.Backward(new double[Steps * p], new double[needed], new double[Steps * k], new double[(Steps * p) + 1]));

        DoublePass.SameBits(before, Everything(), "the model");

        double[] Everything() => [.. model.Weights, .. model.Gradient, .. model.State, .. model.DState];

        static void Refused(string parameter, int expected, int actual, Action action)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(parameter, action);
            Assert.Matches($@" {expected}\b.* {actual}\b", error.Message);
        }
    }

    /// <summary>An infinite input saturates the gates of the units that exist and leaves nothing in the padding beside them.</summary>
    [Fact]
    public void OneInfiniteInput_LeavesFiniteGradients_AndThePaddingAtZero()
    {
        DoubleModel model = DoubleModel.Of(nameof(DoubleCell3x5)).Seeded(1);
        DoubleSequence sequence = DoubleSequence.Random(model, 6, 2);
        sequence.X[4] = double.PositiveInfinity;

        DoublePass pass = DoublePass.OfBackward(model, sequence);

        Assert.All(pass.Y, value => Assert.True(double.IsFinite(value)));
        AssertPaddingIsZero(model, pass.State, places: [.. Enumerable.Range(0, 5), .. Enumerable.Range(8, 5)]);
    }

    private static bool Fits(string name, DoubleModel model)
    {
        if (name.StartsWith("lstm"))
        {
            GoldenLstm cell = Golden.Lstm(name);
            return model.IsCell && (cell.Input, cell.Hidden) == (model.Input, model.Hidden);
        }

        GoldenNetwork network = Golden.Network(name);
        return !model.IsCell
            && (network.Input, network.Hidden, network.Output, network.Layers) == (model.Input, model.Hidden, model.Output, model.Layers);
    }

    /// <summary>All that no accessor reaches is 0.</summary>
    private static void AssertPaddingIsZero(DoubleModel model, ReadOnlySpan<double> values) =>
        AssertPaddingIsZero(model, values, [.. model.Tensors.SelectMany(model.Places)]);

    private static void AssertPaddingIsZero(DoubleModel model, ReadOnlySpan<double> values, HashSet<int> places)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(places.Contains(i) || BitConverter.DoubleToInt64Bits(values[i]) == 0, $"{model.Name}: [{i}] = {values[i]:R}");
        }
    }
}
