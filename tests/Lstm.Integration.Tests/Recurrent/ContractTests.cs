using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lstm.Integration.Tests.Cells;
using Lstm.Integration.Tests.Networks;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>The members' contract: lengths, errors, padding, initial numbers, allocation.</summary>
public class ContractTests
{
    public static TheoryData<string> Names => ModelUnderTest.Names;

    [Fact]
    public void Constants_AreTheDeclaration()
    {
        Assert.Equal((3, 5, 4 * 5 * (1 + 3 + 5)), (Cell3x5.InputSize, Cell3x5.HiddenSize, Cell3x5.ParameterCount));
        Assert.Equal(
            (2, 5, 4, 3),
            (Network2x5x4Layers3.InputSize, Network2x5x4Layers3.HiddenSize, Network2x5x4Layers3.OutputSize, Network2x5x4Layers3.LayerCount));
        Assert.Equal((4 * 5 * (1 + 2 + 5)) + (2 * 4 * 5 * (1 + 5 + 5)) + (4 * 6), Network2x5x4Layers3.ParameterCount);
    }

    /// <summary>Readonly members: no defensive copy through in, ref readonly and readonly fields.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void StepForwardAndBackward_AreReadonly(string name)
    {
        MethodInfo[] methods = [.. ModelUnderTest.Of(name).Type.GetMethods().Where(method => method.Name is "Step" or "Forward" or "Backward")];

        Assert.Equal(8, methods.Length);
        Assert.All(methods, method => Assert.True(method.IsDefined(typeof(IsReadOnlyAttribute)), method.ToString()));
    }

    [Fact]
    public void Cell_WorksThroughIn()
    {
        using AlignedMemory<Cell3x5> memory = new();
        memory.Value.Initialize(seed: 1);
        ref readonly Cell3x5 cell = ref memory.Value;
        Cell3x5.State state = default;
        Cell3x5.Gradient gradient = default;
        float[] tape = new float[Cell3x5.TapeLength(2)], wm = new float[10];

        cell.Step([1, 2, 3], ref state);
        cell.Forward([1, 2, 3, 4, 5, 6], ref state, wm);
        cell.Forward([1, 2, 3, 4, 5, 6], ref state, wm, tape);
        Cell3x5.State dState = default;
        cell.Backward([1, 2, 3, 4, 5, 6], tape, wm, ref dState, ref gradient);

        Assert.Equal(wm[5..], state.WorkingMemory.ToArray());
        Assert.NotEqual(0, gradient.U(Gate.Candidate, 4, 4));
        state.Reset();
        gradient.Clear();
        Assert.Equal(new float[5], state.LongTermMemory.ToArray());
        Assert.Equal(-1, gradient.Values.IndexOfAnyExcept(0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Accessors_CoverEveryParameterOnce_AndTheRestIsPadding(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name);
        foreach (Part part in Enum.GetValues<Part>())
        {
            foreach (Tensor tensor in model.Tensors)
            {
                for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
                {
                    model.At(part, tensor, i / tensor.Columns, i % tensor.Columns)++;
                }
            }

            Span<float> packed = model.Packed(part);
            Assert.Equal(-1, packed.IndexOfAnyExcept(0, 1));
            Assert.Equal(model.ParameterCount, packed.Count(1f));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Accessors_RefuseWhatIsOutOfRange(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name);
        foreach (Part part in Enum.GetValues<Part>())
        {
            foreach (Tensor tensor in model.Tensors)
            {
                foreach (int wrong in new[] { -1, int.MinValue, int.MaxValue })
                {
                    Refused("row", () => model.At(part, tensor, wrong, 0));
                }

                Refused("row", () => model.At(part, tensor, tensor.Rows, 0));
                if (tensor.Letter is not (Letter.B or Letter.C))
                {
                    Refused("column", () => model.At(part, tensor, 0, -1));
                    Refused("column", () => model.At(part, tensor, 0, tensor.Columns));
                }

                if (tensor.Letter is Letter.W or Letter.U or Letter.B)
                {
                    Refused("gate", () => model.At(part, tensor with { Gate = (Gate)4 }, 0, 0));
                    Refused("gate", () => model.At(part, tensor with { Gate = (Gate)(-1) }, 0, 0));
                    if (!model.IsCell)
                    {
                        Refused("layer", () => model.At(part, tensor with { Layer = model.Layers }, 0, 0));
                        Refused("layer", () => model.At(part, tensor with { Layer = -1 }, 0, 0));
                    }
                }
            }

            if (!model.IsCell)
            {
                Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.LongTermMemory(part, model.Layers));
                Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.WorkingMemory(part, -1));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(-1));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(int.MaxValue));

        static void Refused(string parameter, Func<float> access) => Assert.Throws<ArgumentOutOfRangeException>(parameter, () => access());
    }

    /// <summary>Any number may stand in x; only the result shows it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_GoesThrough(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Sequence sequence = Sequence.Random(model, 3, 2);
        sequence.X[^1] = float.NaN;

        Outcome outcome = Outcome.OfBackward(model, sequence);

        Assert.All(outcome.Y[..(2 * model.Output)], value => Assert.True(float.IsFinite(value)));
        Assert.All(outcome.Y[(2 * model.Output)..], value => Assert.True(float.IsNaN(value)));
        Assert.Contains(outcome.Gradient, float.IsNaN);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ZeroSteps_ChangeNothing(string name)
    {
        ModelUnderTest model = Marked(name, out Action assertUnchanged);

        model.Forward([], []);
        float[] tape = new float[model.TapeLength(0)];
        model.Forward([], [], tape);
        model.Backward([], tape, []);

        assertUnchanged();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        const int Steps = 3;
        ModelUnderTest model = Marked(name, out Action assertUnchanged);
        int p = model.Input, k = model.Output, needed = model.TapeLength(Steps);
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        float[] x = new float[Steps * p];
        float[] y = Sevens((Steps * k) + 1), tape = Sevens(needed), dX = Sevens((Steps * p) + 1);

        foreach (int wrong in new[] { p - 1, p + 1, 2 * p })
        {
            Refused("x", p, wrong, () => model.Step(new float[wrong], y.AsSpan(0, k)));
        }

        if (p > 1)
        {
            Refused("x", p, (Steps * p) - 1, () => model.Forward(x.AsSpan(1), y.AsSpan(1)));
            Refused("x", p, (Steps * p) - 1, () => model.Forward(x.AsSpan(1), y.AsSpan(1), tape));
            Refused("x", p, (Steps * p) - 1, () => model.Backward(x.AsSpan(1), tape, y.AsSpan(1)));
        }

        foreach (int wrong in new[] { 0, (Steps * k) - 1, (Steps * k) + 1 })
        {
            Refused(output, Steps * k, wrong, () => model.Forward(x, y.AsSpan(0, wrong)));
            Refused(output, Steps * k, wrong, () => model.Forward(x, y.AsSpan(0, wrong), tape));
            Refused(dOutput, Steps * k, wrong, () => model.Backward(x, tape, y.AsSpan(0, wrong)));
        }

        if (!model.IsCell)
        {
            Refused("y", k, k - 1, () => model.Step(x.AsSpan(0, p), y.AsSpan(0, k - 1)));
            Refused("y", k, k + 1, () => model.Step(x.AsSpan(0, p), y.AsSpan(0, k + 1)));
        }

        foreach (int wrong in new[] { 0, needed - 1 })
        {
            Refused("tape", needed, wrong, () => model.Forward(x, y.AsSpan(1), tape.AsSpan(0, wrong)));
            Refused("tape", needed, wrong, () => model.Backward(x, tape.AsSpan(0, wrong), y.AsSpan(1)));
        }

        Refused("tape", model.TapeLength(0), model.TapeLength(0) - 1, () => model.Forward([], [], tape.AsSpan(0, model.TapeLength(0) - 1)));
        Refused("dX", Steps * p, (Steps * p) + 1, () => model.Backward(x, tape, y.AsSpan(1), dX));
        if (Steps * p > 1)
        {
            Refused("dX", Steps * p, 1, () => model.Backward(x, tape, y.AsSpan(1), dX.AsSpan(0, 1)));
        }

        assertUnchanged();
        Assert.All(new[] { y, tape, dX }, span => Assert.Equal(-1, span.AsSpan().IndexOfAnyExcept(7)));

        static void Refused(string parameter, int expected, int actual, Action action)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(parameter, action);
            Assert.Matches($@" {expected}\b.* {actual}\b", error.Message);
        }

        static float[] Sevens(int length) => [.. Enumerable.Repeat(7f, length)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name);
        Sequence sequence = Sequence.Random(model, 17, 1);
        float[] y = new float[17 * model.Output], tape = new float[model.TapeLength(17)], dX = new float[17 * model.Input];
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
            model.Descend(0.1f);
        }
    }

    /// <summary>The initial weights of a seed are the same on every machine and in every version: a saved seed is a saved model.</summary>
    [Fact]
    public void Initialize_GivesTheseNumbers()
    {
        Cell3x5 cell = default;
        cell.Initialize(seed: 42);

        Assert.Equal(
            [0.21606223f, 0.24577345f, 0.32882175f, -0.3518651f, 1f],
            [
                cell.W(Gate.Remember, 0, 0), cell.U(Gate.Remember, 4, 4), cell.W(Gate.Candidate, 2, 1), cell.B(Gate.Focus, 3), cell.B(Gate.Remember, 3),
            ]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initialize_FillsTheBounds_AndNothingElse(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name);
        model.Packed(Part.Value).Fill(float.NaN);

        model.Initialize(seed: 9, rememberBias: 2.5f);

        float bound = 1 / MathF.Sqrt(model.Hidden);
        List<float> drawn = [];
        foreach (Tensor tensor in model.Tensors)
        {
            float[] values = model.Read(Part.Value, tensor);
            if (tensor.Letter == Letter.B && tensor.Gate == Gate.Remember)
            {
                Assert.All(values, value => Assert.Equal(2.5f, value));
                continue;
            }

            drawn.AddRange(values);
        }

        Assert.All(drawn, value => Assert.InRange(Math.Abs(value), float.Epsilon, bound));
        Assert.Equal(0, drawn.Average() / bound, 5 / Math.Sqrt(drawn.Count));
        Assert.True(drawn.Max() > bound / 2 && drawn.Min() < -bound / 2);
        AssertPaddingIsZero(model, Part.Value);
        Outcome.AssertSameBits(model.Packed(Part.Value), SecondTime().Packed(Part.Value), "weights");

        ModelUnderTest SecondTime()
        {
            ModelUnderTest second = model.Fresh();
            second.Initialize(seed: 9, rememberBias: 2.5f);
            return second;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_StaysZero_UnderTraining(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        int length = model.Packed(Part.Value).Length;
        Adam adam = new(length, learningRate: 0.1f);
        Sgd sgd = new(length, learningRate: 0.1f, momentum: 0.9f);
        Sequence sequence = Sequence.Random(model, 5, 2);

        for (int i = 0; i < 3; i++)
        {
            model.Packed(Part.Gradient).Clear();
            Outcome.OfBackward(model, sequence);
            AssertPaddingIsZero(model, Part.Gradient);
            Assert.True(adam.Step(model.Packed(Part.Value), model.Packed(Part.Gradient)));
            Assert.True(sgd.Step(model.Packed(Part.Value), model.Packed(Part.Gradient)));
            model.Descend(0.1f);
            AssertPaddingIsZero(model, Part.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descend_SubtractsTheGradientTimesTheRate(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        float[] before = model.Packed(Part.Value).ToArray();
        model.Packed(Part.Gradient).Fill(2);

        model.Descend(0.125f);

        Outcome.AssertSameBits([.. before.Select(weight => weight - 0.25f)], model.Packed(Part.Value), "weights");
    }

    /// <summary>All that no accessor reaches is 0.</summary>
    private static void AssertPaddingIsZero(ModelUnderTest model, Part part)
    {
        ModelUnderTest mask = model.Fresh();
        foreach (Tensor tensor in mask.Tensors)
        {
            for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                mask.At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns) = 1;
            }
        }

        ReadOnlySpan<float> used = mask.Packed(Part.Value), values = model.Packed(part);
        for (int i = 0; i < values.Length; i++)
        {
            if (used[i] != 1 && BitConverter.SingleToInt32Bits(values[i]) != 0)
            {
                Assert.Fail($"[{i}] = {values[i]:R}");
            }
        }
    }

    /// <summary>A model of random numbers everywhere, and what asserts that they are still there.</summary>
    private static ModelUnderTest Marked(string name, out Action assertUnchanged)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Sequence.Random(model, 0, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(7);
        float[] weights = model.Packed(Part.Value).ToArray(), gradient = model.Packed(Part.Gradient).ToArray();
        float[] state = model.Memory(Part.Value).ToArray(), dState = model.Memory(Part.Gradient).ToArray();
        assertUnchanged = () =>
        {
            Outcome.AssertSameBits(weights, model.Packed(Part.Value), "weights");
            Outcome.AssertSameBits(gradient, model.Packed(Part.Gradient), "gradient");
            Outcome.AssertSameBits(state, model.Memory(Part.Value), "state");
            Outcome.AssertSameBits(dState, model.Memory(Part.Gradient), "dState");
        };
        return model;
    }
}
