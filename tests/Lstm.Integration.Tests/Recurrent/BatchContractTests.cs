using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class BatchContractTestsOfFloats : BatchContractTests<float>;

public sealed class BatchContractTestsOfDoubles : BatchContractTests<double>;

/// <summary>The contract of the members for many sequences: lengths, errors, allocation.</summary>
public abstract class BatchContractTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Seven = T.CreateTruncating(7);

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        const int Steps = 3, Count = 5;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Batch<T>.Random(model, Steps, Count, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(Seven);
        T[] before = Everything(model, Count);
        int p = model.Input, k = model.Output, rows = Steps * Count, needed = model.TapeLength(Steps, Count);
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        T[] x = new T[rows * p];
        T[] y = Numbers.Repeated<T>(7, (rows * k) + 1), tape = Numbers.Repeated<T>(7, needed), dX = Numbers.Repeated<T>(7, (rows * p) + 1);

        foreach (int wrong in new[] { 0, (Count * p) - 1, (Count * p) + 1, 2 * Count * p })
        {
            Refused.Length("x", Count * p, wrong, () => model.StepAll(new T[wrong], y.AsSpan(0, Count * k)));
        }

        foreach (int wrong in new[] { (rows * p) - 1, (Count * p) + 1, 1 })
        {
            Refused.Length("x", Count * p, wrong, () => model.ForwardAll(x.AsSpan(0, wrong), y.AsSpan(1)));
            Refused.Length("x", Count * p, wrong, () => model.ForwardAll(x.AsSpan(0, wrong), y.AsSpan(1), tape));
            Refused.Length("x", Count * p, wrong, () => model.BackwardAll(x.AsSpan(0, wrong), tape, y.AsSpan(1)));
        }

        foreach (int wrong in new[] { 0, (rows * k) - 1, (rows * k) + 1 })
        {
            Refused.Length(output, rows * k, wrong, () => model.ForwardAll(x, y.AsSpan(0, wrong)));
            Refused.Length(output, rows * k, wrong, () => model.ForwardAll(x, y.AsSpan(0, wrong), tape));
            Refused.Length(dOutput, rows * k, wrong, () => model.BackwardAll(x, tape, y.AsSpan(0, wrong)));
        }

        if (!model.IsCell)
        {
            Refused.Length("y", Count * k, (Count * k) - 1, () => model.StepAll(x.AsSpan(0, Count * p), y.AsSpan(0, (Count * k) - 1)));
        }

        foreach (int wrong in new[] { 0, needed - 1 })
        {
            Refused.Length("tape", needed, wrong, () => model.ForwardAll(x, y.AsSpan(1), tape.AsSpan(0, wrong)));
            Refused.Length("tape", needed, wrong, () => model.BackwardAll(x, tape.AsSpan(0, wrong), y.AsSpan(1)));
        }

        Refused.Length("dX", rows * p, (rows * p) + 1, () => model.BackwardAll(x, tape, y.AsSpan(1), dX));
        Refused.Length("dX", rows * p, 1, () => model.BackwardAll(x, tape, y.AsSpan(1), dX.AsSpan(0, 1)));

        Numbers.AssertSameBits<T>(before, Everything(model, Count), "storage");
        Assert.All(new[] { y, tape, dX }, span => Assert.Equal(-1, span.AsSpan().IndexOfAnyExcept(Seven)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengthsOfNoSequence_Throw(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        model.SetSequences(0);

        Refused.Length("x", 0, model.Input, () => model.StepAll(new T[model.Input], []));
        Refused.Length("x", 0, model.Input, () => model.ForwardAll(new T[model.Input], []));
        Refused.Length(model.IsCell ? "wm" : "y", 0, 1, () => model.ForwardAll([], new T[1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoSequenceOrNoStep_ChangesNothing(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        foreach (int count in new[] { 0, 4 })
        {
            Batch<T>.Random(model, 0, count, 2).Begin(model);
            model.Packed(Part.Gradient).Fill(Seven);
            T[] before = Everything(model, count);
            T[] tape = new T[model.TapeLength(0, count)];

            model.ForwardAll([], []);
            model.ForwardAll([], [], tape);
            model.BackwardAll([], tape, []);

            Numbers.AssertSameBits<T>(before, Everything(model, count), "storage");
        }

        model.SetSequences(0);
        model.StepAll([], []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TapeLength_OfOneSequence_IsThatOfASingle_AndBoundsAreChecked(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);

        Assert.All(new[] { 0, 1, 64 }, steps => Assert.Equal(model.TapeLength(steps), model.TapeLength(steps, 1)));
        Assert.Equal(0, model.TapeLength(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(int.MaxValue, 3));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => model.TapeLength(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => model.TapeLength(3, int.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        const int Steps = 3, Count = 14;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Batch<T> batch = Batch<T>.Random(model, Steps, Count, 2);
        batch.Begin(model);
        T[] x = batch.X, dY = batch.DY, y = new T[dY.Length], tape = new T[model.TapeLength(Steps, Count)], dX = new T[x.Length];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            model.StepAll(x.AsSpan(0, Count * model.Input), y.AsSpan(0, Count * model.Output));
            model.ForwardAll(x, y);
            model.ForwardAll(x, y, tape);
            model.BackwardAll(x, tape, dY);
            model.BackwardAll(x, tape, dY, dX);
        }
    }

    private static T[] Everything(ModelUnderTest<T> model, int sequences) =>
    [
        .. model.Packed(Part.Value), .. model.Packed(Part.Gradient),
        .. Enumerable.Range(0, sequences).SelectMany(n => model.MemoryOf(Part.Value, n).ToArray().Concat(model.MemoryOf(Part.Gradient, n).ToArray())),
    ];
}
