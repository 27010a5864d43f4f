using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class ReferenceTestsOfFloats : ReferenceTests<float>;

public sealed class ReferenceTestsOfDoubles : ReferenceTests<double>;

/// <summary>Generated cells and networks against the textbook in double, at sizes and lengths that PyTorch was not asked for.</summary>
public abstract class ReferenceTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Floats: a gradient that passes 130 steps is a product of 130 factors, each off by up to 3e-7; the errors are random, so that
    /// about 12 of them remain, and sums over 128 inputs add as much again. Doubles: rounding of 1e-16, amplified from step to step.
    /// </summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 2e-5, doubles: 1e-11);

    /// <summary>Weights of any size may amplify a rounding from step to step and layer to layer; a wrong term is off by 1e-2.</summary>
    private static readonly double AnyWeightTolerance = Numbers.Choose<T, double>(floats: 5e-4, doubles: 1e-11);

    /// <summary>Around the blocks of 16 to 64 steps in which Backward works; the largest types only at the first two borders.</summary>
    public static TheoryData<string, int> Lengths
    {
        get
        {
            TheoryData<string, int> lengths = [];
            foreach (ModelUnderTest<T> model in ModelUnderTest<T>.All)
            {
                int[] steps = model.ParameterCount > 20_000 ? [0, 1, 16, 33] : [0, 1, 63, 64, 65, 130];
                foreach (int count in steps)
                {
                    lengths.Add(model.Name, count);
                }
            }

            return lengths;
        }
    }

    /// <summary>Types small enough for many random cases.</summary>
    public static TheoryData<string> Small => [.. ModelUnderTest<T>.All.Where(model => model.ParameterCount < 1000).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AnyLength_AgreesWithTheReference(string name, int steps)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(17);

        Oracle<T>.Of(Sequence<T>.Random(model, steps, seed: 5), model).AssertAgrees(model, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void RandomWeightsAndInputs_AgreeWithTheReference(string name) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 40], Gen.Double[0.1, 2]).Sample(
            (seed, steps, scale) =>
            {
                ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(seed);
                foreach (ref T weight in model.Packed(Part.Value))
                {
                    weight *= T.CreateTruncating(scale);
                }

                Oracle<T>.Of(Sequence<T>.Random(model, steps, ~seed), model).AssertAgrees(model, AnyWeightTolerance);
            },
            iter: 20,
            threads: 1);
}
