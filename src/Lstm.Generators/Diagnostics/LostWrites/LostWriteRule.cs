using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LostWrites;

/// <summary>Reports LSTM022: a generated member that writes, on a receiver that is a copy.</summary>
internal readonly struct LostWriteRule
{
    private readonly Action<Diagnostic> report;
    private readonly ISymbol containing;

    /// <param name="containing">The member in whose body the operations stand.</param>
    public LostWriteRule(Action<Diagnostic> report, ISymbol containing)
    {
        this.report = report;
        this.containing = containing;
    }

    public void Check(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                Check(operation, call.Instance, call.TargetMethod);
                break;
            case IPropertyReferenceOperation property:
                Check(operation, property.Instance, property.Property);
                break;
            case IMethodReferenceOperation { Instance: { Type: { IsReferenceType: false } type } receiver } reference
                when WritingMember.ContentsOf(reference.Method, type) is { } contents && WritingMember.IsWrite(reference.Method):
                Report(receiver, reference.Method, contents, HiddenCopy.InDelegate(receiver));
                break;
        }
    }

    private void Check(IOperation operation, IOperation? receiver, ISymbol member)
    {
        // A struct that is cast to an interface is a copy in a box. Without the cast the receiver is the struct itself.
        HiddenCopy? boxed = receiver is IConversionOperation { Type.IsReferenceType: true, Operand: { Type: { IsReferenceType: false } } boxedValue }
            ? HiddenCopy.InBox(boxedValue)
            : null;
        IOperation? value = boxed is null ? receiver : ((IConversionOperation)receiver!).Operand;
        if (value?.Type is not { IsReferenceType: false } type
            || WritingMember.ContentsOf(member, type) is not { } contents
            || (boxed ?? HiddenCopy.Of(value, containing)) is not { } copy)
        {
            return;
        }

        if (WritingMember.IsWrite(member) || (WritingMember.IsStorage(member) && StorageUse.IsWritten(operation)))
        {
            Report(value, member, contents, copy);
        }
    }

    private void Report(IOperation receiver, ISymbol member, string contents, HiddenCopy copy) => report(Diagnostic.Create(
        Descriptors.LostWrite,
        receiver.Syntax.GetLocation(),
        member.Name,
        copy.Original,
        copy.Cause,
        contents,
        copy.Instead));
}
