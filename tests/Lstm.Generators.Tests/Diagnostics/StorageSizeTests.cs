using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>The analyzers measure without planning; the plans must come to the same sizes.</summary>
public sealed class StorageSizeTests
{
    private static readonly TargetType Target = new("", default, new TypeDeclaration("struct", "Model"), "Model.g.cs");

    [Fact]
    public void Cell_IsAsLargeAsItsLayout() => Assert.All(Enumerable.Range(1, 130), hidden =>
    {
        Assert.Equal(4L * CellLayout.Of(3, hidden).Length, StorageSize.CellParameters(3, hidden));
        Assert.Equal(8L * CellLayout.Of(3, hidden).Length, StorageSize.CellParameters(3, hidden, ScalarKind.Double));
    });

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 5, 3, 2)]
    [InlineData(7, 29, 10, 8)]
    [InlineData(64, 128, 1, 3)]
    public void Network_IsAsLargeAsItsPlan(int input, int hidden, int output, int layers)
    {
        LstmNetworkSpec spec = new(
            Target, input, hidden, output, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto);
        Assert.Equal(4L * LstmNetworkPlanner.Plan(spec).Length, StorageSize.NetworkParameters(input, hidden, output, layers));
        Assert.Equal(
            8L * LstmNetworkPlanner.Plan(spec with { Scalar = ScalarKind.Double }).Length,
            StorageSize.NetworkParameters(input, hidden, output, layers, ScalarKind.Double));
    }
}
