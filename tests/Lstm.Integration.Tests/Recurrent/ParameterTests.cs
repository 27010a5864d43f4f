using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class ParameterTestsOfFloats : ParameterTests<float>;

public sealed class ParameterTestsOfDoubles : ParameterTests<double>;

/// <summary>Parameters and the padding between them: accessors, initial numbers, training.</summary>
public abstract class ParameterTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Accessors_CoverEveryParameterOnce_AndTheRestIsPadding(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        foreach (Part part in Enum.GetValues<Part>())
        {
            foreach (Tensor tensor in model.Tensors)
            {
                for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
                {
                    model.At(part, tensor, i / tensor.Columns, i % tensor.Columns)++;
                }
            }

            Span<T> packed = model.Packed(part);
            Assert.Equal(-1, packed.IndexOfAnyExcept(T.Zero, T.One));
            Assert.Equal(model.ParameterCount, packed.Count(T.One));
        }
    }

    /// <summary>The initial weights of a seed are the same on every machine and in every version: a saved seed is a saved model.</summary>
    [Fact]
    public void Initialize_GivesTheseNumbers()
    {
        ModelUnderTest<T> cell = ModelUnderTest<T>.Of(nameof(Cell3x5)).Seeded(42);

        // The same draws with the digits of either type.
        double[] expected = Numbers.Choose<T, double[]>(
            floats: [0.21606223f, 0.24577345f, 0.32882175f, -0.3518651f, 1],
            doubles: [0.21606219596411713, 0.24577349618466512, 0.32882168856023142, -0.35186511816299754, 1]);
        Assert.Equal(
            expected,
            Numbers.Widened(
                At(Letter.W, Gate.Remember, 0, 0), At(Letter.U, Gate.Remember, 4, 4), At(Letter.W, Gate.Candidate, 2, 1),
                At(Letter.B, Gate.Focus, 3, 0), At(Letter.B, Gate.Remember, 3, 0)));

        T At(Letter letter, Gate gate, int row, int column) =>
            cell.At(Part.Value, cell.Tensors.Single(tensor => tensor.Letter == letter && tensor.Gate == gate), row, column);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initialize_FillsTheBounds_AndNothingElse(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        model.Packed(Part.Value).Fill(T.NaN);

        model.Initialize(seed: 9, T.CreateTruncating(2.5));

        double bound = double.CreateTruncating(T.One / T.Sqrt(T.CreateTruncating(model.Hidden)));
        List<double> drawn = [];
        foreach (Tensor tensor in model.Tensors)
        {
            double[] values = Numbers.Widened<T>(model.Read(Part.Value, tensor));
            if (tensor.Letter == Letter.B && tensor.Gate == Gate.Remember)
            {
                Assert.All(values, value => Assert.Equal(2.5, value));
                continue;
            }

            drawn.AddRange(values);
        }

        Assert.All(drawn, value => Assert.InRange(Math.Abs(value), double.CreateTruncating(T.Epsilon), bound));
        Assert.Equal(0, drawn.Average() / bound, 5 / Math.Sqrt(drawn.Count));
        Assert.True(drawn.Max() > bound / 2 && drawn.Min() < -bound / 2);
        Assert.All(drawn, value => Assert.Equal(typeof(T) == typeof(float), (float)value == value));
        AssertPaddingIsZero(model, model.Packed(Part.Value));
        Numbers.AssertSameBits<T>(model.Packed(Part.Value), SecondTime().Packed(Part.Value), "weights");

        ModelUnderTest<T> SecondTime()
        {
            ModelUnderTest<T> second = model.Fresh();
            second.Initialize(seed: 9, T.CreateTruncating(2.5));
            return second;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_StaysZero_UnderTraining(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        int length = model.Packed(Part.Value).Length;
        Adam adam = new(length, learningRate: 0.1, scalar: Overloads<T>.Scalar);
        Sgd sgd = new(length, learningRate: 0.1, momentum: 0.9, Overloads<T>.Scalar);
        Sequence<T> sequence = Sequence<T>.Random(model, 5, 2);

        for (int i = 0; i < 3; i++)
        {
            model.Packed(Part.Gradient).Clear();
            Outcome<T>.OfBackward(model, sequence);
            AssertPaddingIsZero(model, model.Packed(Part.Gradient));
            Assert.True(double.IsFinite(Overloads<T>.ByGlobalNorm(model.Packed(Part.Gradient), T.CreateTruncating(0.5))));
            Assert.True(Overloads<T>.Step(adam, model.Packed(Part.Value), model.Packed(Part.Gradient)));
            Assert.True(Overloads<T>.Step(sgd, model.Packed(Part.Value), model.Packed(Part.Gradient)));
            model.Descend(T.CreateTruncating(0.1));
            AssertPaddingIsZero(model, model.Packed(Part.Value));
        }
    }

    /// <summary>Padding that holds something keeps it, under every optimizer, and its gradient is 0: the norm is that of the parameters.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void PaddingThatHoldsSomething_StaysAsItIs_AndHasNoGradient(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        int[] padding = PaddingOf(model);
        foreach (int i in padding)
        {
            model.Packed(Part.Value)[i] = T.CreateTruncating(-5);
        }

        Adam adam = new(model.Packed(Part.Value).Length, learningRate: 0.1, scalar: Overloads<T>.Scalar);
        Sgd sgd = new(model.Packed(Part.Value).Length, learningRate: 0.1, momentum: 0.9, Overloads<T>.Scalar);
        Outcome<T>.OfBackward(model, Sequence<T>.Random(model, 5, 2));
        Assert.All(padding, i => Assert.Equal(T.Zero, model.Packed(Part.Gradient)[i]));
        Assert.True(Overloads<T>.Step(adam, model.Packed(Part.Value), model.Packed(Part.Gradient)));
        Assert.True(Overloads<T>.Step(sgd, model.Packed(Part.Value), model.Packed(Part.Gradient)));
        model.Descend(T.CreateTruncating(0.1));

        Assert.All(padding, i => Assert.Equal(T.CreateTruncating(-5), model.Packed(Part.Value)[i]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descend_SubtractsTheGradientTimesTheRate(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        T[] before = model.Packed(Part.Value).ToArray();
        model.Packed(Part.Gradient).Fill(T.CreateTruncating(2));

        model.Descend(T.CreateTruncating(0.125));

        Numbers.AssertSameBits<T>([.. before.Select(weight => weight - T.CreateTruncating(0.25))], model.Packed(Part.Value), "weights");
    }

    /// <summary>An infinite input saturates the gates of the units that exist, and leaves nothing in the state's padding beside them.</summary>
    [Fact]
    public void OneInfiniteInput_LeavesFiniteOutputs_AndThePaddingOfTheStateAtZero()
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(nameof(Cell3x5)).Seeded(1);
        Sequence<T> sequence = Sequence<T>.Random(model, 6, 2);
        sequence.X[4] = T.PositiveInfinity;

        Outcome<T> outcome = Outcome<T>.OfBackward(model, sequence);

        Assert.All(outcome.Y, value => Assert.True(T.IsFinite(value)));
        model.LongTermMemory(Part.Value, 0).Clear();
        model.WorkingMemory(Part.Value, 0).Clear();
        Numbers.AssertSameBits<T>(new T[outcome.State.Length], model.Memory(Part.Value), "padding of the state");
    }

    private static void AssertPaddingIsZero(ModelUnderTest<T> model, ReadOnlySpan<T> values)
    {
        T[] packed = values.ToArray();
        int[] padding = PaddingOf(model);
        Numbers.AssertSameBits<T>(new T[padding.Length], [.. padding.Select(i => packed[i])], "padding");
    }

    /// <summary>The places that no accessor reaches.</summary>
    private static int[] PaddingOf(ModelUnderTest<T> model)
    {
        ModelUnderTest<T> mask = model.Fresh();
        foreach (Tensor tensor in mask.Tensors)
        {
            for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                mask.At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns) = T.One;
            }
        }

        T[] used = mask.Packed(Part.Value).ToArray();
        return [.. Enumerable.Range(0, used.Length).Where(i => used[i] != T.One)];
    }
}
