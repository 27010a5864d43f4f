using System.Linq;
using CsCheck;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Generated cells and networks against the textbook in double, at sizes and lengths that PyTorch was not asked for.</summary>
public class ReferenceTests
{
    /// <summary>
    /// A gradient that passes 130 steps is a product of 130 factors, each off by up to 3e-7; the errors are random, so that
    /// about 12 of them remain, and sums over 128 inputs add as much again.
    /// </summary>
    private const double Tolerance = 2e-5;

    /// <summary>Weights of any size may amplify a rounding from step to step and layer to layer; a wrong term is off by 1e-2.</summary>
    private const double AnyWeightTolerance = 5e-4;

    /// <summary>Around the blocks of 16 to 64 steps in which Backward works; the largest types only at the first two borders.</summary>
    public static TheoryData<string, int> Lengths
    {
        get
        {
            TheoryData<string, int> lengths = [];
            foreach (ModelUnderTest model in ModelUnderTest.All)
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
    public static TheoryData<string> Small => [.. ModelUnderTest.All.Where(model => model.ParameterCount < 1000).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AnyLength_AgreesWithTheReference(string name, int steps)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(17);

        Oracle.Of(Sequence.Random(model, steps, seed: 5), model).AssertAgrees(model, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void RandomWeightsAndInputs_AgreeWithTheReference(string name) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 40], Gen.Float[0.1f, 2f]).Sample(
            (seed, steps, scale) =>
            {
                ModelUnderTest model = ModelUnderTest.Of(name).Seeded(seed);
                foreach (ref float weight in model.Packed(Part.Value))
                {
                    weight *= scale;
                }

                Oracle.Of(Sequence.Random(model, steps, ~seed), model).AssertAgrees(model, AnyWeightTolerance);
            },
            iter: 20,
            threads: 1);
}
