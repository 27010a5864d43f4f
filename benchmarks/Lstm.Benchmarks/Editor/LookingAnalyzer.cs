using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Benchmarks;

/// <summary>Asks whether the project knows the attributes, and checks nothing: the part of the analyzers' cost that is the compiler's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LookingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Unused = new("NONE", "None", "None", "None", DiagnosticSeverity.Info, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Unused];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start => _ = start.Compilation.GetTypesByMetadataName("Lstm.LstmCellAttribute"));
    }
}
