using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LargeCopies;

/// <summary>Parameters and results by value.</summary>
internal readonly struct SignatureRule
{
    private readonly GeneratedSizes sizes;
    private readonly CopyReporter reporter;

    public SignatureRule(GeneratedSizes sizes, Action<Diagnostic> report)
    {
        this.sizes = sizes;
        reporter = new CopyReporter(sizes, report);
    }

    public void Check(ISymbol symbol)
    {
        switch (symbol)
        {
            case IMethodSymbol { AssociatedSymbol: null, IsOverride: false, IsImplicitlyDeclared: false, PartialDefinitionPart: null } method:
                CheckMethod(method);
                break;
            case IPropertySymbol { IsOverride: false, IsImplicitlyDeclared: false } property:
                CheckParameters(property.Parameters);
                CheckResult(property.Type, property.RefKind, property);
                break;
            case INamedTypeSymbol { DelegateInvokeMethod: { } invoke }:
                CheckParameters(invoke.Parameters);
                CheckResult(invoke.ReturnType, invoke.RefKind, symbol);
                break;
        }
    }

    public void Check(IOperation operation)
    {
        IMethodSymbol? method = (operation as ILocalFunctionOperation)?.Symbol ?? (operation as IAnonymousFunctionOperation)?.Symbol;
        if (method is not null)
        {
            CheckMethod(method);
        }
    }

    private void CheckMethod(IMethodSymbol method)
    {
        CheckParameters(method.Parameters);
        CheckResult(method.ReturnType, method.RefKind, method);
    }

    private void CheckParameters(ImmutableArray<IParameterSymbol> parameters)
    {
        foreach (IParameterSymbol parameter in parameters)
        {
            if (parameter.RefKind == RefKind.None
                && sizes.IsLarge(parameter.Type)
                && parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax syntax)
            {
                string name = GeneratedSizes.Display(parameter.Type);
                Location location = syntax.Type?.GetLocation() ?? syntax.Identifier.GetLocation();
                reporter.Report(location, parameter.Type, "passed by value", $"'in {name}' or 'ref {name}'");
            }
        }
    }

    /// <summary>A lambda's result has no place of its own: what it returns is checked instead.</summary>
    private void CheckResult(ITypeSymbol type, RefKind kind, ISymbol declared)
    {
        if (kind != RefKind.None || !sizes.IsLarge(type))
        {
            return;
        }

        TypeSyntax? syntax = declared.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            OperatorDeclarationSyntax method => method.ReturnType,
            ConversionOperatorDeclarationSyntax method => method.Type,
            LocalFunctionStatementSyntax method => method.ReturnType,
            DelegateDeclarationSyntax method => method.ReturnType,
            BasePropertyDeclarationSyntax property => property.Type,
            _ => null,
        };
        if (syntax is not null)
        {
            string name = GeneratedSizes.Display(type);
            reporter.Report(syntax.GetLocation(), type, "returned by value", $"'ref {name}', or a parameter 'ref {name}' that is filled");
        }
    }
}
