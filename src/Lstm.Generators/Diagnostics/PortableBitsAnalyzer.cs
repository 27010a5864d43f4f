using System;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Generators.Diagnostics;

/// <summary>
/// Warns where the portable profile is generated for a declaration that does not ask for portable arithmetic: the same source, shared with a program
/// on .NET 8, gives other bits there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PortableBitsAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.OtherBitsElsewhere);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        // The platform first: on a modern one, which nearly all projects have, no declaration need be read.
        if (((INamedTypeSymbol)context.Symbol).GetAttributes().FirstOrDefault(data => DeclarationKind.Of(data) is not null) is not { } data
            || data.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax syntax
            || (PlatformCheck.Of(context.Compilation).KindFor(syntax) == PlatformKind.Modern && !IsForced(context.Options))
            || DeclarationReader.Read(context.Symbol, context.Compilation, context.CancellationToken)
                is not { Problems.IsEmpty: true, Nearest: not null })
        {
            return;
        }

        // A chain computes in double and has no arithmetic to choose.
        AttributeArguments arguments = AttributeArguments.Read(DeclarationKind.Of(data)!.Arguments, data, syntax);
        Argument? arithmetic = arguments.All.FirstOrDefault(argument => argument.Rule.Name == nameof(LstmCellSpec.Arithmetic));
        if (arithmetic is { Value: (int)ArithmeticKind.Fused })
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OtherBitsElsewhere, arithmetic.LocationIn(syntax), context.Symbol.Name));
        }
    }

    private static bool IsForced(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(PlatformCheck.Property, out string? value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
