using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.Incremental;

/// <summary>
/// What the pipeline keeps between edits: values that compare by content and hold nothing of a compilation, which would
/// stay in memory with them.
/// </summary>
public sealed class PlainDataTests
{
    private const string Models = """
        using Lstm;
        partial class Outer { [LstmCell(Input = 2, Hidden = 21, Accuracy = Accuracy.Strict)] public partial struct Cell; }
        [LstmCell(Input = 2, Hidden = 3)] public struct Refused;
        [LstmCell(Weights = "cell.safetensors")] partial struct FromFile;
        [LstmNetwork(Input = 2, Hidden = 20, Output = 3, Layers = 3)] partial struct Net;
        [DeepChain(Layers = 3, Width = 3)] partial struct Chain;
        [DeepChain(Layers = 1000, Kind = ChainKind.Dense)] partial struct LongChain;
        """;

    [Fact]
    public void EveryTrackedOutput_HoldsOnlyPlainData()
    {
        GeneratorRunResult result = GeneratorRun.Result(GeneratorRun.Driver(texts: WeightFiles.All).RunGenerators(TestCompilation.Create(Models)));
        string[] names = [.. typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
        HashSet<Type> seen = [];
        foreach (string name in names)
        {
            object?[] values = [.. GeneratorRun.Outputs(result, name).Select(output => output.Value)];
            Assert.Contains(values, value => value is not null);
            Assert.All(values, value => Walk(value, name, seen));
        }

        Type[] stages =
        [
            typeof(LstmCellSpec), typeof(LstmNetworkSpec), typeof(DeepChainSpec), typeof(TargetType), typeof(TypeDeclaration),
            typeof(LstmCellPlan), typeof(LstmNetworkPlan), typeof(DeepChainPlan), typeof(KernelPlan), typeof(WidthPlan),
            typeof(Section), typeof(UnitVector), typeof(RowLoop), typeof(CopyPlan), typeof(CopyPart), typeof(ColumnBlock), typeof(TileGroup),
            typeof(TapeLayout), typeof(TapePlan), typeof(ActivationPlan), typeof(StackPlan), typeof(BatchPlan), typeof(BatchWidthPlan),
            typeof(ReadoutPlan), typeof(ChainWeight), typeof(ChainStackPlan), typeof(Stub<LstmCellSpec>), typeof(StubNotes),
            typeof(Problem), typeof(Place),
            typeof(WeightsDescriptor), typeof(WeightsRequest), typeof(WrittenArgument), typeof(TrainedWeights),
        ];
        Assert.All(stages, stage => Assert.Contains(stage, seen));
    }

    [Fact]
    public void PlansOfEqualSpecs_AreEqual()
    {
        TargetType Target() => new("N", new EquatableArray<TypeDeclaration>([new("class", "Outer")]), new("struct", "Type"), "N.Outer.Type.g.cs");
        LstmCellPlan Cell() => LstmCellPlanner.Plan(new(Target(), 3, 21, ArithmeticKind.Fused, AccuracyKind.Strict, UnrollingKind.Auto));
        LstmNetworkPlan Network() => LstmNetworkPlanner.Plan(
            new(Target(), 3, 21, 2, 3, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.None));
        DeepChainPlan Chain() => DeepChainPlanner.Plan(new(Target(), 5, 3, ChainForm.Dense, UnrollingKind.Full));

        AssertEqual(Cell(), Cell());
        AssertEqual(Network(), Network());
        AssertEqual(Chain(), Chain());
        Assert.NotEqual(Cell(), Cell() with { Kernel = Network().First });
    }

    [Fact]
    public void EquatableArrays_CompareByTheirElements()
    {
        AssertEqual(new EquatableArray<int>([1, 2]), new EquatableArray<int>([1, 2]));
        AssertEqual(default, new EquatableArray<int>([]));
        Assert.NotEqual(new EquatableArray<int>([1, 2]), new EquatableArray<int>([2, 1]));
        Assert.NotEqual(new EquatableArray<int>([1, 2]), new EquatableArray<int>([1, 2, 0]));
        Assert.False(new EquatableArray<int>([1]).Equals((object?)null));
    }

    private static void AssertEqual<T>(T one, T other)
    {
        Assert.Equal((IEquatable<T>)one!, (IEquatable<T>)other!, EqualityComparer<IEquatable<T>>.Default);
        Assert.Equal(one!.GetHashCode(), other!.GetHashCode());
    }

    private static void Walk(object? value, string path, HashSet<Type> seen)
    {
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxToken or SyntaxTree or SyntaxReference or Location or Compilation or SemanticModel
                or AttributeData or Diagnostic,
            $"{path} holds a {value?.GetType()}");
        if (value is null or int or long or bool or string or Enum)
        {
            return;
        }

        Type type = value.GetType();
        seen.Add(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            foreach ((object? item, int index) in ((IEnumerable)value).Cast<object?>().Select((item, index) => (item, index)))
            {
                Walk(item, $"{path}[{index}]", seen);
            }

            return;
        }

        Assert.True(IsRecord(type), $"{path} is a {type}, not a sealed record");
        ImmutableArray<FieldInfo> fields = [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)];
        Assert.NotEmpty(fields);
        Assert.All(fields, field =>
        {
            Assert.True(field.IsInitOnly, $"{path}.{field.Name} can change");
            Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        });
    }

    private static bool IsRecord(Type type) => type.IsSealed && type.GetMethod("<Clone>$") is not null;
}
