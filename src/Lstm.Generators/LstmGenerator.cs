using System;
using System.Text;
using System.Threading;
using Lstm.Generators.Emit;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.Generators;

/// <summary>
/// Wires the stages: parse, plan, emit. What is wrong with a declaration is reported here, since the compiler runs no analyzers once a declaration
/// anywhere in the project has an error; warnings come from analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LstmGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<WeightsDescriptor>> weights = context.AdditionalTextsProvider
            .Where(static file => WeightsReader.IsDescriptor(file))
            .Select(static (file, token) => WeightsReader.Read(file, token))
            .Collect()
            .Select(static (files, _) => new EquatableArray<WeightsDescriptor>(files))
            .WithTrackingName(TrackingNames.Weights);
        Register<LstmCellSpec, LstmCellPlan>(
            context,
            weights,
            DeclarationKind.Cell,
            static (target, token) => DeclarationParser.Parse<LstmCellSpec>(DeclarationKind.Cell, target, token),
            TrackingNames.CellSpec,
            static (spec, _) => LstmCellPlanner.Plan(spec),
            TrackingNames.CellPlan,
            static (output, plan) => Add(output, plan.Target, CellEmitter.Emit(plan)),
            static (output, stub) => Add(output, stub, CellEmitter.EmitMembers(LstmCellPlanner.Plan(stub.Spec))));
        Register<LstmNetworkSpec, LstmNetworkPlan>(
            context,
            weights,
            DeclarationKind.Network,
            static (target, token) => DeclarationParser.Parse<LstmNetworkSpec>(DeclarationKind.Network, target, token),
            TrackingNames.NetworkSpec,
            static (spec, _) => LstmNetworkPlanner.Plan(spec),
            TrackingNames.NetworkPlan,
            static (output, plan) => Add(output, plan.Target, NetworkEmitter.Emit(plan)),
            static (output, stub) => Add(output, stub, NetworkEmitter.EmitMembers(LstmNetworkPlanner.Plan(stub.Spec))));
        Register<DeepChainSpec, DeepChainPlan>(
            context,
            weights,
            DeclarationKind.Chain,
            static (target, token) => DeclarationParser.Parse<DeepChainSpec>(DeclarationKind.Chain, target, token),
            TrackingNames.ChainSpec,
            static (spec, _) => DeepChainPlanner.Plan(spec),
            TrackingNames.ChainPlan,
            static (output, plan) => Add(output, plan.Target, DeepChainEmitter.Emit(plan)),
            static (output, stub) => Add(output, stub, DeepChainEmitter.EmitMembers(DeepChainPlanner.Plan(stub.Spec))));
    }

    /// <summary>
    /// One attribute's way from symbol to source. Problems have places in the user's files, which move with every edit above them: they have a branch
    /// of their own, so that such an edit plans and writes nothing again.
    /// </summary>
    private static void Register<TSpec, TPlan>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<WeightsDescriptor>> weights,
        DeclarationKind kind,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParsedDeclaration<TSpec>?> parse,
        string specStep,
        Func<TSpec, CancellationToken, TPlan> plan,
        string planStep,
        Action<SourceProductionContext, TPlan> emit,
        Action<SourceProductionContext, Stub<TSpec>> emitStub)
        where TSpec : class, ISpec
    {
        IncrementalValuesProvider<ParsedDeclaration<TSpec>> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                kind.MetadataName, static (node, _) => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax, parse)
            .WithTrackingName(TrackingNames.Declaration)
            .Where(static declaration => declaration is not null)!
            .Combine(weights)
            .Select(static (pair, _) => WeightsResolver.Resolve(pair.Left!, pair.Right))
            .WithTrackingName(TrackingNames.Resolved);
        IncrementalValueProvider<bool> asksForPortable = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => IsPortable(options));

        context.RegisterSourceOutput(
            declarations
                .Select(static (declaration, _) => declaration.Spec)
                .WithTrackingName(specStep)
                .Where(static spec => spec is not null)!
                .Combine(asksForPortable)
                .Select(static (pair, _) => pair.Right ? (TSpec)pair.Left!.OnPortable() : pair.Left!)
                .Select(plan)
                .WithTrackingName(planStep),
            emit);
        context.RegisterSourceOutput(
            declarations
                .Select(static (declaration, _) => declaration.Stub)
                .WithTrackingName(TrackingNames.Stub)
                .Where(static stub => stub is not null)!,
            emitStub);
        context.RegisterSourceOutput(
            declarations.Select(static (declaration, _) => declaration.Problems).WithTrackingName(TrackingNames.Problems),
            Report);
    }

    /// <summary>Whether the project sets the MSBuild property <c>LstmPortable</c>.</summary>
    private static bool IsPortable(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(PlatformCheck.Property, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static void Add(SourceProductionContext output, TargetType target, string source) =>
        output.AddSource(target.HintName, SourceText.From(source, Encoding.UTF8));

    private static void Add<TSpec>(SourceProductionContext output, Stub<TSpec> stub, string members)
        where TSpec : class, ISpec =>
        Add(output, stub.Spec.Target, StubEmitter.Emit(members, stub.Spec.Target.Containing.Count, stub.Notes));

    private static void Report(SourceProductionContext output, EquatableArray<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
