using System;
using System.Numerics;
using Lstm.Kernels;
using Lstm.Testing;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>What a model is run on: inputs, initial state, and the gradients to carry back.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
public sealed class Sequence<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public required int Steps { get; init; }

    public required T[] X { get; init; }

    /// <summary>dL/dy; of a cell dL/dwm.</summary>
    public required T[] DY { get; init; }

    /// <summary>Layers x d.</summary>
    public required T[] Ltm0 { get; init; }

    public required T[] Wm0 { get; init; }

    public required T[] DLtmT { get; init; }

    public required T[] DWmT { get; init; }

    /// <summary>
    /// Uniform numbers: ltm in (-2, 2), all else in (-1, 1); x up to 2, but less where many inputs of few units' large weights
    /// would saturate every gate.
    /// </summary>
    public static Sequence<T> Random(ModelUnderTest<T> model, int steps, ulong seed)
    {
        var random = new UniformRandom(seed);
        int memory = model.Layers * model.Hidden;
        T one = T.One, two = one + one;
        T bound = two * T.Min(one, T.Sqrt(T.CreateTruncating(model.Hidden) / T.CreateTruncating(model.Input)));
        return new Sequence<T>
        {
            Steps = steps,
            X = Fill(ref random, steps * model.Input, bound),
            DY = Fill(ref random, steps * model.Output, one),
            Ltm0 = Fill(ref random, memory, two),
            Wm0 = Fill(ref random, memory, one),
            DLtmT = Fill(ref random, memory, one),
            DWmT = Fill(ref random, memory, one),
        };
    }

    /// <summary>Puts the initial state, and the gradient of the final one, into the model.</summary>
    public void Begin(ModelUnderTest<T> model)
    {
        for (int layer = 0; layer < model.Layers; layer++)
        {
            Range range = (layer * model.Hidden)..((layer + 1) * model.Hidden);
            Ltm0.AsSpan(range).CopyTo(model.LongTermMemory(Part.Value, layer));
            Wm0.AsSpan(range).CopyTo(model.WorkingMemory(Part.Value, layer));
            DLtmT.AsSpan(range).CopyTo(model.LongTermMemory(Part.Gradient, layer));
            DWmT.AsSpan(range).CopyTo(model.WorkingMemory(Part.Gradient, layer));
        }
    }

    private static T[] Fill(ref UniformRandom random, int length, T bound)
    {
        T[] values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = Overloads<T>.Next(ref random, bound);
        }

        return values;
    }
}
