using System;
using System.Text;
using System.Threading;
using Lstm.Generators.Emit;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
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
        Register<LstmCellSpec, LstmCellPlan>(
            context,
            DeclarationKind.Cell,
            TrackingNames.CellSpec,
            static (spec, _) => LstmCellPlanner.Plan(spec),
            TrackingNames.CellPlan,
            static (output, plan) => Add(output, plan.Target, CellEmitter.Emit(plan)));
        Register<LstmNetworkSpec, LstmNetworkPlan>(
            context,
            DeclarationKind.Network,
            TrackingNames.NetworkSpec,
            static (spec, _) => LstmNetworkPlanner.Plan(spec),
            TrackingNames.NetworkPlan,
            static (output, plan) => Add(output, plan.Target, NetworkEmitter.Emit(plan)));
        Register<DeepChainSpec, DeepChainPlan>(
            context,
            DeclarationKind.Chain,
            TrackingNames.ChainSpec,
            static (spec, _) => DeepChainPlanner.Plan(spec),
            TrackingNames.ChainPlan,
            static (output, plan) => Add(output, plan.Target, DeepChainEmitter.Emit(plan)));
    }

    /// <summary>One attribute's way from symbol to source. What is wrong, or asks for too much, is left to the analyzers.</summary>
    private static void Register<TSpec, TPlan>(
        IncrementalGeneratorInitializationContext context,
        DeclarationKind kind,
        string specStep,
        Func<TSpec, CancellationToken, TPlan> plan,
        string planStep,
        Action<SourceProductionContext, TPlan> emit)
        where TSpec : class, ISpec =>
        context.RegisterSourceOutput(
            context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    kind.MetadataName,
                    static (node, _) => node is StructDeclarationSyntax,
                    static (target, token) => DeclarationParser.Parse<TSpec>(target, token))
                .WithTrackingName(specStep)
                .Where(static spec => spec is not null && DeclarationLimits.Exceeded(spec) is null)!
                .Select(plan)
                .WithTrackingName(planStep),
            emit);

    private static void Add(SourceProductionContext output, TargetType target, string source) =>
        output.AddSource(target.HintName, SourceText.From(source, Encoding.UTF8));
}
