using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class LoadTestsOfFloats : LoadTests<float>;

public sealed class LoadTestsOfDoubles : LoadTests<double>;

/// <summary>Trained models go into generated types, and come out of them.</summary>
public abstract class LoadTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryNumberOfAModel_StandsAtItsGateRowAndColumn_AndThePaddingIsZero(string name)
    {
        ModelUnderTest<T> loaded = ModelUnderTest<T>.Of(name), written = loaded.Fresh();
        LstmModel model = Random(loaded);
        foreach (Tensor tensor in written.Tensors)
        {
            written.Write(tensor, Numbers.Widened<float>(Of(model, tensor)));
        }

        loaded.Packed(Part.Value).Fill(T.NaN);
        loaded.Load(model);

        Numbers.AssertSameBits<T>(written.Packed(Part.Value), loaded.Packed(Part.Value), "parameters");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToModel_GivesTheBitsThatWereLoaded(string name)
    {
        ModelUnderTest<T> type = ModelUnderTest<T>.Of(name);
        LstmModel model = Random(type);
        model.W(0, Gate.Save)[0] = -0f;
        model.B(0, Gate.Focus)[0] = float.NegativeInfinity;
        model.U(0, Gate.Candidate)[0] = float.Epsilon;

        type.Load(model);
        LstmModel stored = type.ToModel();

        Assert.False(stored.HasInitialState);
        Assert.Equal((model.Input, model.LayerCount, model.Output), (stored.Input, stored.LayerCount, stored.Output));
        foreach (Tensor tensor in type.Tensors)
        {
            Numbers.AssertSameBits<float>(Of(model, tensor), Of(stored, tensor), $"{tensor}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToModel_RoundsToFloat(string name)
    {
        ModelUnderTest<T> type = ModelUnderTest<T>.Of(name);
        type.At(Part.Value, type.Tensors[0], 0, 0) = T.CreateTruncating(0.1);

        Assert.Equal(0.1f, type.ToModel().W(0, Gate.Remember)[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_IsTheInitialOneOfTheModel_OrZero(string name)
    {
        ModelUnderTest<T> loaded = ModelUnderTest<T>.Of(name), written = loaded.Fresh();
        LstmModel model = Random(loaded);
        model.HasInitialState = true;
        for (int layer = 0; layer < loaded.Layers; layer++)
        {
            Fill(model.InitialLongTermMemory(layer), 2 * layer);
            Fill(model.InitialWorkingMemory(layer), (2 * layer) + 1);
            Widened(model.InitialLongTermMemory(layer)).CopyTo(written.LongTermMemory(Part.Value, layer));
            Widened(model.InitialWorkingMemory(layer)).CopyTo(written.WorkingMemory(Part.Value, layer));
        }

        loaded.Memory(Part.Value).Fill(T.NaN);
        loaded.LoadState(model);
        Numbers.AssertSameBits<T>(written.Memory(Part.Value), loaded.Memory(Part.Value), "state");

        model.HasInitialState = false;
        model.InitialWorkingMemory(0)[0] = 1;
        loaded.LoadState(model);
        Assert.Equal(-1, loaded.Memory(Part.Value).IndexOfAnyExcept(T.Zero));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OtherSizes_ThrowAndChangeNothing(string name)
    {
        ModelUnderTest<T> type = ModelUnderTest<T>.Of(name).Seeded(3);
        type.Memory(Part.Value).Fill(T.One);
        T[] parameters = type.Packed(Part.Value).ToArray();

        foreach ((LstmModel model, int expected, int actual) in Others(type))
        {
            model.HasInitialState = true;
            Refused.Length("model", expected, actual, () => type.Load(model));
            Refused.Length("model", expected, actual, () => type.LoadState(model));
        }

        Assert.Throws<ArgumentNullException>("model", () => type.Load(null!));
        Assert.Throws<ArgumentNullException>("model", () => type.LoadState(null!));
        Numbers.AssertSameBits<T>(parameters, type.Packed(Part.Value), "parameters");
        Assert.Equal(-1, type.Memory(Part.Value).IndexOfAnyExcept(T.One));
    }

    /// <summary>Models that differ in one size: from a size of the type, to another one.</summary>
    private static IEnumerable<(LstmModel Model, int Expected, int Actual)> Others(ModelUnderTest<T> type)
    {
        int output = type.IsCell ? 0 : type.Output;
        int[] hidden = [.. Enumerable.Repeat(type.Hidden, type.Layers)];
        yield return (new LstmModel(type.Input + 1, hidden, output), type.Input, type.Input + 1);
        yield return (new LstmModel(type.Input, hidden, output + 1), output, output + 1);
        yield return (new LstmModel(type.Input, [.. hidden, type.Hidden], output), type.Layers, type.Layers + 1);
        yield return (new LstmModel(type.Input, [.. hidden.SkipLast(1), type.Hidden + 1], output), type.Hidden, type.Hidden + 1);
        if (!type.IsCell)
        {
            yield return (new LstmModel(type.Input, hidden), output, 0);
        }
    }

    /// <summary>A model of the type's sizes; every number is another one.</summary>
    private static LstmModel Random(ModelUnderTest<T> type)
    {
        LstmModel model = new(type.Input, [.. Enumerable.Repeat(type.Hidden, type.Layers)], type.IsCell ? 0 : type.Output);
        int seed = 0;
        foreach (Tensor tensor in type.Tensors)
        {
            Fill(Of(model, tensor), ++seed);
        }

        return model;
    }

    private static void Fill(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref float value in values)
        {
            value = random.NextSingle() - 0.5f;
        }
    }

    private static Span<float> Of(LstmModel model, Tensor tensor) => tensor.Letter switch
    {
        Letter.W => model.W(tensor.Layer, tensor.Gate),
        Letter.U => model.U(tensor.Layer, tensor.Gate),
        Letter.B => model.B(tensor.Layer, tensor.Gate),
        Letter.V => model.V,
        _ => model.C,
    };

    private static T[] Widened(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), T.CreateTruncating);
}
