using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing;

/// <summary>
/// Reads an attributed type and says what is wrong with it. The parsers generate nothing where there is a problem, and
/// the analyzer reports it: both ask here.
/// </summary>
/// <remarks>
/// A declaration has one problem, the first that was found, or one for every wrong size. What the compiler refuses by
/// itself (a misspelt argument, a value of another type) is no problem here, but gives no target either.
/// </remarks>
internal static class DeclarationValidator
{
    /// <summary>Reads <paramref name="symbol"/>; null if it carries none of the attributes.</summary>
    public static Declaration? Read(ISymbol symbol, Compilation compilation, CancellationToken token)
    {
        if (symbol is not INamedTypeSymbol type)
        {
            return null;
        }

        List<(DeclarationKind Kind, AttributeData Data, AttributeSyntax Syntax)> found = new();
        foreach (AttributeData data in type.GetAttributes())
        {
            if (DeclarationKind.Of(data) is { } kind
                && data.ApplicationSyntaxReference is { } reference
                && !GeneratedCode.IsOwn(reference.SyntaxTree)
                && reference.GetSyntax(token) is AttributeSyntax syntax)
            {
                found.Add((kind, data, syntax));
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        (DeclarationKind first, AttributeData attribute, AttributeSyntax attributeSyntax) = found[0];
        List<Argument> arguments = first.Arguments.Select(rule => AttributeArguments.Read(attribute, attributeSyntax, rule)).ToList();
        ImmutableDictionary<string, int> values = arguments.ToImmutableDictionary(argument => argument.Name, argument => argument.Value);
        GeneratedNames names = first.NamesFor(values);
        TypeParts parts = new(type, attributeSyntax, token);
        Problem? inType =
            Second(type, first, found.FirstOrDefault(other => other.Kind != first))
            ?? NotPlainStruct(parts, first)
            ?? NotPartial(parts)
            ?? Generic(parts, first)
            ?? ContainingTypeNotPartial(parts)
            ?? FileLocal(parts)
            ?? OwnNameTaken(parts, names)
            ?? InstanceField(parts)
            ?? MemberNameTaken(parts, names)
            ?? LayoutAttribute(parts)
            ?? UnsupportedPlatform(compilation, attributeSyntax);

        // One attribute twice, perhaps on two parts of the type, is the compiler's error, and would give two files of one name.
        bool readable = found.Count == 1 && arguments.All(argument => argument.State != ArgumentState.Unreadable);
        return new Declaration(
            first,
            readable ? TargetTypeReader.Read(type) : null,
            values,
            inType is not null ? ImmutableArray.Create(inType) : InArguments(parts, first, attributeSyntax, arguments, readable));
    }

    private static Problem? Second(
        INamedTypeSymbol type, DeclarationKind first, (DeclarationKind Kind, AttributeData Data, AttributeSyntax Syntax) second) =>
        second.Kind is null
            ? null
            : new Problem(Descriptors.TwoAttributes, second.Syntax.Name.GetLocation(), type.Name, first.Name, second.Kind.Name);

    private static Problem? NotPlainStruct(TypeParts parts, DeclarationKind kind)
    {
        INamedTypeSymbol type = parts.Type;
        if (type.TypeKind != TypeKind.Struct || type.IsRecord)
        {
            return At(TypeParts.KeywordOf(parts.Declarations[0]), TargetTypeReader.Keyword(type));
        }

        if (parts.Modifier("ref") is { } byRef)
        {
            return At(byRef, "ref struct");
        }

        return parts.Modifier("readonly") is { } readOnly ? At(readOnly, "readonly struct") : null;

        Problem At(SyntaxToken token, string found) =>
            new(Descriptors.NotPlainStruct, token.GetLocation(), kind.Name, found, type.Name);
    }

    private static Problem? NotPartial(TypeParts parts) =>
        parts.NotPartial is { } name ? new Problem(Descriptors.NotPartial, name.GetLocation(), parts.Type.Name) : null;

    private static Problem? Generic(TypeParts parts, DeclarationKind kind)
    {
        foreach (TypeParts level in parts.OutwardFromSelf())
        {
            if (level.TypeParameters is { } list)
            {
                return new Problem(
                    Descriptors.Generic,
                    list.GetLocation(),
                    level.Type.Name,
                    kind.Name,
                    level == parts ? $"write 'partial struct {parts.Type.Name}'" : $"write '{parts.Type.Name}' outside '{level.Type.Name}'");
            }
        }

        return null;
    }

    private static Problem? ContainingTypeNotPartial(TypeParts parts)
    {
        foreach (TypeParts level in parts.OutwardFromSelf().Skip(1))
        {
            if (level.NotPartial is { } name)
            {
                return new Problem(
                    Descriptors.ContainingTypeNotPartial,
                    name.GetLocation(),
                    level.Type.Name,
                    parts.Type.Name,
                    TargetTypeReader.Keyword(level.Type));
            }
        }

        return null;
    }

    private static Problem? FileLocal(TypeParts parts)
    {
        foreach (TypeParts level in parts.OutwardFromSelf())
        {
            if (level.Modifier("file") is { } modifier)
            {
                return new Problem(Descriptors.FileLocal, modifier.GetLocation(), level.Type.Name);
            }
        }

        return null;
    }

    private static Problem? OwnNameTaken(TypeParts parts, GeneratedNames names) =>
        names.IsTaken(parts.Type.Name)
            ? new Problem(Descriptors.OwnNameTaken, TypeParts.NameOf(parts.Declarations[0]).GetLocation(), parts.Type.Name)
            : null;

    private static Problem? InstanceField(TypeParts parts)
    {
        foreach (ISymbol member in parts.WrittenMembers())
        {
            ISymbol? stored = member switch
            {
                IFieldSymbol { IsStatic: false, IsConst: false } field => field.AssociatedSymbol ?? field,
                IEventSymbol { IsStatic: false } @event
                    when @event.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax => @event,
                IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: > 0 } constructor
                    when constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax => constructor.Parameters[0],
                _ => null,
            };
            if (stored is { Name.Length: > 0 })
            {
                return new Problem(Descriptors.InstanceField, stored.Locations[0], stored.Name, parts.Type.Name);
            }
        }

        return null;
    }

    private static Problem? MemberNameTaken(TypeParts parts, GeneratedNames names)
    {
        foreach (ISymbol member in parts.WrittenMembers())
        {
            if (names.Excludes(member))
            {
                return new Problem(Descriptors.MemberNameTaken, member.Locations[0], member.Name, parts.Type.Name);
            }
        }

        return null;
    }

    private static Problem? LayoutAttribute(TypeParts parts)
    {
        foreach (AttributeData data in parts.Type.GetAttributes())
        {
            if (data.AttributeClass is { Name: "StructLayoutAttribute" or "InlineArrayAttribute" } type
                && type.ContainingNamespace?.ToDisplayString().StartsWith("System.Runtime.", StringComparison.Ordinal) == true
                && data.ApplicationSyntaxReference is { } reference
                && !GeneratedCode.IsOwn(reference.SyntaxTree)
                && reference.GetSyntax() is AttributeSyntax syntax)
            {
                return new Problem(
                    Descriptors.LayoutAttribute,
                    syntax.Name.GetLocation(),
                    type.Name.Substring(0, type.Name.Length - "Attribute".Length),
                    parts.Type.Name);
            }
        }

        return null;
    }

    private static Problem? UnsupportedPlatform(Compilation compilation, AttributeSyntax attribute)
    {
        if (compilation.GetTypesByMetadataName("System.Runtime.Intrinsics.Vector512").IsEmpty)
        {
            return At(".NET 8", "<TargetFramework>net8.0</TargetFramework>");
        }

        return attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < (LanguageVersion)Limits.LanguageVersion }
            ? At("C# 12", "<LangVersion>12</LangVersion>")
            : null;

        Problem At(string needed, string setting) =>
            new(Descriptors.UnsupportedPlatform, attribute.Name.GetLocation(), needed, setting);
    }

    private static ImmutableArray<Problem> InArguments(
        TypeParts parts, DeclarationKind kind, AttributeSyntax attribute, List<Argument> arguments, bool readable)
    {
        List<Problem> problems = WrongSizes(kind, attribute, arguments);
        if (problems.Count == 0 && UndefinedValue(kind, arguments) is { } undefined)
        {
            problems.Add(undefined);
        }

        if (problems.Count == 0 && readable && TooLarge(parts, kind, attribute, arguments) is { } tooLarge)
        {
            problems.Add(tooLarge);
        }

        return problems.ToImmutableArray();
    }

    private static List<Problem> WrongSizes(DeclarationKind kind, AttributeSyntax attribute, List<Argument> arguments)
    {
        List<Problem> problems = new();
        List<ArgumentRule> missing = new();
        foreach ((ArgumentRule rule, Argument argument) in kind.Arguments.Zip(arguments, (rule, argument) => (rule, argument)))
        {
            if (argument.State == ArgumentState.Missing && rule.Default is null)
            {
                missing.Add(rule);
            }
            else if (argument.State == ArgumentState.Known && rule.Range is { } range && !range.Contains(argument.Value))
            {
                problems.Add(new Problem(
                    Descriptors.WrongSize,
                    LocationOf(argument, attribute),
                    $"{rule.Name} = {Text(argument.Value)} is out of range",
                    $"a value from {range}"));
            }
        }

        if (missing.Count > 0)
        {
            string names = string.Join(" and ", missing.Select(rule => rule.Name));
            string ranges = string.Join(" and ", missing.Select(rule => $"{rule.Name} from {rule.Range}"));
            problems.Insert(0, new Problem(
                Descriptors.WrongSize,
                attribute.Name.GetLocation(),
                missing.Count == 1 ? $"{names} is missing" : $"{names} are missing",
                $"{ranges}, for example {kind.Example}"));
        }

        return problems;
    }

    private static Problem? UndefinedValue(DeclarationKind kind, List<Argument> arguments)
    {
        foreach ((ArgumentRule rule, Argument argument) in kind.Arguments.Zip(arguments, (rule, argument) => (rule, argument)))
        {
            if (argument is { State: ArgumentState.Known, Expression: { } expression }
                && rule.Type == ArgumentType.Choice
                && (argument.Value < 0 || argument.Value >= rule.Values.Length))
            {
                return new Problem(
                    Descriptors.UndefinedValue, expression.GetLocation(), rule.Name, Text(argument.Value), string.Join(" or ", rule.Values));
            }
        }

        return null;
    }

    private static Problem? TooLarge(TypeParts parts, DeclarationKind kind, AttributeSyntax attribute, List<Argument> arguments)
    {
        Dictionary<string, Argument> named = arguments.ToDictionary(argument => argument.Name);
        long bytes = DeclarationSize.ParameterBytes(kind, Value);
        if (bytes > Limits.ParameterBytes)
        {
            const long Mebibyte = 1024 * 1024;
            return new Problem(
                Descriptors.TooManyParameters,
                LocationOf(named["Hidden"], attribute),
                parts.Type.Name,
                Text((bytes + Mebibyte - 1) / Mebibyte),
                Text(Limits.ParameterMebibytes));
        }

        long operations = DeclarationSize.UnrolledCost(kind, Value);
        return Value("Unrolling") == (int)UnrollingKind.Full && operations > DeclarationSize.UnrolledLimit(kind)
            ? new Problem(
                Descriptors.TooLargeToUnroll,
                LocationOf(named["Unrolling"], attribute),
                parts.Type.Name,
                Text(operations),
                Text(DeclarationSize.UnrolledLimit(kind)))
            : null;

        int Value(string name) => named[name].Value;
    }

    private static Location LocationOf(Argument argument, AttributeSyntax attribute) =>
        (argument.Expression ?? (SyntaxNode)attribute.Name).GetLocation();

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
