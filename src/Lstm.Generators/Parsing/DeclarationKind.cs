using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing;

/// <summary>One of the three attributes: its arguments, what a right use looks like, and the names it takes.</summary>
internal sealed class DeclarationKind
{
    /// <summary>The argument that leaves out the members that train.</summary>
    private const string Backward = "Backward";

    /// <summary>What a cell has to run.</summary>
    private static readonly GeneratedNames RunningNames = GeneratedNames.Of(
        exclusive: new[] { "InputSize", "HiddenSize", "ParameterCount", "Parameters", "State", "_storage", "Weights", "Kernel" },
        overloadable: new[] { "W", "U", "B", "Initialize", "Step", "Forward" });

    /// <summary>What a cell or a network has to train.</summary>
    private static readonly GeneratedNames TrainingNames = GeneratedNames.Of(
        exclusive: new[] { "Gradient" },
        overloadable: new[] { "TapeLength", "Backward", "Descend" });

    private static readonly ImmutableArray<ArgumentRule> Options = ImmutableArray.Create(
        ArgumentRule.Choice<ArithmeticKind>("Arithmetic", "Arithmetic"),
        ArgumentRule.Choice<AccuracyKind>("Accuracy", "Accuracy"),
        ArgumentRule.Choice<UnrollingKind>("Unrolling", "Unrolling"),
        ArgumentRule.Choice<ScalarKind>("Scalar", "Scalar"),
        ArgumentRule.Flag(Backward, defaultValue: true));

    public static readonly DeclarationKind Cell = new(
        "LstmCell",
        "[LstmCell(Input = 3, Hidden = 5)]",
        new[] { ArgumentRule.Size("Input", Limits.Units), ArgumentRule.Size("Hidden", Limits.Units) }.Concat(Options),
        RunningNames,
        TrainingNames);

    public static readonly DeclarationKind Network = new(
        "LstmNetwork",
        "[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]",
        new[]
        {
            ArgumentRule.Size("Input", Limits.Units),
            ArgumentRule.Size("Hidden", Limits.Units),
            ArgumentRule.Size("Output", Limits.Units),
            ArgumentRule.Size("Layers", Limits.NetworkLayers, defaultValue: 1),
        }.Concat(Options),
        RunningNames.With(GeneratedNames.Of(exclusive: new[] { "OutputSize", "LayerCount" }, overloadable: new[] { "V", "C" })),
        TrainingNames);

    public static readonly DeclarationKind Chain = new(
        "DeepChain",
        "[DeepChain(Layers = 50)]",
        new[]
        {
            ArgumentRule.Size("Layers", Limits.ChainLayers),
            ArgumentRule.Size("Width", Limits.ChainWidth, defaultValue: 2),
            ArgumentRule.Choice<ChainForm>("Kind", "ChainKind"),
            ArgumentRule.Choice<UnrollingKind>("Unrolling", "Unrolling"),
            ArgumentRule.Choice<ScalarKind>("Scalar", "Scalar"),
        },
        GeneratedNames.Of(
            exclusive: new[]
            {
                "LayerCount", "Width", "ParameterCount", "Parameters",
                "_storage", "PackedWeights", "ReadOnlyParameters", "ComputeYHat", "ForwardLayer", "BackwardLayer", "RowProduct", "LogNorm",
            },
            overloadable: new[] { "Forward" }),
        GeneratedNames.Of(exclusive: new[] { "Gradient" }, overloadable: new[] { "Backward", "GradientMagnitudes", "Descend" }));

    private readonly GeneratedNames running;
    private readonly GeneratedNames all;

    /// <param name="running">Names of the members that are always generated.</param>
    /// <param name="training">Names of those that are left out with <c>Backward = false</c>.</param>
    private DeclarationKind(
        string name, string example, IEnumerable<ArgumentRule> arguments, GeneratedNames running, GeneratedNames training)
    {
        Name = name;
        Example = example;
        Arguments = arguments.ToImmutableArray();
        this.running = running;
        all = running.With(training);
    }

    /// <summary>As it is written in brackets, for example <c>LstmCell</c>.</summary>
    public string Name { get; }

    /// <summary>The full name of the attribute's class, as <c>ForAttributeWithMetadataName</c> takes it.</summary>
    public string MetadataName => $"Lstm.{Name}Attribute";

    /// <summary>A right use of the attribute, for messages.</summary>
    public string Example { get; }

    public ImmutableArray<ArgumentRule> Arguments { get; }

    /// <summary>Names of the members that are generated for these arguments.</summary>
    /// <param name="values">Values by argument; a missing argument stands for its default.</param>
    public GeneratedNames NamesFor(IReadOnlyDictionary<string, int> values) =>
        values.TryGetValue(Backward, out int backward) && backward == 0 ? running : all;

    /// <summary>The kind that <paramref name="attribute"/> declares, or null for any other attribute.</summary>
    public static DeclarationKind? Of(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { ContainingType: null } type
            || type.ContainingNamespace is not { Name: "Lstm", ContainingNamespace.IsGlobalNamespace: true })
        {
            return null;
        }

        return type.Name switch
        {
            "LstmCellAttribute" => Cell,
            "LstmNetworkAttribute" => Network,
            "DeepChainAttribute" => Chain,
            _ => null,
        };
    }
}
