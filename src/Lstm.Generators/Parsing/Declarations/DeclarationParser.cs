using System.Collections.Immutable;
using System.Threading;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Weights;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>An attributed type as the pipeline keeps it: plain data.</summary>
/// <param name="Spec">What the user asked for; null if it is wrong, or if the compiler itself refuses it.</param>
/// <param name="Stub">What is generated instead; null beside a spec, and where nothing can be generated.</param>
/// <param name="Problems">What is wrong with it. Empty where only the compiler refuses it.</param>
/// <param name="Weights">
/// Which file has its weights and sizes, see <see cref="WeightsResolver"/>. Until they are looked up there is a spec without sizes, and a stub, which
/// takes its place where the file does not fit.
/// </param>
internal sealed record ParsedDeclaration<TSpec>(
    TSpec? Spec, Stub<TSpec>? Stub, EquatableArray<Problem> Problems, WeightsRequest? Weights = null)
    where TSpec : class, ISpec;

/// <summary>The first step of the pipeline: from an attributed symbol to a spec, or to stubs and what is wrong.</summary>
internal static class DeclarationParser
{
    /// <summary>Reads a declaration; null if it is read elsewhere, because the type's first attribute is another one.</summary>
    /// <typeparam name="TSpec">The spec of the attribute that the pipeline looks for.</typeparam>
    public static ParsedDeclaration<TSpec>? Parse<TSpec>(DeclarationKind kind, GeneratorAttributeSyntaxContext context, CancellationToken token)
        where TSpec : class, ISpec
    {
        if (DeclarationReader.Read(context.TargetSymbol, context.SemanticModel.Compilation, token) is not { } declaration
            || declaration.Kind != kind
            || !declaration.BeginsAt(context.TargetNode))
        {
            return null;
        }

        ImmutableArray<Problem> problems = DeclarationProblems.Of(declaration);
        return problems.IsEmpty && declaration.Spec is TSpec spec
            ? new ParsedDeclaration<TSpec>(
                spec, declaration.Weights is null ? null : StubOf<TSpec>(declaration, problems), default, declaration.Weights)
            : new ParsedDeclaration<TSpec>(null, StubOf<TSpec>(declaration, problems), new EquatableArray<Problem>(problems));
    }

    private static Stub<TSpec>? StubOf<TSpec>(Declaration declaration, ImmutableArray<Problem> problems)
        where TSpec : class, ISpec
    {
        string reason = problems.IsEmpty ? $"The compiler refuses the attribute of '{declaration.Name}'." : problems[0].Text;
        return declaration.Nearest is TSpec nearest && declaration.Stubs is { } notes
            ? new Stub<TSpec>(nearest, notes with { Reason = reason })
            : null;
    }
}
