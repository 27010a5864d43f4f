using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LostWrites;

/// <summary>Why a member that may write is called on a copy of its receiver. Every text is a part of a message.</summary>
/// <param name="Original">What keeps its contents, for example <c>'net'</c>.</param>
/// <param name="Cause">Why it is copied.</param>
/// <param name="Instead">What to write.</param>
internal sealed record HiddenCopy(string Original, string Cause, string Instead)
{
    private const string InVariable = "a variable for it, and store the variable where it came from";

    /// <summary>Whether the original is an element that a <c>foreach</c> has copied into its variable.</summary>
    public bool IsOfLoop { get; private init; }

    /// <summary>Null if <paramref name="receiver"/> is a variable that may be written to, or a value that is made on the spot.</summary>
    /// <param name="containing">The member in whose body the receiver stands.</param>
    public static HiddenCopy? Of(IOperation receiver, ISymbol containing)
    {
        if (Why(receiver, containing) is not { } why)
        {
            return null;
        }

        bool isOfLoop = Receiver.IsLoopVariable(Receiver.Root(receiver));
        return new HiddenCopy(isOfLoop ? "the element" : Receiver.Text(receiver), why.Cause, why.Instead) { IsOfLoop = isOfLoop };
    }

    /// <summary>A member of <paramref name="receiver"/> as a delegate.</summary>
    public static HiddenCopy InDelegate(IOperation receiver) =>
        new(Receiver.Text(receiver), "a delegate of a struct's member holds a copy of the struct", "a lambda that calls the member");

    /// <summary>A member of <paramref name="receiver"/> after a cast to an interface.</summary>
    public static HiddenCopy InBox(IOperation receiver) =>
        new(Receiver.Text(receiver), "a cast to an interface copies the struct", "the call without the cast, or a method generic over the type");

    private static (string Cause, string Instead)? Why(IOperation receiver, ISymbol containing)
    {
        string name = Receiver.Text(receiver);
        string type = receiver.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "";
        return receiver switch
        {
            IParenthesizedOperation parenthesized => Why(parenthesized.Operand, containing),
            ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation =>
                WhyVariable(receiver, name, type, containing),
            IFieldReferenceOperation { Field.IsReadOnly: true } field when !Receiver.IsUnderConstruction(field, containing) =>
                ($"{name} is a readonly field", "the field without 'readonly'"),
            IFieldReferenceOperation { Instance: { Type.IsReferenceType: false } owner } => Why(owner, containing),
            IInvocationOperation call => WhyReturned(call.TargetMethod.RefKind, name, type),
            IPropertyReferenceOperation property => WhyProperty(property.Property, name, type),
            IConditionalOperation { IsRef: true, WhenFalse: { } otherwise } choice => Why(choice.WhenTrue, containing) ?? Why(otherwise, containing),
            IConversionOperation { IsImplicit: false } => ("a cast is a value", InVariable),
            IAwaitOperation => ("'await' returns a value", InVariable),
            IConditionalOperation or ICoalesceOperation or ISwitchExpressionOperation => ("the expression is a value", InVariable),
            ISimpleAssignmentOperation { IsRef: false } => ("an assignment is a value", InVariable),
            IConditionalAccessInstanceOperation instance when Receiver.IsOfNullable(instance) =>
                ("'?.' takes the value out of a nullable", $"'{type}' in place of '{type}?'"),
            _ => Receiver.IndexerFromEnd(receiver) is { } indexer ? WhyProperty(indexer, name, type) : null,
        };
    }

    private static (string Cause, string Instead)? WhyVariable(IOperation variable, string name, string type, ISymbol containing) => variable switch
    {
        ILocalReferenceOperation local when Receiver.IsReadOnly(local.Local.RefKind) => ($"{name} is a 'ref readonly' local", $"'ref {type}'"),
        ILocalReferenceOperation local when Receiver.IsLoopVariable(local) =>
            ($"the loop variable {name} is declared by value", $"'foreach (ref {type} {local.Local.Name} in ...)' over a span"),
        IParameterReferenceOperation parameter when Receiver.IsReadOnly(parameter.Parameter.RefKind) =>
            ($"{name} is a read-only parameter", $"'ref {type}'"),
        IParameterReferenceOperation parameter when Receiver.IsCapturedReadOnly(parameter.Parameter, containing) =>
            ($"{name} is read-only in this member", "the member without 'readonly'"),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            when containing is IMethodSymbol { IsReadOnly: true } member =>
            ($"'{member.AssociatedSymbol?.Name ?? member.Name}' is a readonly member", "the member without 'readonly'"),
        _ => null,
    };

    private static (string Cause, string Instead)? WhyProperty(IPropertySymbol property, string name, string type) =>
        property is { IsIndexer: true, RefKind: RefKind.None }
            ? ($"{name} is returned by value", "an array or a span, whose elements are variables")
            : WhyReturned(property.RefKind, name, type);

    private static (string Cause, string Instead)? WhyReturned(RefKind kind, string name, string type) => kind switch
    {
        RefKind.Ref => null,
        RefKind.None => ($"{name} is returned by value", $"a field, an array's element, or 'ref {type}' as the type that is returned"),
        _ => ($"{name} is read-only", $"a 'Span<{type}>', 'ref {type}' as the type that is returned, or a copy in a variable"),
    };
}
