using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class ExportTestsOfFloats : ExportTests<float>;

public sealed class ExportTestsOfDoubles : ExportTests<double>;

/// <summary>Parameters and states leave a type and come back in one order, without padding.</summary>
public abstract class ExportTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Seven = T.CreateTruncating(7);

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_AreOrderedByLayer_ThenLetter_ThenGate_ThenRow(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        int next = 0;
        foreach (Tensor tensor in model.Tensors.OrderBy(tensor => tensor.Layer).ThenBy(tensor => tensor.Letter).ThenBy(tensor => tensor.Gate))
        {
            for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                model.At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns) = T.CreateChecked(next++);
            }
        }

        T[] exported = new T[model.ParameterCount];
        model.ExportParameters(exported);

        Assert.Equal(Enumerable.Range(0, model.ParameterCount).Select(T.CreateChecked), exported);
    }

    /// <summary>These numbers never change: an exported model can be read by every later version.</summary>
    [Fact]
    public void ParametersOfThisSeed_AreTheseNumbers()
    {
        ModelUnderTest<T> cell = ModelUnderTest<T>.Of(nameof(Cell3x5)).Seeded(42);
        T[] exported = new T[cell.ParameterCount];
        cell.ExportParameters(exported);

        // W_rem(0,0), W_cand(2,1); U_rem(4,4) behind 60 of W; b_rem(3) and b_focus(3) behind 100 of U.
        double[] expected = Numbers.Choose<T, double[]>(
            floats: [0.21606223f, 0.32882175f, 0.24577345f, 1, -0.3518651f],
            doubles: [0.21606219596411713, 0.32882168856023142, 0.24577349618466512, 1, -0.35186511816299754]);
        Assert.Equal(expected, Numbers.Widened(exported[0], exported[52], exported[84], exported[163], exported[173]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ImportedParameters_AreThoseOfTheExport_AndThePaddingIsZero(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3), other = model.Fresh();
        T[] exported = new T[model.ParameterCount];
        model.ExportParameters(exported);
        other.Packed(Part.Value).Fill(T.NaN);

        other.ImportParameters(exported);

        Numbers.AssertSameBits<T>(model.Packed(Part.Value), other.Packed(Part.Value), "parameters");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_IsLtmThenWmOfEachLayer(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        int length = 2 * model.Layers * model.Hidden;
        T[] numbers = [.. Enumerable.Range(1, length).Select(T.CreateChecked)], exported = new T[length];

        model.ImportState(numbers);
        model.ExportState(exported);

        Assert.Equal(numbers, exported);
        Assert.Equal(length, model.Type.GetNestedType("State")!.GetField("Length")!.GetRawConstantValue());
        Assert.Equal(
            numbers,
            Enumerable.Range(0, model.Layers).SelectMany(layer =>
                model.LongTermMemory(Part.Value, layer).ToArray().Concat(model.WorkingMemory(Part.Value, layer).ToArray())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengthsAndOverlaps_ThrowAndChangeNothing(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        model.Memory(Part.Value).Fill(Seven);
        T[] parameters = model.Packed(Part.Value).ToArray();
        int count = model.ParameterCount, length = 2 * model.Layers * model.Hidden;
        T[] untouched = Numbers.Repeated<T>(7, count + 1);
        Assert.Equal(parameters.Length, model.Type.GetField("ParameterLength")!.GetRawConstantValue());

        foreach (int wrong in new[] { count - 1, count + 1 })
        {
            Refused.Length("destination", count, wrong, () => model.ExportParameters(untouched.AsSpan(0, wrong)));
            Refused.Length("source", count, wrong, () => model.ImportParameters(new T[wrong]));
        }

        foreach (int wrong in new[] { length - 1, length + 1 })
        {
            Refused.Length("destination", length, wrong, () => model.ExportState(new T[wrong]));
            Refused.Length("source", length, wrong, () => model.ImportState(new T[wrong]));
        }

        Assert.Throws<ArgumentException>("destination", () => model.ExportParameters(model.Packed(Part.Value)[..count]));
        Assert.Throws<ArgumentException>("source", () => model.ImportParameters(model.Packed(Part.Value)[..count]));
        Numbers.AssertSameBits<T>(parameters, model.Packed(Part.Value), "parameters");
        Assert.Equal(-1, untouched.AsSpan().IndexOfAnyExcept(Seven));
        Assert.Equal(-1, model.Memory(Part.Value).IndexOfAnyExcept(Seven));
    }

    /// <summary>What generic code reaches through a layer's number is what the type's own accessors reach.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AccessorsOfTheInterface_AreThoseOfTheType(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        foreach (Tensor tensor in model.Tensors.Where(tensor => tensor.Letter is Letter.W or Letter.U or Letter.B))
        {
            for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                (int row, int column) = (i / tensor.Columns, i % tensor.Columns);
                Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(
                    ref model.AtLayer(tensor, tensor.Layer, row, column), ref model.At(Part.Value, tensor, row, column)));
            }

            Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.AtLayer(tensor, model.Layers, 0, 0));
            Assert.Throws<ArgumentOutOfRangeException>("layer", () => model.AtLayer(tensor, -1, 0, 0));
        }
    }
}
