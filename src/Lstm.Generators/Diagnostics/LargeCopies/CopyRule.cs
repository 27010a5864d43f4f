using System;
using Lstm.Generators.Diagnostics.LostWrites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Lstm.Generators.Diagnostics.LargeCopies;

/// <summary>Copies within a method's body.</summary>
internal readonly struct CopyRule
{
    private readonly GeneratedSizes sizes;
    private readonly CopyReporter reporter;
    private readonly ISymbol containing;

    public CopyRule(GeneratedSizes sizes, Action<Diagnostic> report, ISymbol containing)
    {
        this.sizes = sizes;
        reporter = new CopyReporter(sizes, report);
        this.containing = containing;
    }

    public void Check(IOperation operation)
    {
        switch (operation)
        {
            case IForEachLoopOperation loop:
                CheckLoop(loop);
                return;
            case ILoopOperation:
                return;
            case IConversionOperation conversion:
                CheckBoxing(conversion);
                return;
        }

        CheckReceiver(operation);
        if (!sizes.IsLarge(operation.Type))
        {
            return;
        }

        if (IsValueFromElsewhere(operation))
        {
            Report(operation, "returned by value", "something that gives a 'ref' to it, such as an array, a span or a field");
        }
        else if (IsVariable(operation) && IsReadByValue(operation))
        {
            string name = GeneratedSizes.Display(operation.Type!);
            Report(operation, "copied by value", $"'ref {name}' or 'in {name}' to use it where it is");
        }
    }

    private void CheckLoop(IForEachLoopOperation loop)
    {
        ILocalSymbol? variable = (loop.LoopControlVariable as IVariableDeclaratorOperation)?.Symbol;
        if (variable is { RefKind: RefKind.None }
            && sizes.IsLarge(variable.Type)
            && loop.Syntax is ForEachStatementSyntax syntax)
        {
            string name = GeneratedSizes.Display(variable.Type);
            reporter.Report(
                syntax.Identifier.GetLocation(),
                variable.Type,
                "copied in every iteration",
                $"'foreach (ref {name} {variable.Name} in ...)' over a span");
        }
    }

    /// <summary>A variable that is boxed is reported as a copied variable; this is for values made on the spot.</summary>
    private void CheckBoxing(IConversionOperation conversion)
    {
        if (sizes.IsLarge(conversion.Operand.Type)
            && conversion.Type is { IsReferenceType: true }
            && !IsVariable(conversion.Operand)
            && !IsValueFromElsewhere(conversion.Operand))
        {
            Report(conversion.Operand, "boxed", "a class that has it as a field");
        }
    }

    /// <summary>Calling a member that may write, on something that must not be written to, works on a hidden copy.</summary>
    private void CheckReceiver(IOperation operation)
    {
        (IOperation? receiver, IMethodSymbol? member) = operation switch
        {
            IInvocationOperation call => (call.Instance, call.TargetMethod),
            IPropertyReferenceOperation property => (property.Instance, property.Property.GetMethod),
            _ => (null, null),
        };
        if (receiver is null || member is null || !sizes.IsLarge(receiver.Type) || !IsVariable(receiver))
        {
            return;
        }

        string memberName = member.AssociatedSymbol?.Name ?? member.Name;
        if (member.ContainingType.IsReferenceType)
        {
            Report(receiver, $"boxed to call '{memberName}'", $"a '{memberName}' of its own, or do without the call");
        }
        else if (!member.IsReadOnly && HiddenCopy.Of(receiver, containing) is { IsOfLoop: false } copy)
        {
            Report(receiver, $"copied to call '{memberName}', because {copy.Cause}", copy.Instead);
        }
    }

    /// <summary>A result by value of a member that is not declared, and so not reported, in this compilation.</summary>
    private bool IsValueFromElsewhere(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None
            && !IsReported(call.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition.ReturnType),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None
            && !IsAssigned(property)
            && !IsReported(property.Property.OriginalDefinition, property.Property.OriginalDefinition.Type),
        _ => false,
    };

    private bool IsReported(ISymbol definition, ITypeSymbol type) =>
        sizes.IsLarge(type) && definition.DeclaringSyntaxReferences.Length > 0;

    private static bool IsVariable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => !local.IsDeclaration,
        IParameterReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation => true,
        IInstanceReferenceOperation instance => instance.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance,
        IInvocationOperation call => call.TargetMethod.RefKind != RefKind.None,
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None,
        _ => false,
    };

    private static bool IsAssigned(IOperation target) =>
        target.Parent is IAssignmentOperation assignment && assignment.Target == target;

    /// <summary>Whether the context of <paramref name="variable"/> takes its value rather than a reference to it.</summary>
    private bool IsReadByValue(IOperation variable)
    {
        IOperation child = variable;
        IOperation? parent = variable.Parent;
        while (parent is IParenthesizedOperation or IConditionalOperation { IsRef: true } or IConversionOperation { Conversion.IsIdentity: true })
        {
            child = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            null or IMemberReferenceOperation { Kind: not OperationKind.MethodReference } or IInvocationOperation => false,
            IExpressionStatementOperation or IAddressOfOperation or INameOfOperation or IInvalidOperation => false,
            IMemberInitializerOperation or ILoopOperation => false,
            IArgumentOperation argument => argument.Parameter is not { } parameter
                || (parameter.RefKind == RefKind.None && !IsReported(parameter.OriginalDefinition, parameter.OriginalDefinition.Type)),
            ISimpleAssignmentOperation assignment => assignment.Value == child && !assignment.IsRef && assignment.Target is not IDiscardOperation,
            ITupleOperation tuple => !IsAssigned(tuple),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.RefKind == RefKind.None,
            IReturnOperation { Kind: OperationKind.Return } result => IsUnreportedResult(result),
            _ => true,
        };
    }

    private bool IsUnreportedResult(IReturnOperation result)
    {
        for (IOperation? outer = result.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation lambda)
            {
                return lambda.Symbol.RefKind == RefKind.None;
            }

            if (outer is ILocalFunctionOperation)
            {
                return false;
            }
        }

        return containing is IMethodSymbol { RefKind: RefKind.None, IsOverride: true };
    }

    private void Report(IOperation operation, string what, string instead) =>
        reporter.Report(operation.Syntax.GetLocation(), operation.Type!, what, instead);
}
