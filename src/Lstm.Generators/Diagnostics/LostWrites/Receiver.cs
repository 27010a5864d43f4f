using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LostWrites;

/// <summary>What stands left of the point: may it be written to, and what is it called.</summary>
internal static class Receiver
{
    public static bool IsReadOnly(RefKind kind) => kind is not (RefKind.None or RefKind.Ref or RefKind.Out);

    /// <summary>The variable of a <c>foreach</c> by value, alone or in a tuple.</summary>
    public static bool IsLoopVariable(IOperation operation) =>
        operation is ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declared
        && declared.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { } loop
        && (declared == loop || declared.SpanStart < loop.InKeyword.SpanStart);

    /// <summary>The variable or value in which the receiver is a field of a field.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation is IFieldReferenceOperation { Instance: { Type.IsReferenceType: false } owner })
        {
            operation = owner;
        }

        return operation;
    }

    /// <summary>A parameter of a struct's primary constructor, used in a member that must not write to the struct.</summary>
    public static bool IsCapturedReadOnly(IParameterSymbol parameter, ISymbol containing) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsValueType: true } constructor
        && containing is IMethodSymbol { IsReadOnly: true }
        && !SymbolEqualityComparer.Default.Equals(constructor, containing);

    /// <summary>Whether a readonly field may be written to here: of <c>this</c>, in a constructor or initializer, but not in a lambda.</summary>
    public static bool IsUnderConstruction(IFieldReferenceOperation reference, ISymbol containing)
    {
        for (IOperation? outer = reference.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return SymbolEqualityComparer.Default.Equals(containing.ContainingType, reference.Field.ContainingType)
            && (reference.Field.IsStatic
                ? containing is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } or IFieldSymbol or IPropertySymbol
                : reference.Instance is IInstanceReferenceOperation
                    && containing is IMethodSymbol { MethodKind: MethodKind.Constructor } or IMethodSymbol { IsInitOnly: true });
    }

    /// <summary>Whether what stands left of <c>?.</c> is a nullable struct, whose value is copied, and not an object.</summary>
    public static bool IsOfNullable(IConditionalAccessInstanceOperation instance)
    {
        IOperation? child = instance;
        while (child.Parent is { } parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return access.Operation.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
            }

            child = parent;
        }

        return false;
    }

    /// <summary>The indexer by a number that <c>list[^1]</c> calls, an operation that this version of Roslyn has no name for.</summary>
    public static IPropertySymbol? IndexerFromEnd(IOperation receiver) =>
        receiver.Syntax is ElementAccessExpressionSyntax && receiver is not (IArrayElementReferenceOperation or IInvocationOperation)
            ? receiver.SemanticModel?.GetSymbolInfo(receiver.Syntax).Symbol as IPropertySymbol
            : null;

    /// <summary>The source, if it is short, otherwise the type; in quotes.</summary>
    public static string Text(IOperation operation)
    {
        string text = operation switch
        {
            IInstanceReferenceOperation => "this",
            _ => operation.Syntax.ToString().TrimStart('.'),
        };
        bool isShort = text.Length <= 40 && text.IndexOf('\n') < 0;
        return $"'{(isShort ? text : operation.Type?.Name ?? operation.Kind.ToString())}'";
    }
}
