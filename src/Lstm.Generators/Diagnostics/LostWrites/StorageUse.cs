using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LostWrites;

/// <summary>Whether a reference to a number, or a span of numbers, is written through where it stands.</summary>
/// <remarks>A span that is given to a method as a <c>Span</c> counts as written: a method that reads takes a <c>ReadOnlySpan</c>.</remarks>
internal static class StorageUse
{
    public static bool IsWritten(IOperation storage)
    {
        IOperation child = storage;
        IOperation? parent = storage.Parent;
        while (parent is IParenthesizedOperation or IConditionalOperation { IsRef: true } or IConversionOperation { Conversion.IsIdentity: true }
            || (parent is ITupleOperation && IsTarget(parent)))
        {
            child = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            IAssignmentOperation assignment when assignment.Target == child => !WritingMember.IsSpan(storage.Type),
            ISimpleAssignmentOperation assignment when WritingMember.IsSpan(child.Type) => IsWrittenLater(assignment, storage),
            IIncrementOrDecrementOperation => true,
            IArgumentOperation argument => IsWritten(argument, child),
            IInvocationOperation call when call.Instance == child => IsWritten(call, child),
            // An index, or a range, whose operation this version of Roslyn has no name for.
            { Syntax: ElementAccessExpressionSyntax } element => WritingMember.IsSpan(child.Type) && IsWritten(element),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
                IsWrittenThrough(declarator.Symbol, storage, after: declarator.Syntax.Span.End),
            IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation declarator } loop when loop.Collection == child =>
                declarator.Symbol.RefKind == RefKind.Ref && IsWrittenThrough(declarator.Symbol, storage, after: loop.Collection.Syntax.Span.End),
            _ => false,
        };
    }

    /// <summary>Whether a tuple stands left of the <c>=</c>.</summary>
    private static bool IsTarget(IOperation tuple)
    {
        IOperation child = tuple;
        while (child.Parent is ITupleOperation outer)
        {
            child = outer;
        }

        return child.Parent is IDeconstructionAssignmentOperation assignment && assignment.Target == child;
    }

    /// <summary>Whether what a span is assigned to writes through it. A field that is a <c>Span</c> counts as written, as a parameter does.</summary>
    private static bool IsWrittenLater(ISimpleAssignmentOperation assignment, IOperation storage) => assignment.Target switch
    {
        ILocalReferenceOperation local => IsWrittenThrough(local.Local, storage, after: assignment.Syntax.Span.End),
        var target => WritingMember.IsSpan(target.Type),
    };

    /// <summary>Whether a <c>ref</c> local or a span in a local is written through behind its declaration.</summary>
    /// <param name="after">Where the declaration ends: a variable that stands in its own initializer, which is an error, leads to no circle.</param>
    private static bool IsWrittenThrough(ILocalSymbol local, IOperation place, int after)
    {
        if (local.RefKind != RefKind.Ref && !WritingMember.IsSpan(local.Type))
        {
            return false;
        }

        IOperation root = place;
        while (root.Parent is { } outer)
        {
            root = outer;
        }

        return root.Descendants().OfType<ILocalReferenceOperation>()
            .Any(reference => reference.Syntax.SpanStart >= after
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && IsWritten(reference));
    }

    private static bool IsWritten(IArgumentOperation argument, IOperation value)
    {
        if (argument.Parameter is not { } parameter)
        {
            return false;
        }

        if (!WritingMember.IsSpan(value.Type))
        {
            return parameter.RefKind is RefKind.Ref or RefKind.Out;
        }

        if (argument.Parent is IInvocationOperation { TargetMethod: { ContainingType: { } owner } method } call
            && owner.ContainingNamespace?.ToDisplayString() is "System" or "System.Runtime.InteropServices")
        {
            switch (owner.Name)
            {
                case "MemoryExtensions":
                    return method.Name is "Sort" or "Reverse" or "Replace" or "CopyTo";
                case "MemoryMarshal":
                    return IsView(call) && IsWritten(call);
            }
        }

        return WritingMember.IsSpan(parameter.Type);
    }

    /// <summary>A member of the span itself.</summary>
    private static bool IsWritten(IInvocationOperation call, IOperation span) => WritingMember.IsSpan(span.Type) && call.TargetMethod.Name switch
    {
        "Clear" or "Fill" => true,
        _ => IsView(call) && IsWritten(call),
    };

    /// <summary>Whether the result is the same storage again, such as a slice.</summary>
    private static bool IsView(IInvocationOperation call) => WritingMember.IsSpan(call.Type) || call.TargetMethod.RefKind == RefKind.Ref;
}
