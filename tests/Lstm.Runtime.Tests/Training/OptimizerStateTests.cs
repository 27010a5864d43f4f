using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using Lstm.Testing;
using Xunit;
using static Lstm.Runtime.Tests.OptimizerStates;

namespace Lstm.Runtime.Tests;

public sealed class OptimizerStateTestsOfFloats : OptimizerStateTests<float>;

public sealed class OptimizerStateTestsOfDoubles : OptimizerStateTests<double>;

/// <summary>Checkpoints of optimizers.</summary>
public abstract class OptimizerStateTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Length = 21; // vectors leave a rest

    private delegate bool Step(Span<T> parameters, ReadOnlySpan<T> gradient);

    /// <summary>Stopped anywhere, written as bytes, read by a new object: the bits of training that went on.</summary>
    [Fact]
    public void ResumedTraining_HasTheBitsOfOneThatWasNotStopped()
    {
        foreach (int stop in new[] { 0, 1, 7, 150 })
        {
            Adam adam = MakeAdam(), resumedAdam = MakeAdam();
            Resumes(stop, (w, g) => Overloads<T>.Step(adam, w, g), (w, g) => Overloads<T>.Step(resumedAdam, w, g), RestoreAdam);
            void RestoreAdam() => resumedAdam.ImportState(Stored(State(adam)));
            foreach (double momentum in new[] { 0, 0.9 })
            {
                Sgd sgd = MakeSgd(momentum), resumedSgd = MakeSgd(momentum);
                Resumes(stop, (w, g) => Overloads<T>.Step(sgd, w, g), (w, g) => Overloads<T>.Step(resumedSgd, w, g), RestoreSgd);
                void RestoreSgd() => resumedSgd.ImportState(Stored(State(sgd)));
            }
        }
    }

    /// <summary>The format is written to files: it does not change.</summary>
    [Fact]
    public void StateOfAdam_IsPowersThenMThenV()
    {
        var adam = new Adam(3, beta1: 0.5, beta2: 0.75, scalar: Overloads<T>.Scalar);
        Assert.Equal(8, adam.StateLength);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0], State(adam));
        T[] w = new T[3];

        // v = tiny^2 / 4 = 2^-68 or 2^-404, stored as -2^(144 - 68) or -2^(1072 - 404)
        double tiny = Math.ScaleB(1, Numbers.Choose<T, int>(-33, -201));
        Overloads<T>.Step(adam, w, Ns(2, 0, tiny));
        Overloads<T>.Step(adam, w, Ns(-4, 8, 0));

        double small = -0.75 * Math.ScaleB(1, Numbers.Choose<T, int>(76, 668));
        Assert.Equal([0.25, 0.5625, -1.5, 4, tiny / 4, 4.75, 16, small], State(adam));
    }

    /// <summary>2^-60, of doubles 2^-400, is the least v that is written as it is.</summary>
    [Fact]
    public void StateOfAdam_ScalesVOnlyBelowItsBound()
    {
        var adam = new Adam(1, beta2: 0.75, scalar: Overloads<T>.Scalar);
        Overloads<T>.Step(adam, new T[1], Ns(Math.ScaleB(1, Numbers.Choose<T, int>(-29, -199))));

        Assert.Equal(Math.ScaleB(1, Numbers.Choose<T, int>(-60, -400)), State(adam)[3]);
    }

    [Fact]
    public void StateOfSgd_IsTheVelocity()
    {
        var sgd = new Sgd(2, 0.1, 0.5, Overloads<T>.Scalar);
        Overloads<T>.Step(sgd, new T[2], Ns(1, -4));
        Overloads<T>.Step(sgd, new T[2], Ns(1, 0));
        Assert.Equal([1.5, -2], State(sgd));
        Assert.Equal(0, new Sgd(2, 0.1, scalar: Overloads<T>.Scalar).StateLength);
    }

    [Fact]
    public void WrongLength_IsNamedAndChangesNothing()
    {
        Adam adam = MakeAdam();
        Overloads<T>.Step(adam, new T[Length], Numbers.Repeated<T>(1, Length));
        double[] before = State(adam), written = Enumerable.Repeat(5.0, 45).ToArray();
        Refused.Length("source", 44, 43, () => adam.ImportState(before.AsSpan(1)));
        Refused.Length("destination", 44, 45, () => adam.ExportState(written));
        Assert.Equal(before, State(adam));
        Assert.All(written, number => Assert.Equal(5, number));

        Sgd sgd = MakeSgd(0.9);
        Refused.Length("source", 21, 20, () => sgd.ImportState(new double[20]));
        Refused.Length("destination", 21, 22, () => sgd.ExportState(written.AsSpan(0, 22)));
        Refused.Length("source", 0, 21, () => MakeSgd(0).ImportState(new double[21]));
        Assert.All(written, number => Assert.Equal(5, number));
    }

    /// <summary>Every place, with what cannot stand there.</summary>
    [Fact]
    public void ImpossibleState_IsRefusedAndChangesNothing()
    {
        Adam adam = MakeAdam();
        Overloads<T>.Step(adam, new T[Length], Numbers.Repeated<T>(0.5, Length));
        double[] good = State(adam);
        for (int place = 0; place < good.Length; place++)
        {
            double[] bad = place < 2 ? [double.NaN, double.PositiveInfinity, -0.1, 1, 0.9995, 2] : [double.NaN, double.NegativeInfinity, 1e300];
            foreach (double number in bad.Where(number => place != 1 || number != 0.9995))
            {
                RefusedState(adam, good, place, place >= 2 + Length && typeof(T) == typeof(double) && number == 1e300 ? -double.MaxValue : number);
            }
        }

        Sgd sgd = MakeSgd(0.9);
        double[] velocity = Enumerable.Repeat(1.5, Length).ToArray();
        sgd.ImportState(velocity);
        double[] noFloats = Numbers.Choose<T, double[]>([1e39, 0.1], []);
        foreach (double number in (double[])[double.NaN, double.PositiveInfinity, .. noFloats])
        {
            double[] spoiled = [.. velocity];
            spoiled[Length - 1] = number;
            string message = Assert.Throws<ArgumentException>("source", () => sgd.ImportState(spoiled)).Message;
            Assert.Contains("source[20]", message, StringComparison.Ordinal);
            Assert.Equal(velocity, State(sgd));
        }
    }

    [Fact]
    public void AveragesBeforeTheFirstStep_AreRefused()
    {
        Adam adam = MakeAdam();
        double[] state = State(adam);
        adam.ImportState(state);
        state[5] = 1;
        string message = Assert.Throws<ArgumentException>("source", () => adam.ImportState(state)).Message;
        Assert.Contains("there was no step, but there are averages", message, StringComparison.Ordinal);
    }

    private static void RefusedState(Adam adam, double[] good, int place, double number)
    {
        double[] spoiled = [.. good];
        spoiled[place] = number;
        string message = Assert.Throws<ArgumentException>("source", () => adam.ImportState(spoiled)).Message;
        Assert.Contains(FormattableString.Invariant($"source[{place}]"), message, StringComparison.Ordinal);
        Assert.Equal(good, State(adam));
    }

    private static void Resumes(int stop, Step step, Step resumedStep, Action import)
    {
        T[] w = Gradient(0), resumed = [.. w];
        for (int t = 1; t <= stop + 60; t++)
        {
            Assert.True(step(w, Gradient(t)));
            if (t <= stop)
            {
                w.CopyTo(resumed, 0);
            }

            if (t == stop)
            {
                import();
            }

            if (t > stop)
            {
                Assert.True(resumedStep(resumed, Gradient(t)));
                Numbers.AssertSameBits<T>(w, resumed, "parameters");
            }
        }
    }

    /// <summary>Of every magnitude, so that some v are stored as small ones.</summary>
    private static T[] Gradient(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(i => T.CreateTruncating((random.NextDouble() - 0.5) * Math.Pow(10, -i)))];
    }

    private static double[] Stored(double[] state) => MemoryMarshal.Cast<byte, double>(MemoryMarshal.AsBytes<double>(state).ToArray()).ToArray();

    private static Adam MakeAdam() => new(Length, 1e-2, weightDecay: 1e-3, scalar: Overloads<T>.Scalar);

    private static Sgd MakeSgd(double momentum) => new(Length, 1e-2, momentum, Overloads<T>.Scalar);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
