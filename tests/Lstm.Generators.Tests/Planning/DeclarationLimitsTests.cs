using System;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

public sealed class DeclarationLimitsTests
{
    private const long Limit = 64L * 1024 * 1024;

    private static readonly TargetType Target = new("", default, new TypeDeclaration("struct", "Model"), "Model.g.cs");

    /// <summary>Four gates of 1 + p + d weights; units are padded to a multiple of four.</summary>
    [Fact]
    public void Cell_TakesItsGatesAndTwoMemories() => Gen.Select(Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Enum<ScalarKind>()).Sample(
        (input, hidden, scalar) =>
        {
            StructSize size = StructSize.Of(Cell(input, hidden, scalar: scalar));
            Assert.Equal(BytesOfGates(input, hidden, scalar), size.Parameters);
            Assert.Equal(2L * Padded(hidden) * scalar.Bytes(), size.State);
        },
        iter: 100);

    [Fact]
    public void Network_TakesItsCellsAndReadout() => Gen.Select(
        Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Int[1, 8], Gen.Enum<ScalarKind>()).Sample(
        (input, hidden, output, layers, scalar) =>
        {
            LstmNetworkSpec spec = new(
                Target, input, hidden, output, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto, scalar);
            long bytes = BytesOfGates(input, hidden, scalar)
                + ((layers - 1) * BytesOfGates(hidden, hidden, scalar))
                + (output * (Padded(hidden) + 1L) * scalar.Bytes());
            Assert.Equal(bytes, StructSize.Of(spec).Parameters);
            Assert.Equal(2L * Padded(hidden) * layers * scalar.Bytes(), StructSize.Of(spec).State);
            ExceededLimit? expected = bytes > Limit ? new ExceededLimit(LimitKind.ParameterBytes, "Hidden", bytes, Limit) : null;
            Assert.Equal(expected, DeclarationLimits.Exceeded(spec));
        },
        iter: 100);

    [Theory]
    [InlineData(1, 1, true, 4)]
    [InlineData(50, 2, false, 4 * 100)]
    [InlineData(3, 5, true, 4 * (25 + 25 + 5))]
    public void Chain_TakesItsWeightsAndHasNoState(int layers, int width, bool dense, int bytes) => Assert.Equal(
        new StructSize(bytes, State: 0), StructSize.Of(Chain(layers, width, dense, UnrollingKind.Auto)));

    /// <summary>8 * 4 * 1024 * 2049 bytes are 64 MiB and 32 KiB: the only cells over the limit are of doubles.</summary>
    [Theory]
    [InlineData(1024, 1024, true, true)]
    [InlineData(1023, 1024, true, false)]
    [InlineData(1024, 1024, false, false)]
    public void LargestCells_AreAroundTheLimit(int input, int hidden, bool doubles, bool exceeds) =>
        Assert.Equal(
            exceeds ? LimitKind.ParameterBytes : null,
            DeclarationLimits.Exceeded(Cell(input, hidden, scalar: doubles ? ScalarKind.Double : ScalarKind.Single))?.Kind);

    [Fact]
    public void Full_IsRefusedExactlyWhereTheNarrowestVectorsAreLooped() => Gen.Select(
        Gen.Int[1, 40], Gen.Int[1, 40], Gen.Enum<AccuracyKind>(), Gen.Enum<ScalarKind>()).Sample(
        (input, hidden, accuracy, scalar) =>
        {
            LstmCellSpec spec = Cell(input, hidden, accuracy, scalar) with { Unrolling = UnrollingKind.Full };
            bool unrolled = Array.TrueForAll([.. LstmCellPlanner.Plan(spec).Kernel.Widths], width => width.Lanes == 1 || width.Unrolled);
            ExceededLimit? exceeded = DeclarationLimits.Exceeded(spec);
            Assert.Equal(unrolled, exceeded is null);
            Assert.True(unrolled || exceeded is { Kind: LimitKind.UnrolledCost, Argument: "Unrolling", Limit: UnrollBudget.CellCostLimit });
            Assert.Null(DeclarationLimits.Exceeded(spec with { Unrolling = UnrollingKind.Auto }));
        },
        iter: 100);

    /// <summary>At 128 bits (1,100) takes 25 vectors of units, each 4 * 102 multiply-adds and 46 for its activations.</summary>
    [Fact]
    public void UnrolledCost_CountsMultiplyAddsAndActivations() => Assert.Equal(
        new ExceededLimit(LimitKind.UnrolledCost, "Unrolling", 25 * ((4 * 102) + 46), UnrollBudget.CellCostLimit),
        DeclarationLimits.Exceeded(Cell(1, 100) with { Unrolling = UnrollingKind.Full }));

    /// <summary>(1,12) may be unrolled, but not 12 units that read 12 units or 30 inputs.</summary>
    [Theory]
    [InlineData(1, 12, 1, false)]
    [InlineData(1, 12, 2, true)]
    [InlineData(30, 12, 1, true)]
    public void Network_CountsItsLargestLayer(int input, int hidden, int layers, bool exceeds)
    {
        LstmNetworkSpec spec = new(Target, input, hidden, 1, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Full);
        long layer = Math.Max(input, layers > 1 ? hidden : 0);
        ExceededLimit? expected = exceeds
            ? new ExceededLimit(LimitKind.UnrolledCost, "Unrolling", 3 * ((4 * (1 + layer + hidden)) + 46), UnrollBudget.CellCostLimit)
            : null;
        Assert.Equal(expected, DeclarationLimits.Exceeded(spec));
    }

    [Theory]
    [InlineData(200, 2, false, null)]
    [InlineData(201, 2, false, 402L)]
    [InlineData(101, 2, true, 402L)]
    public void UnrolledChain_CountsItsWeights(int layers, int width, bool dense, long? weights) => Assert.Equal(
        weights, DeclarationLimits.Exceeded(Chain(layers, width, dense, UnrollingKind.Full))?.Value);

    private static LstmCellSpec Cell(
        int input, int hidden, AccuracyKind accuracy = AccuracyKind.Standard, ScalarKind scalar = ScalarKind.Single) =>
        new(Target, input, hidden, ArithmeticKind.Fused, accuracy, UnrollingKind.Auto, scalar);

    private static DeepChainSpec Chain(int layers, int width, bool dense, UnrollingKind unrolling) =>
        new(Target, layers, width, dense ? ChainForm.Dense : ChainForm.Diagonal, unrolling);

    private static long Padded(int units) => (units + 3) / 4 * 4;

    private static long BytesOfGates(int input, int hidden, ScalarKind scalar) => 4 * Padded(hidden) * (1 + input + hidden) * scalar.Bytes();
}
