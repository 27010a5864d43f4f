using System;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

public sealed class ChainPlanTests
{
    private static readonly TargetType Target = new(string.Empty, default, new TypeDeclaration("struct", "Chain"), "Chain.g.cs");

    private static readonly Gen<DeepChainSpec> AnyChain = Gen.Select(
        Gen.Frequency((1, Gen.Int[1, 12]), (1, Gen.Int[1, 1000])),
        Gen.Int[1, 16],
        Gen.Enum<ChainForm>(),
        Gen.Enum<UnrollingKind>(),
        Gen.Enum<ScalarKind>(),
        (layers, width, form, unrolling, scalar) => new DeepChainSpec(Target, layers, width, form, unrolling, scalar));

    [Fact]
    public void Weights_StandInStorageOrderUnderNamesOfTheirOwn() => AnyChain.Sample(spec =>
    {
        DeepChainPlan plan = DeepChainPlanner.Plan(spec);
        Assert.Equal(((plan.Layers - 1) * plan.LayerSize) + plan.Width, plan.ParameterCount);
        if (!plan.Unrolled)
        {
            Assert.Empty(plan.Weights);
            return;
        }

        Assert.Equal(plan.ParameterCount, plan.Weights.Count);
        Assert.Equal(plan.ParameterCount, plan.Weights.Select(weight => weight.Field).Distinct().Count());
        Assert.Equal(plan.Weights, Enumerable.Range(1, plan.Layers).SelectMany(plan.Layer));
        Assert.Equal(plan.Weights, plan.Weights.OrderBy(weight => (weight.Layer, weight.Row, weight.Column)));
        if (spec.Form == ChainForm.Diagonal)
        {
            Assert.All(plan.Lanes, j => Assert.All(plan.Lane(j), (weight, layer) => Assert.Equal((layer + 1, j), (weight.Layer, weight.Column))));
        }
    });

    [Fact]
    public void UnrolledChains_StayWithinTheBudget() => AnyChain.Sample(spec =>
    {
        DeepChainPlan plan = DeepChainPlanner.Plan(spec);
        Assert.Equal(
            spec.Unrolling != UnrollingKind.None && plan.ParameterCount <= UnrollBudget.ChainMultiplicationLimit,
            plan.Unrolled);
        Assert.True(plan.Unrolled || plan.Stack.BackwardBytes > 0);
        Assert.InRange(plan.Stack.BackwardBytes, 0, 256 * 1024);
    });
}
