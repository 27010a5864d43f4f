using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Diagnostics.LargeCopies;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Generators.Diagnostics;

/// <summary>
/// Warns where a generated struct of many kilobytes is passed or copied by value, and where it is too large to be an
/// array's element.
/// </summary>
/// <remarks>
/// A signature is reported once, at its declaration; calls of it and <c>return</c> statements in it are not. Values that
/// are made on the spot (<c>new Cell()</c>, <c>default</c>) are no copies.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LargeCopyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.LargeCopy, Descriptors.LargeArrayElement);

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

            GeneratedSizes sizes = new();
            start.RegisterSymbolAction(
                symbol => new SignatureRule(sizes, symbol.ReportDiagnostic).Check(symbol.Symbol),
                SymbolKind.Method,
                SymbolKind.Property,
                SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation => new SignatureRule(sizes, operation.ReportDiagnostic).Check(operation.Operation),
                OperationKind.LocalFunction,
                OperationKind.AnonymousFunction);
            start.RegisterOperationAction(
                operation => new CopyRule(sizes, operation.ReportDiagnostic, operation.ContainingSymbol).Check(operation.Operation),
                OperationKind.LocalReference,
                OperationKind.ParameterReference,
                OperationKind.FieldReference,
                OperationKind.ArrayElementReference,
                OperationKind.PropertyReference,
                OperationKind.Invocation,
                OperationKind.InstanceReference,
                OperationKind.Conversion,
                OperationKind.Loop);
            start.RegisterOperationAction(
                operation => new ArrayElementRule(sizes, operation.ReportDiagnostic).Check(operation.Operation),
                OperationKind.ArrayCreation,
                OperationKind.ObjectCreation);
        });
    }
}
