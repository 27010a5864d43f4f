using System.Collections.Immutable;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Generators.Diagnostics;

/// <summary>Explains why nothing is generated for a declaration. In generated code too: nobody else would.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NotPartial,
        Descriptors.NotPlainStruct,
        Descriptors.WrongSize,
        Descriptors.Generic,
        Descriptors.ContainingTypeNotPartial,
        Descriptors.FileLocal,
        Descriptors.OwnNameTaken,
        Descriptors.TooLargeToUnroll,
        Descriptors.TooManyParameters,
        Descriptors.UndefinedValue,
        Descriptors.UnsupportedPlatform,
        Descriptors.TwoAttributes,
        Descriptors.InstanceField,
        Descriptors.MemberNameTaken,
        Descriptors.LayoutAttribute);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (DeclarationReader.Read(context.Symbol, context.Compilation, context.CancellationToken) is { } declaration)
        {
            foreach (Problem problem in DeclarationProblems.Of(declaration))
            {
                context.ReportDiagnostic(problem.ToDiagnostic());
            }
        }
    }
}
