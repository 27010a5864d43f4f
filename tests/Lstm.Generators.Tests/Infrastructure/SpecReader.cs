using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Runs the parser for each attribute as the generator would, and hands out what it returns.</summary>
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
            Collect<LstmCellSpec>(DeclarationKind.Cell);
            Collect<LstmNetworkSpec>(DeclarationKind.Network);
            Collect<DeepChainSpec>(DeclarationKind.Chain);

            void Collect<TSpec>(DeclarationKind kind)
                where TSpec : class, ISpec =>
                context.RegisterSourceOutput(
                    context.SyntaxProvider.ForAttributeWithMetadataName(
                        kind.MetadataName, static (_, _) => true, (target, token) => DeclarationParser.Parse<TSpec>(kind, target, token)),
                    (_, declaration) => Specs.Add(declaration?.Spec));
        }
    }
}
