using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>
/// What two methods of one type may not share, as text: <c>Step(global::System.ReadOnlySpan&lt;float&gt;, ref State)</c>. Types nested in the
/// declaring type have their own name only, and <c>ref</c> stands for every way to pass a reference, as overloads may not differ in it.
/// </summary>
internal static class MethodSignature
{
    /// <summary>The name of the method.</summary>
    public static string NameOf(string signature) => signature.Substring(0, signature.IndexOf('('));

    /// <summary>A signature whose types are written without their namespaces.</summary>
    public static string Qualified(string signature) => Regex.Replace(
        Regex.Replace(signature, @"\b(ReadOnly)?Span<", "global::System.$0"), @"\b(Gate|LstmModel)\b", "global::Lstm.$0");

    /// <summary>A signature with this type in the place of <c>number</c>.</summary>
    public static string OfNumber(string signature, string type) => signature.Replace("number", type);

    /// <summary>
    /// The signature of a method that the user wrote. What is generated is not there yet: its <c>State</c> is a name without a type, or names a type
    /// outside, which the generated one then hides.
    /// </summary>
    public static string Of(IMethodSymbol method)
    {
        string arity = method.Arity == 0 ? string.Empty : $"`{method.Arity}";
        return $"{method.Name}{arity}({string.Join(", ", method.Parameters.Select(Parameter))})";
    }

    /// <summary>A method and its parameters as messages give them, for example <c>Step(ReadOnlySpan&lt;float&gt;, ref State)</c>.</summary>
    public static string ForMessage(IMethodSymbol method) =>
        Of(method).Replace("global::System.", string.Empty).Replace("global::Lstm.", string.Empty);

    private static string Parameter(IParameterSymbol parameter)
    {
        INamedTypeSymbol owner = parameter.ContainingSymbol.ContainingType;
        string type = parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
            .Replace(owner.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".", string.Empty);
        type = NamesGenerated(parameter) ? Regex.Replace(type, @"global::([\w@]+\.)*(State|Gradient)\b", "$2") : type;
        return parameter.RefKind == RefKind.None ? type : $"ref {type}";
    }

    /// <summary>Whether the name of a generated type stands there without one in front of it.</summary>
    private static bool NamesGenerated(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Type: { } written }
        && written.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText is "State" or "Gradient"
            && name.Parent is not AliasQualifiedNameSyntax
            && (name.Parent is not QualifiedNameSyntax qualified || qualified.Left == name));
}
