using System.Text;
using Lstm.Generators.Emit;
using Lstm.Generators.Parsing;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.Generators;

/// <summary>Wires the stages: parse, plan, emit. Diagnostics come from the analyzers.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LstmGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<LstmCellPlan> cells = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Lstm.LstmCellAttribute",
                static (node, _) => node is StructDeclarationSyntax,
                static (target, token) => LstmCellParser.Parse(target, token))
            .WithTrackingName(TrackingNames.CellSpec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => LstmCellPlanner.Plan(spec!))
            .WithTrackingName(TrackingNames.CellPlan);
        context.RegisterSourceOutput(
            cells, static (output, plan) => Add(output, plan.Target.HintName, LstmCellEmitter.Emit(plan)));

        IncrementalValuesProvider<LstmNetworkPlan> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Lstm.LstmNetworkAttribute",
                static (node, _) => node is StructDeclarationSyntax,
                static (target, token) => LstmNetworkParser.Parse(target, token))
            .WithTrackingName(TrackingNames.NetworkSpec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => LstmNetworkPlanner.Plan(spec!))
            .WithTrackingName(TrackingNames.NetworkPlan);
        context.RegisterSourceOutput(
            networks, static (output, plan) => Add(output, plan.Target.HintName, LstmNetworkEmitter.Emit(plan)));

        IncrementalValuesProvider<DeepChainPlan> chains = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Lstm.DeepChainAttribute",
                static (node, _) => node is StructDeclarationSyntax,
                static (target, token) => DeepChainParser.Parse(target, token))
            .WithTrackingName(TrackingNames.ChainSpec)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => DeepChainPlanner.Plan(spec!))
            .WithTrackingName(TrackingNames.ChainPlan);
        context.RegisterSourceOutput(
            chains, static (output, plan) => Add(output, plan.Target.HintName, DeepChainEmitter.Emit(plan)));
    }

    private static void Add(SourceProductionContext output, string hintName, string source) =>
        output.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
}
