using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class ContractTestsOfFloats : ContractTests<float>;

public sealed class ContractTestsOfDoubles : ContractTests<double>;

/// <summary>The members' contract: lengths, errors, allocation.</summary>
public abstract class ContractTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    /// <summary>Readonly members: no defensive copy through in, ref readonly and readonly fields.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void StepForwardAndBackward_AreReadonly(string name)
    {
        MethodInfo[] methods = [.. ModelUnderTest<T>.Of(name).Type.GetMethods().Where(method => method.Name is "Step" or "Forward" or "Backward")];

        Assert.Equal(8, methods.Length);
        Assert.All(methods, method => Assert.True(method.IsDefined(typeof(IsReadOnlyAttribute)), method.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Accessors_RefuseWhatIsOutOfRange(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
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

        static void Refused(string parameter, Func<T> access) => Assert.Throws<ArgumentOutOfRangeException>(parameter, () => access());
    }

    /// <summary>Any number may stand in x; only the result shows it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_GoesThrough(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Sequence<T> sequence = Sequence<T>.Random(model, 3, 2);
        sequence.X[^1] = T.NaN;

        Outcome<T> outcome = Outcome<T>.OfBackward(model, sequence);

        Assert.All(outcome.Y[..(2 * model.Output)], value => Assert.True(T.IsFinite(value)));
        Assert.All(outcome.Y[(2 * model.Output)..], value => Assert.True(T.IsNaN(value)));
        Assert.Contains(outcome.Gradient, T.IsNaN);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ZeroSteps_ChangeNothing(string name)
    {
        ModelUnderTest<T> model = Marked(name, out Action assertUnchanged);

        model.Forward([], []);
        T[] tape = new T[model.TapeLength(0)];
        model.Forward([], [], tape);
        model.Backward([], tape, []);

        assertUnchanged();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        const int Steps = 3;
        ModelUnderTest<T> model = Marked(name, out Action assertUnchanged);
        int p = model.Input, k = model.Output, needed = model.TapeLength(Steps);
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        T[] x = new T[Steps * p];
        T[] y = Numbers.Repeated<T>(7, (Steps * k) + 1), tape = Numbers.Repeated<T>(7, needed), dX = Numbers.Repeated<T>(7, (Steps * p) + 1);

        foreach (int wrong in new[] { p - 1, p + 1, 2 * p })
        {
            Refused.Length("x", p, wrong, () => model.Step(new T[wrong], y.AsSpan(0, k)));
        }

        if (p > 1)
        {
            Refused.Length("x", p, (Steps * p) - 1, () => model.Forward(x.AsSpan(1), y.AsSpan(1)));
            Refused.Length("x", p, (Steps * p) - 1, () => model.Forward(x.AsSpan(1), y.AsSpan(1), tape));
            Refused.Length("x", p, (Steps * p) - 1, () => model.Backward(x.AsSpan(1), tape, y.AsSpan(1)));
        }

        foreach (int wrong in new[] { 0, (Steps * k) - 1, (Steps * k) + 1 })
        {
            Refused.Length(output, Steps * k, wrong, () => model.Forward(x, y.AsSpan(0, wrong)));
            Refused.Length(output, Steps * k, wrong, () => model.Forward(x, y.AsSpan(0, wrong), tape));
            Refused.Length(dOutput, Steps * k, wrong, () => model.Backward(x, tape, y.AsSpan(0, wrong)));
        }

        if (!model.IsCell)
        {
            Refused.Length("y", k, k - 1, () => model.Step(x.AsSpan(0, p), y.AsSpan(0, k - 1)));
            Refused.Length("y", k, k + 1, () => model.Step(x.AsSpan(0, p), y.AsSpan(0, k + 1)));
        }

        foreach (int wrong in new[] { 0, needed - 1 })
        {
            Refused.Length("tape", needed, wrong, () => model.Forward(x, y.AsSpan(1), tape.AsSpan(0, wrong)));
            Refused.Length("tape", needed, wrong, () => model.Backward(x, tape.AsSpan(0, wrong), y.AsSpan(1)));
        }

        Refused.Length("tape", model.TapeLength(0), model.TapeLength(0) - 1, () => model.Forward([], [], tape.AsSpan(0, model.TapeLength(0) - 1)));
        Refused.Length("dX", Steps * p, (Steps * p) + 1, () => model.Backward(x, tape, y.AsSpan(1), dX));
        if (Steps * p > 1)
        {
            Refused.Length("dX", Steps * p, 1, () => model.Backward(x, tape, y.AsSpan(1), dX.AsSpan(0, 1)));
        }

        assertUnchanged();
        Assert.All(new[] { y, tape, dX }, span => Assert.Equal(-1, span.AsSpan().IndexOfAnyExcept(T.CreateTruncating(7))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        Sequence<T> sequence = Sequence<T>.Random(model, 17, 1);
        T[] y = new T[17 * model.Output], tape = new T[model.TapeLength(17)], dX = new T[17 * model.Input];
        T[] exported = new T[model.ParameterCount], state = new T[2 * model.Hidden * model.Layers];
        Tensor[] tensors = [.. model.Tensors];
        Part[] parts = [Part.Value, Part.Gradient];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            model.Initialize(1, T.One);
            model.Step(sequence.X.AsSpan(0, model.Input), y.AsSpan(0, model.Output));
            model.Forward(sequence.X, y);
            model.Forward(sequence.X, y, tape);
            model.Backward(sequence.X, tape, sequence.DY);
            model.Backward(sequence.X, tape, sequence.DY, dX);
            model.Descend(T.CreateTruncating(0.1));
            model.TapeLength(17);
            model.TapeLength(17, sequences: 2);
            model.ExportParameters(exported);
            model.ImportParameters(exported);
            model.ExportState(state);
            model.ImportState(state);
            foreach (Part part in parts)
            {
                foreach (Tensor tensor in tensors)
                {
                    model.At(part, tensor, 0, 0) += T.One;
                }

                model.LongTermMemory(part, 0).Clear();
                model.WorkingMemory(part, 0).Clear();
            }
        }
    }

    /// <summary>A model of random numbers everywhere, and what asserts that they are still there.</summary>
    private static ModelUnderTest<T> Marked(string name, out Action assertUnchanged)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Sequence<T>.Random(model, 0, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(T.CreateTruncating(7));
        T[] weights = model.Packed(Part.Value).ToArray(), gradient = model.Packed(Part.Gradient).ToArray();
        T[] state = model.Memory(Part.Value).ToArray(), dState = model.Memory(Part.Gradient).ToArray();
        assertUnchanged = () =>
        {
            Numbers.AssertSameBits<T>(weights, model.Packed(Part.Value), "weights");
            Numbers.AssertSameBits<T>(gradient, model.Packed(Part.Gradient), "gradient");
            Numbers.AssertSameBits<T>(state, model.Memory(Part.Value), "state");
            Numbers.AssertSameBits<T>(dState, model.Memory(Part.Gradient), "dState");
        };
        return model;
    }
}
