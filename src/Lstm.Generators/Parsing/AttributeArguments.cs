using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing;

/// <summary>What is known of one named argument.</summary>
internal enum ArgumentState
{
    /// <summary>It is not written: the property keeps its default.</summary>
    Missing,

    /// <summary>It is written, but not as one constant of the right type: the compiler reports that itself.</summary>
    Unreadable,

    /// <summary>Its value is known.</summary>
    Known,
}

/// <summary>A named argument of an attribute.</summary>
internal readonly struct Argument
{
    public Argument(string name, ArgumentState state, int value, ExpressionSyntax? expression)
    {
        Name = name;
        State = state;
        Value = value;
        Expression = expression;
    }

    public string Name { get; }

    public ArgumentState State { get; }

    /// <summary>The constant, an enum's underlying value, 0 or 1 for a <c>bool</c>, or the default of a missing argument.</summary>
    public int Value { get; }

    /// <summary>What is written after <c>=</c>; null if missing, or if the attribute comes from a compiled assembly.</summary>
    public ExpressionSyntax? Expression { get; }
}

/// <summary>Reads an attribute's named arguments, however broken they are.</summary>
internal static class AttributeArguments
{
    /// <summary>Reads the argument that <paramref name="rule"/> describes.</summary>
    /// <param name="syntax">Null where the attribute comes from a compiled assembly.</param>
    public static Argument Read(AttributeData attribute, AttributeSyntax? syntax, ArgumentRule rule)
    {
        string name = rule.Name;
        int defaultValue = rule.Default ?? 0;
        List<ExpressionSyntax> written = Written(syntax, name);
        List<TypedConstant> values = attribute.NamedArguments.Where(pair => pair.Key == name).Select(pair => pair.Value).ToList();
        if (written.Count == 0 && values.Count == 0)
        {
            return new Argument(name, ArgumentState.Missing, defaultValue, null);
        }

        ExpressionSyntax? expression = written.FirstOrDefault();
        bool once = written.Count <= 1 && values.Count == 1;
        return once && Constant(values[0], rule.Type) is { } value
            ? new Argument(name, ArgumentState.Known, value, expression)
            : new Argument(name, ArgumentState.Unreadable, defaultValue, expression);
    }

    private static int? Constant(TypedConstant constant, ArgumentType type) => (constant.Kind, type) switch
    {
        (TypedConstantKind.Primitive, ArgumentType.Flag) => constant.Value is bool flag ? (flag ? 1 : 0) : null,
        (TypedConstantKind.Primitive or TypedConstantKind.Enum, not ArgumentType.Flag) => constant.Value as int?,
        _ => null,
    };

    private static List<ExpressionSyntax> Written(AttributeSyntax? syntax, string name)
    {
        List<ExpressionSyntax> found = new();
        if (syntax?.ArgumentList is not null)
        {
            foreach (AttributeArgumentSyntax argument in syntax.ArgumentList.Arguments)
            {
                if (argument.NameEquals is not null
                    && string.Equals(argument.NameEquals.Name.Identifier.ValueText, name, StringComparison.Ordinal))
                {
                    found.Add(argument.Expression);
                }
            }
        }

        return found;
    }
}
