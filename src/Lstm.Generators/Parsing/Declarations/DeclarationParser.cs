using System.Threading;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>The first step of the pipeline: from an attributed symbol to a spec.</summary>
internal static class DeclarationParser
{
    /// <summary>What the user asked for; null where <see cref="DeclarationReader"/> or the compiler has an error to report.</summary>
    /// <typeparam name="TSpec">The spec of the attribute that the pipeline looks for.</typeparam>
    public static TSpec? Parse<TSpec>(GeneratorAttributeSyntaxContext context, CancellationToken token)
        where TSpec : class, ISpec =>
        DeclarationReader.Read(context.TargetSymbol, context.SemanticModel.Compilation, token)?.Spec as TSpec;
}
