using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>
/// Reads an attributed type and says what is wrong with how it is written. Where there is a problem, the pipeline reports it and
/// generates stubs.
/// </summary>
/// <remarks>
/// A declaration has the problems of the first check that finds some: mostly one; one for every field, taken name, hidden type or wrong size. What
/// the compiler refuses by itself (a misspelt argument, a value of another type) is no problem here, but gives no spec either.
/// </remarks>
internal static class DeclarationReader
{
    /// <summary>Reads <paramref name="symbol"/>; null if it carries none of the attributes.</summary>
    public static Declaration? Read(ISymbol symbol, Compilation compilation, CancellationToken token)
    {
        if (symbol is not INamedTypeSymbol type)
        {
            return null;
        }

        List<WrittenAttribute> attributes = AttributesOf(type, token);
        if (attributes.Count == 0)
        {
            return null;
        }

        (DeclarationKind kind, AttributeData data, AttributeSyntax syntax) = attributes[0];
        TypeParts parts = new(type, syntax, token);
        AttributeArguments arguments = AttributeArguments.Read(kind.Arguments, data, syntax);
        GeneratedNames names = kind.NamesFor(arguments);
        PlatformCheck platform = PlatformCheck.Of(compilation);
        HiddenTypes hidden = HiddenTypes.Of(compilation);
        ImmutableArray<Problem> problems = Problem.FirstOf(
            Problem.List(SecondAttribute(type, attributes)),
            Problem.List(TypeChecks.FirstProblem(parts, kind)),
            MemberChecks.Problems(parts, names),
            Problem.List(platform.FirstProblem(parts, syntax)),
            hidden.Problems(parts, syntax),
            ArgumentChecks.Problems(kind, arguments, syntax));

        // One attribute twice, perhaps on two parts of the type, is the compiler's error, and would give two files of one name.
        bool readable = attributes.Count == 1 && arguments.AreReadable;
        TargetType? target = TargetTypeReader.Read(type);
        bool isPortable = platform.KindFor(syntax) == PlatformKind.Portable;
        ISpec SpecOf(TargetType named, AttributeArguments known)
        {
            ISpec spec = kind.SpecOf(named, known);
            return isPortable ? spec.OnPortable() : spec;
        }

        StubNotes? ReadStubs() => hidden.AllowStubs ? StubReader.Read(parts, names, platform, syntax) : null;
        return new Declaration(kind, type.Name, syntax, arguments, problems, ReadStubs)
        {
            Spec = target is not null && problems.IsEmpty && readable ? SpecOf(target, arguments) : null,
            Nearest = target is null ? null : SpecOf(target, arguments.Allowed()),
        };
    }

    private static List<WrittenAttribute> AttributesOf(INamedTypeSymbol type, CancellationToken token)
    {
        List<WrittenAttribute> found = new();
        foreach (AttributeData data in type.GetAttributes())
        {
            if (DeclarationKind.Of(data) is { } kind
                && data.ApplicationSyntaxReference is { } reference
                && !GeneratedCode.IsOwn(reference.SyntaxTree)
                && reference.GetSyntax(token) is AttributeSyntax syntax)
            {
                found.Add(new WrittenAttribute(kind, data, syntax));
            }
        }

        return found;
    }

    private static Problem? SecondAttribute(INamedTypeSymbol type, List<WrittenAttribute> attributes)
    {
        DeclarationKind first = attributes[0].Kind;
        return attributes.FirstOrDefault(attribute => attribute.Kind != first) is { } second
            ? Problem.At(Descriptors.TwoAttributes, second.Syntax.Name.GetLocation(), type.Name, first.Name, second.Kind.Name)
            : null;
    }

    private sealed record WrittenAttribute(DeclarationKind Kind, AttributeData Data, AttributeSyntax Syntax);
}
