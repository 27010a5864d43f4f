using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Runs the three parsers as the generator would, and hands out what they return.</summary>
internal static class SpecReader
{
    /// <summary>One spec per attribute, null where the parser refused; cells first, then networks, then chains.</summary>
    public static IReadOnlyList<object?> ReadAll(Compilation compilation)
    {
        Probe probe = new();
        GeneratorDriverRunResult result = CSharpGeneratorDriver.Create(probe).RunGenerators(compilation).GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        Assert.Empty(result.Diagnostics);
        return probe.Specs;
    }

    /// <summary>The only spec in <paramref name="source"/>.</summary>
    public static T? Read<T>(string source)
        where T : class => (T?)ReadAll(TestCompilation.Create(source)).Single();

    private sealed class Probe : IIncrementalGenerator
    {
        public List<object?> Specs { get; } = [];

        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            Collect(DeclarationKind.Cell, LstmCellParser.Parse);
            Collect(DeclarationKind.Network, LstmNetworkParser.Parse);
            Collect(DeclarationKind.Chain, DeepChainParser.Parse);

            void Collect<T>(DeclarationKind kind, System.Func<GeneratorAttributeSyntaxContext, System.Threading.CancellationToken, T?> parse)
                where T : class =>
                context.RegisterSourceOutput(
                    context.SyntaxProvider.ForAttributeWithMetadataName(kind.MetadataName, static (_, _) => true, parse),
                    (_, spec) => Specs.Add(spec));
        }
    }
}
