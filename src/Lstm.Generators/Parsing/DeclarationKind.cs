using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing;

/// <summary>What one named argument may be.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Default">Its value when it is not written; null if it must be.</param>
/// <param name="Range">Allowed values of a size; null for an enum.</param>
/// <param name="Values">Names of an enum's values, from 0 up; empty for a size.</param>
internal sealed record ArgumentRule(string Name, int? Default, SizeRange? Range, ImmutableArray<string> Values)
{
    public static ArgumentRule Size(string name, SizeRange range, int? defaultValue = null) =>
        new(name, defaultValue, range, ImmutableArray<string>.Empty);

    public static ArgumentRule Choice<TEnum>(string name, string publicEnum)
        where TEnum : struct, Enum =>
        new(name, 0, null, Enum.GetNames(typeof(TEnum)).Select(value => $"{publicEnum}.{value}").ToImmutableArray());
}

/// <summary>One of the three attributes: its arguments, what a right use looks like, and the members it generates.</summary>
internal sealed class DeclarationKind
{
    private static readonly ImmutableArray<ArgumentRule> Numerics = ImmutableArray.Create(
        ArgumentRule.Choice<ArithmeticKind>("Arithmetic", "Arithmetic"),
        ArgumentRule.Choice<AccuracyKind>("Accuracy", "Accuracy"),
        ArgumentRule.Choice<UnrollingKind>("Unrolling", "Unrolling"),
        ArgumentRule.Choice<ScalarKind>("Scalar", "Scalar"));

    public static readonly DeclarationKind Cell = new(
        "LstmCell",
        "[LstmCell(Input = 3, Hidden = 5)]",
        new[] { ArgumentRule.Size("Input", Limits.Units), ArgumentRule.Size("Hidden", Limits.Units) }.Concat(Numerics),
        singles: new[] { "InputSize", "HiddenSize", "ParameterCount", "Parameters", "State", "Gradient" },
        methods: new[] { "W", "U", "B", "Initialize", "Step", "Forward", "TapeLength", "Backward", "Descend" },
        helpers: new[] { "_storage", "Weights", "Kernel" });

    public static readonly DeclarationKind Network = new(
        "LstmNetwork",
        "[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]",
        new[]
        {
            ArgumentRule.Size("Input", Limits.Units),
            ArgumentRule.Size("Hidden", Limits.Units),
            ArgumentRule.Size("Output", Limits.Units),
            ArgumentRule.Size("Layers", Limits.NetworkLayers, defaultValue: 1),
        }.Concat(Numerics),
        singles: Cell.Singles.Concat(new[] { "OutputSize", "LayerCount" }),
        methods: Cell.Methods.Concat(new[] { "V", "C" }),
        helpers: Cell.Helpers);

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
        singles: new[] { "LayerCount", "Width", "ParameterCount", "Parameters", "Gradient" },
        methods: new[] { "Forward", "Backward", "GradientMagnitudes", "Descend" },
        helpers: new[]
        {
            "_storage", "PackedWeights", "ReadOnlyParameters", "ComputeYHat", "ForwardLayer", "BackwardLayer", "RowProduct", "LogNorm",
        });

    private DeclarationKind(
        string name,
        string example,
        IEnumerable<ArgumentRule> arguments,
        IEnumerable<string> singles,
        IEnumerable<string> methods,
        IEnumerable<string> helpers)
    {
        Name = name;
        Example = example;
        Arguments = arguments.ToImmutableArray();
        Singles = singles.ToImmutableHashSet();
        Methods = methods.ToImmutableHashSet();
        Helpers = helpers.ToImmutableHashSet();
    }

    /// <summary>As it is written in brackets, for example <c>LstmCell</c>.</summary>
    public string Name { get; }

    /// <summary>The full name of the attribute's class, as <c>ForAttributeWithMetadataName</c> takes it.</summary>
    public string MetadataName => $"Lstm.{Name}Attribute";

    /// <summary>A right use of the attribute, for messages.</summary>
    public string Example { get; }

    public ImmutableArray<ArgumentRule> Arguments { get; }

    /// <summary>Generated constants, properties and nested types: no other member may have such a name.</summary>
    public ImmutableHashSet<string> Singles { get; }

    /// <summary>Generated methods: only further overloads may have such a name.</summary>
    public ImmutableHashSet<string> Methods { get; }

    /// <summary>Generated private members: no other member may have such a name, lest it be called in their place.</summary>
    public ImmutableHashSet<string> Helpers { get; }

    /// <summary>Whether the struct itself may not be called <paramref name="name"/>.</summary>
    public bool IsMember(string name) => Singles.Contains(name) || Methods.Contains(name) || Helpers.Contains(name);

    /// <summary>Whether <paramref name="member"/> cannot stand beside the generated members.</summary>
    public bool Excludes(ISymbol member) =>
        IsMember(member.Name) && !(member is IMethodSymbol && Methods.Contains(member.Name));

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
