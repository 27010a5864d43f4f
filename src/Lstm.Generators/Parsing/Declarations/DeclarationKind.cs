using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>One of the three attributes: its arguments, what a right use looks like, the spec it stands for, and the names it takes.</summary>
internal sealed class DeclarationKind
{
    /// <summary>The argument of <see cref="DeepChainSpec.Form"/>, the only one that has another name in the spec.</summary>
    private const string Form = "Kind";

    /// <summary>The argument that names a file of trained weights.</summary>
    private const string Weights = "Weights";

    /// <summary>What a cell and a network have with trained weights.</summary>
    private static readonly GeneratedNames TrainedNames =
        GeneratedNames.Of(exclusive: new[] { "Trained", "TrainedState" }, methods: Array.Empty<string>());

    /// <summary>What a cell and a network have to run.</summary>
    private static readonly GeneratedNames RunningNames = GeneratedNames.Of(
        exclusive: new[]
        {
            "InputSize", "HiddenSize", "ParameterCount", "ParameterLength", "Parameters", "State", "_storage", "FirstWeight", "Weights",
        },
        methods: new[]
        {
            "Initialize(ulong, number)",
            "Initialize(int, number)",
            "ExportParameters(Span<number>)",
            "ImportParameters(ReadOnlySpan<number>)",
            "Load(LstmModel)",
            "ToModel()",
        });

    /// <summary>What a cell and a network have to train.</summary>
    private static readonly GeneratedNames TrainingNames = GeneratedNames.Of(
        exclusive: new[] { "Gradient", "Trace" },
        methods: new[]
        {
            "TapeLength(int)",
            "TapeLength(int, int)",
            "Forward(ReadOnlySpan<number>, ref State, Span<number>, Span<number>)",
            "Forward(ReadOnlySpan<number>, Span<State>, Span<number>, Span<number>)",
            "Backward(ReadOnlySpan<number>, ReadOnlySpan<number>, ReadOnlySpan<number>, ref State, ref Gradient, Span<number>)",
            "Backward(ReadOnlySpan<number>, ReadOnlySpan<number>, ReadOnlySpan<number>, Span<State>, ref Gradient, Span<number>)",
            "Descend(ref Gradient, number)",
            "ReadTape(ReadOnlySpan<number>, int, int)",
        });

    /// <summary>What a network has to run, and a cell has with other parameters or not at all.</summary>
    private static readonly GeneratedNames NetworkNames = GeneratedNames.Of(
        exclusive: new[] { "OutputSize", "LayerCount" },
        methods: new[]
        {
            "W(int, Gate, int, int)",
            "U(int, Gate, int, int)",
            "B(int, Gate, int)",
            "V(int, int)",
            "C(int)",
            "Step(ReadOnlySpan<number>, ref State, Span<number>)",
            "Step(ReadOnlySpan<number>, Span<State>, Span<number>)",
            "Forward(ReadOnlySpan<number>, ref State, Span<number>)",
            "Forward(ReadOnlySpan<number>, Span<State>, Span<number>)",
        });

    /// <summary>What a cell has to run, and a network has with other parameters.</summary>
    private static readonly GeneratedNames CellNames = GeneratedNames.Of(
        exclusive: Array.Empty<string>(),
        methods: new[]
        {
            "W(Gate, int, int)",
            "U(Gate, int, int)",
            "B(Gate, int)",
            "Step(ReadOnlySpan<number>, ref State)",
            "Step(ReadOnlySpan<number>, Span<State>)",
            "Forward(ReadOnlySpan<number>, ref State, Span<number>)",
            "Forward(ReadOnlySpan<number>, Span<State>, Span<number>)",
        });

    /// <summary>What a chain has.</summary>
    private static readonly GeneratedNames ChainNames = GeneratedNames.Of(
        exclusive: new[]
        {
            "LayerCount", "Width", "ParameterCount", "ParameterLength", "Parameters", "Gradient", "_storage", "Weights", "FirstWeight",
        },
        methods: new[]
        {
            "ExportParameters(Span<number>)",
            "ImportParameters(ReadOnlySpan<number>)",
            "Forward(ReadOnlySpan<number>)",
            "Backward(ReadOnlySpan<number>, number, ref Gradient, Span<number>)",
            "GradientMagnitudes(ReadOnlySpan<number>, number, Span<double>)",
            "Descend(ref Gradient, number)",
        });

    private static readonly ImmutableArray<ArgumentRule> Options = ImmutableArray.Create(
        ArgumentRule.Choice<ArithmeticKind>(nameof(LstmCellSpec.Arithmetic), "Arithmetic"),
        ArgumentRule.Choice<AccuracyKind>(nameof(LstmCellSpec.Accuracy), "Accuracy"),
        ArgumentRule.Choice<UnrollingKind>(nameof(LstmCellSpec.Unrolling), "Unrolling"),
        ArgumentRule.Choice<ScalarKind>(nameof(LstmCellSpec.Scalar), "Scalar"),
        ArgumentRule.Flag(nameof(LstmCellSpec.Backward), defaultValue: true),
        ArgumentRule.Text(Weights));

    public static readonly DeclarationKind Cell = new(
        "LstmCell",
        "[LstmCell(Input = 3, Hidden = 5)]",
        new[]
        {
            ArgumentRule.Size(nameof(LstmCellSpec.Input), ArgumentRanges.Units),
            ArgumentRule.Size(nameof(LstmCellSpec.Hidden), ArgumentRanges.Units),
        }.Concat(Options),
        CellSpec,
        RunningNames.With(CellNames),
        TrainingNames);

    public static readonly DeclarationKind Network = new(
        "LstmNetwork",
        "[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]",
        new[]
        {
            ArgumentRule.Size(nameof(LstmNetworkSpec.Input), ArgumentRanges.Units),
            ArgumentRule.Size(nameof(LstmNetworkSpec.Hidden), ArgumentRanges.Units),
            ArgumentRule.Size(nameof(LstmNetworkSpec.Output), ArgumentRanges.Units),
            ArgumentRule.Size(nameof(LstmNetworkSpec.Layers), ArgumentRanges.NetworkLayers, defaultValue: 1),
        }.Concat(Options),
        NetworkSpec,
        RunningNames.With(NetworkNames),
        TrainingNames);

    public static readonly DeclarationKind Chain = new(
        "DeepChain",
        "[DeepChain(Layers = 50)]",
        new[]
        {
            ArgumentRule.Size(nameof(DeepChainSpec.Layers), ArgumentRanges.ChainLayers),
            ArgumentRule.Size(nameof(DeepChainSpec.Width), ArgumentRanges.ChainWidth, defaultValue: 2),
            ArgumentRule.Choice<ChainForm>(Form, "ChainKind"),
            ArgumentRule.Choice<UnrollingKind>(nameof(DeepChainSpec.Unrolling), "Unrolling"),
            ArgumentRule.Choice<ScalarKind>(nameof(DeepChainSpec.Scalar), "Scalar"),
        },
        ChainSpec,
        ChainNames,
        GeneratedNames.Of(Array.Empty<string>(), Array.Empty<string>()));

    private readonly Func<TargetType, AttributeArguments, ISpec> spec;
    private readonly NamesByArguments running;
    private readonly NamesByArguments all;

    /// <param name="running">Names of the members that are always generated.</param>
    /// <param name="training">Names of those that are left out with <c>Backward = false</c>.</param>
    private DeclarationKind(
        string name, string example, IEnumerable<ArgumentRule> arguments, Func<TargetType, AttributeArguments, ISpec> spec,
        GeneratedNames running, GeneratedNames training)
    {
        Name = name;
        Example = example;
        Arguments = arguments.ToImmutableArray();
        this.spec = spec;
        this.running = new NamesByArguments(running);
        all = new NamesByArguments(running.With(training));
    }

    /// <summary>As it is written in brackets, for example <c>LstmCell</c>.</summary>
    public string Name { get; }

    /// <summary>Whether a compilation knows any of the attributes.</summary>
    public static bool IsUsedIn(Compilation compilation) =>
        new[] { Cell, Network, Chain }.Any(kind => !compilation.GetTypesByMetadataName(kind.MetadataName).IsEmpty);

    /// <summary>The full name of the attribute's class, as <c>ForAttributeWithMetadataName</c> takes it.</summary>
    public string MetadataName => $"Lstm.{Name}Attribute";

    /// <summary>A right use of the attribute, for messages.</summary>
    public string Example { get; }

    public ImmutableArray<ArgumentRule> Arguments { get; }

    /// <summary>What the user asked for with these arguments, which must be right.</summary>
    public ISpec SpecOf(TargetType target, AttributeArguments arguments) => spec(target, arguments);

    /// <summary>Names and signatures of the members that are generated for these arguments.</summary>
    public GeneratedNames NamesFor(AttributeArguments arguments)
    {
        bool runsOnly = arguments.All.Any(argument => argument.Rule.Name == nameof(LstmCellSpec.Backward) && argument.Value == 0);
        bool doubles = arguments[nameof(ISpec.Scalar)].Value == (int)ScalarKind.Double;
        NamesByArguments names = runsOnly ? running : all;
        return arguments.Weights is null
            ? doubles ? names.Doubles : names.Floats
            : doubles ? names.TrainedDoubles : names.TrainedFloats;
    }

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

    private static LstmCellSpec CellSpec(TargetType target, AttributeArguments arguments) => new(
        target,
        arguments[nameof(LstmCellSpec.Input)].Value,
        arguments[nameof(LstmCellSpec.Hidden)].Value,
        (ArithmeticKind)arguments[nameof(LstmCellSpec.Arithmetic)].Value,
        (AccuracyKind)arguments[nameof(LstmCellSpec.Accuracy)].Value,
        (UnrollingKind)arguments[nameof(LstmCellSpec.Unrolling)].Value,
        (ScalarKind)arguments[nameof(LstmCellSpec.Scalar)].Value,
        arguments[nameof(LstmCellSpec.Backward)].Value != 0,
        arguments.Weights is null ? null : TrainedWeights.Unread);

    private static LstmNetworkSpec NetworkSpec(TargetType target, AttributeArguments arguments) => new(
        target,
        arguments[nameof(LstmNetworkSpec.Input)].Value,
        arguments[nameof(LstmNetworkSpec.Hidden)].Value,
        arguments[nameof(LstmNetworkSpec.Output)].Value,
        arguments[nameof(LstmNetworkSpec.Layers)].Value,
        (ArithmeticKind)arguments[nameof(LstmNetworkSpec.Arithmetic)].Value,
        (AccuracyKind)arguments[nameof(LstmNetworkSpec.Accuracy)].Value,
        (UnrollingKind)arguments[nameof(LstmNetworkSpec.Unrolling)].Value,
        (ScalarKind)arguments[nameof(LstmNetworkSpec.Scalar)].Value,
        arguments[nameof(LstmNetworkSpec.Backward)].Value != 0,
        arguments.Weights is null ? null : TrainedWeights.Unread);

    private static DeepChainSpec ChainSpec(TargetType target, AttributeArguments arguments) => new(
        target,
        arguments[nameof(DeepChainSpec.Layers)].Value,
        arguments[nameof(DeepChainSpec.Width)].Value,
        (ChainForm)arguments[Form].Value,
        (UnrollingKind)arguments[nameof(DeepChainSpec.Unrolling)].Value,
        (ScalarKind)arguments[nameof(DeepChainSpec.Scalar)].Value);

    /// <summary>The sets of names that <see cref="NamesFor"/> chooses from, built once: it is asked for every declaration after every edit.</summary>
    private sealed class NamesByArguments
    {
        public NamesByArguments(GeneratedNames names)
        {
            GeneratedNames trained = names.With(TrainedNames);
            Floats = names.OfNumber("float");
            Doubles = names.OfNumber("double");
            TrainedFloats = trained.OfNumber("float");
            TrainedDoubles = trained.OfNumber("double");
        }

        public GeneratedNames Floats { get; }

        public GeneratedNames Doubles { get; }

        public GeneratedNames TrainedFloats { get; }

        public GeneratedNames TrainedDoubles { get; }
    }
}
