using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

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
/// <param name="Rule">What it may be.</param>
/// <param name="Value">
/// The constant: an enum's underlying value, 0 or 1 for a <c>bool</c>, 0 for a <c>string</c>. The default where it is not known.
/// </param>
/// <param name="Expression">What is written after <c>=</c>; null if it is missing, or if the attribute comes from a compiled assembly.</param>
/// <param name="Text">The constant, if it is a <c>string</c>.</param>
internal sealed record Argument(ArgumentRule Rule, ArgumentState State, int Value, ExpressionSyntax? Expression, string? Text = null)
{
    /// <summary>Whether it has to be written and is not.</summary>
    public bool IsRequiredAndMissing => State == ArgumentState.Missing && Rule.Default is null;

    /// <summary>Whether its value is known and its rule does not allow it.</summary>
    public bool IsKnownAndWrong => State == ArgumentState.Known && !Rule.Allows(Value);

    /// <summary>Where its value is written; the attribute's name if it is not.</summary>
    public Location LocationIn(AttributeSyntax attribute) => (Expression ?? (SyntaxNode)attribute.Name).GetLocation();
}

/// <summary>An attribute's named arguments, read however broken they are.</summary>
internal sealed class AttributeArguments
{
    private AttributeArguments(ImmutableArray<Argument> all) => All = all;

    /// <summary>One argument for each rule, in the order of the rules.</summary>
    public ImmutableArray<Argument> All { get; }

    /// <summary>The name of the file that has the weights, and the sizes; null where the sizes have to be written.</summary>
    public string? Weights => File?.Text;

    /// <summary>The sizes that have to be written and are not; none where a file is named, however badly.</summary>
    public IEnumerable<ArgumentRule> MissingSizes => Weights is null && File?.State != ArgumentState.Unreadable
        ? All.Where(argument => argument.IsRequiredAndMissing).Select(argument => argument.Rule)
        : Enumerable.Empty<ArgumentRule>();

    private Argument? File => All.FirstOrDefault(argument => argument.Rule.Type == ArgumentType.Text);

    /// <summary>Whether the compiler accepts every argument.</summary>
    public bool AreReadable => All.All(argument => argument.State != ArgumentState.Unreadable);

    /// <summary>Whether every argument is known, or has a default, and is allowed.</summary>
    public bool AreRight => AreReadable && !MissingSizes.Any() && !All.Any(argument => argument.IsKnownAndWrong);

    /// <summary>The argument of this name, which must be that of a rule.</summary>
    public Argument this[string name] => All.First(argument => string.Equals(argument.Rule.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// The nearest arguments that are allowed: a size at the end of its range, else the default. <c>Unrolling</c> is the default, as what is wrong
    /// may be too much to unroll.
    /// </summary>
    public AttributeArguments Allowed() => new(All.Select(argument => argument with
    {
        Value = argument.Rule.Name == nameof(ISpec.Unrolling) ? argument.Rule.Default ?? 0 : argument.Rule.Nearest(argument.Value),
    }).ToImmutableArray());

    /// <summary>With the sizes that a file has, where they are not written.</summary>
    /// <param name="sizeOf">A size by the name of its argument; null if it is not known.</param>
    public AttributeArguments WithSizes(Func<string, int?> sizeOf) => Weights is null
        ? this
        : new(All.Select(argument => argument is { Rule.Type: ArgumentType.Size, State: ArgumentState.Missing }
            ? sizeOf(argument.Rule.Name) is { } size
                ? argument with { State = ArgumentState.Known, Value = size }
                : argument with { State = ArgumentState.Unreadable }
            : argument).ToImmutableArray());

    /// <summary>Reads the arguments that <paramref name="rules"/> describe.</summary>
    /// <param name="syntax">Null where the attribute comes from a compiled assembly, or where nobody asks for locations.</param>
    public static AttributeArguments Read(ImmutableArray<ArgumentRule> rules, AttributeData attribute, AttributeSyntax? syntax) =>
        new(rules.Select(rule => Read(rule, attribute, syntax)).ToImmutableArray());

    private static Argument Read(ArgumentRule rule, AttributeData attribute, AttributeSyntax? syntax)
    {
        int defaultValue = rule.Default ?? 0;
        List<ExpressionSyntax> written = Written(syntax, rule.Name);
        List<TypedConstant> values = attribute.NamedArguments.Where(pair => pair.Key == rule.Name).Select(pair => pair.Value).ToList();
        if (written.Count == 0 && values.Count == 0)
        {
            return new Argument(rule, ArgumentState.Missing, defaultValue, null);
        }

        ExpressionSyntax? expression = written.FirstOrDefault();
        bool once = written.Count <= 1 && values.Count == 1;
        return once && Constant(values[0], rule.Type) is { } value
            ? new Argument(rule, ArgumentState.Known, value, expression, values[0].Value as string)
            : new Argument(rule, ArgumentState.Unreadable, defaultValue, expression);
    }

    private static int? Constant(TypedConstant constant, ArgumentType type) => (constant.Kind, type) switch
    {
        (TypedConstantKind.Primitive, ArgumentType.Flag) => constant.Value is bool flag ? (flag ? 1 : 0) : null,
        (TypedConstantKind.Primitive, ArgumentType.Text) => constant.Value is null or string ? 0 : null,
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
