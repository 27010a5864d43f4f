using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Diagnostics.LostWrites;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Generators.Diagnostics;

/// <summary>
/// Warns where a member of a generated struct changes a copy: on a readonly field, a property, a list's element. The compiler makes the copy and
/// says nothing.
/// </summary>
/// <remarks>Values that are made on the spot (<c>new Cell()</c>, <c>default</c>) are no copies: nothing else could have been meant.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LostWriteAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.LostWrite);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (!DeclarationKind.IsUsedIn(start.Compilation))
            {
                return;
            }

            start.RegisterOperationAction(
                operation => new LostWriteRule(operation.ReportDiagnostic, operation.ContainingSymbol).Check(operation.Operation),
                OperationKind.Invocation,
                OperationKind.PropertyReference,
                OperationKind.MethodReference);
        });
    }
}
