using System;
using Lstm.Kernels;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>What a model is run on: inputs, initial state, and the gradients to carry back.</summary>
public sealed class Sequence
{
    public required int Steps { get; init; }

    public required float[] X { get; init; }

    /// <summary>dL/dy; of a cell dL/dwm.</summary>
    public required float[] DY { get; init; }

    /// <summary>Layers x d.</summary>
    public required float[] Ltm0 { get; init; }

    public required float[] Wm0 { get; init; }

    public required float[] DLtmT { get; init; }

    public required float[] DWmT { get; init; }

    /// <summary>
    /// Uniform numbers: ltm in (-2, 2), all else in (-1, 1); x up to 2, but less where many inputs of few units' large weights
    /// would saturate every gate.
    /// </summary>
    public static Sequence Random(ModelUnderTest model, int steps, ulong seed)
    {
        var random = new UniformRandom(seed);
        int memory = model.Layers * model.Hidden;
        return new Sequence
        {
            Steps = steps,
            X = Fill(ref random, steps * model.Input, 2 * MathF.Min(1, MathF.Sqrt((float)model.Hidden / model.Input))),
            DY = Fill(ref random, steps * model.Output, 1),
            Ltm0 = Fill(ref random, memory, 2),
            Wm0 = Fill(ref random, memory, 1),
            DLtmT = Fill(ref random, memory, 1),
            DWmT = Fill(ref random, memory, 1),
        };
    }

    /// <summary>Puts the initial state, and the gradient of the final one, into the model.</summary>
    public void Begin(ModelUnderTest model)
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

    private static float[] Fill(ref UniformRandom random, int length, float bound)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.Next(bound);
        }

        return values;
    }
}
