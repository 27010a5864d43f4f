using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>Models for tests, and what they compute.</summary>
internal static class Models
{
    public delegate void Visitor(string name, Span<float> values);

    public static IReadOnlyList<Gate> Gates { get; } = Enum.GetValues<Gate>();

    /// <summary>A model of random numbers within 0.6 of 0.</summary>
    public static LstmModel Random(int seed, int input, int[] hidden, int output = 0, bool state = false)
    {
        var random = new Random(seed);
        var model = new LstmModel(input, hidden, output) { HasInitialState = state };
        Visit(model, state, (_, values) =>
        {
            foreach (ref float value in values)
            {
                value = (random.NextSingle() - 0.5f) * 1.2f;
            }
        });
        return model;
    }

    /// <summary>Every array of a model.</summary>
    public static void Visit(LstmModel model, bool state, Visitor visit)
    {
        for (int k = 0; k < model.LayerCount; k++)
        {
            foreach (Gate gate in Gates)
            {
                visit($"W({k}, {gate})", model.W(k, gate));
                visit($"U({k}, {gate})", model.U(k, gate));
                visit($"B({k}, {gate})", model.B(k, gate));
            }

            if (state)
            {
                visit($"initial ltm({k})", model.InitialLongTermMemory(k));
                visit($"initial wm({k})", model.InitialWorkingMemory(k));
            }
        }

        visit("V", model.V);
        visit("C", model.C);
    }

    /// <summary>The same sizes, and the same bits in every number.</summary>
    public static void AssertSame(LstmModel expected, LstmModel actual, string name)
    {
        Assert.Equal(Sizes(expected), Sizes(actual));
        Assert.Equal(expected.HasInitialState, actual.HasInitialState);
        var arrays = new List<float[]>();
        Visit(expected, state: true, (_, values) => arrays.Add(values.ToArray()));
        int index = 0;
        Visit(actual, state: true, (array, values) => Numbers.AssertSameBits<float>(arrays[index++], values, $"{name}: {array}"));
    }

    public static LstmModel Read(byte[] file, LstmFormat format) => LstmFile.Read(new MemoryStream(file), format);

    public static byte[] Write(LstmModel model, LstmFormat format)
    {
        using var stream = new MemoryStream();
        LstmFile.Write(model, stream, format);
        return stream.ToArray();
    }

    /// <summary>x of T steps within 1 of 0.</summary>
    public static float[] Input(int seed, LstmModel model, int steps)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, steps * model.Input).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>y of every step, T x K (without a readout: wm of the last layer, T x d), by the textbook cell.</summary>
    public static T[] Run<T>(LstmModel model, ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = x.ToArray();
        int steps = x.Length / model.Input;
        for (int k = 0; k < model.LayerCount; k++)
        {
            ReferenceCell<T> cell = Cell<T>(model, k);
            values = cell.Forward(values, Widened<T>(model.InitialLongTermMemory(k)), Widened<T>(model.InitialWorkingMemory(k))).Wm.Values.ToArray();
        }

        if (model.Output == 0)
        {
            return values;
        }

        int hidden = model.Hidden(model.LayerCount - 1);
        var y = new T[steps * model.Output];
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < model.Output; i++)
            {
                T sum = T.CreateTruncating(model.C[i]);
                for (int j = 0; j < hidden; j++)
                {
                    sum += T.CreateTruncating(model.V[(i * hidden) + j]) * values[(t * hidden) + j];
                }

                y[(t * model.Output) + i] = sum;
            }
        }

        return y;
    }

    /// <summary>A layer as the textbook cell.</summary>
    public static ReferenceCell<T> Cell<T>(LstmModel model, int layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int input = layer == 0 ? model.Input : model.Hidden(layer - 1);
        int hidden = model.Hidden(layer);
        var cell = new ReferenceCell<T>(input, hidden);
        foreach (Gate gate in Gates)
        {
            for (int i = 0; i < hidden; i++)
            {
                for (int j = 0; j < input; j++)
                {
                    cell.W(gate, i, j) = T.CreateTruncating(model.W(layer, gate)[(i * input) + j]);
                }

                for (int j = 0; j < hidden; j++)
                {
                    cell.U(gate, i, j) = T.CreateTruncating(model.U(layer, gate)[(i * hidden) + j]);
                }

                cell.B(gate, i) = T.CreateTruncating(model.B(layer, gate)[i]);
            }
        }

        return cell;
    }

    private static T[] Widened<T>(ReadOnlySpan<float> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var widened = new T[values.Length];
        for (int i = 0; i < widened.Length; i++)
        {
            widened[i] = T.CreateTruncating(values[i]);
        }

        return widened;
    }

    private static int[] Sizes(LstmModel model) =>
        [model.Input, .. Enumerable.Range(0, model.LayerCount).Select(model.Hidden), model.Output];
}
