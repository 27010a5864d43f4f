using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>
/// The header's bytes of stack against every <c>stackalloc</c> of the code below it, added along the calls that a member makes.
/// </summary>
public sealed class StackTests
{
    public static TheoryData<string> Shapes => [.. Declarations.Shapes];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Header_SaysTheMostStackOfEachMember(string shape)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(Assert.Single(GeneratorRun.Files(TestCompilation.Create($"{shape} public partial struct Model;"))).Text).GetRoot();
        string header = root.GetLeadingTrivia().ToFullString();
        Calls calls = new(root);

        if (shape.Contains("DeepChain"))
        {
            long[] said = Numbers(header, @"on the stack (\d+) in Forward, (\d+) in Backward, (\d+) in GradientMagnitudes");
            Assert.Equal([calls.Most("Forward"), calls.Most("Backward"), calls.Most("GradientMagnitudes")], said);
            return;
        }

        long[] bytes = Numbers(header, @"at most: Step (\d+), Forward (\d+), Backward (\d+); of many sequences Step and Forward (\d+), Backward (\d+)\.");
        Assert.Equal(
            [calls.Most("Step"), calls.Most("Forward"), calls.Most("Backward"), Math.Max(calls.MostOfMany("Step"), calls.MostOfMany("Forward")), calls.MostOfMany("Backward")],
            bytes);
        Assert.True(calls.MostRecorded() <= bytes[0], "A recorded Forward takes more than a step.");
    }

    private static long[] Numbers(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        Assert.True(match.Success, text);
        return [.. match.Groups.Values.Skip(1).Select(group => long.Parse(group.Value, CultureInfo.InvariantCulture))];
    }

    /// <summary>The methods of a generated type, by name.</summary>
    private sealed class Calls(SyntaxNode root)
    {
        private readonly ILookup<string, MethodDeclarationSyntax> methods =
            root.DescendantNodes(node => node is not BlockSyntax).OfType<MethodDeclarationSyntax>().ToLookup(method => method.Identifier.Text);

        private readonly ILookup<string, VariableDeclaratorSyntax> constants = root.DescendantNodes(node => node is not BlockSyntax)
            .OfType<FieldDeclarationSyntax>()
            .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .SelectMany(field => field.Declaration.Variables)
            .ToLookup(field => field.Identifier.Text);

        private readonly Dictionary<(MethodDeclarationSyntax, string?), long> known = [];

        public long Most(string member) => Public(member).Where(method => !Mentions(method, "Span<State>")).Max(method => Of(method, run: null));

        public long MostOfMany(string member) => Public(member).Where(method => Mentions(method, "Span<State>")).Max(method => Of(method, run: null));

        public long MostRecorded() => Public("Forward").Where(method => Mentions(method, "ref State") && Mentions(method, "tape")).Max(method => Of(method, run: null));

        private IEnumerable<MethodDeclarationSyntax> Public(string member) => methods[member].Where(method => method.Modifiers.Any(SyntaxKind.PublicKeyword));

        private static bool Mentions(MethodDeclarationSyntax method, string text) => method.ParameterList.ToString().Contains(text);

        /// <param name="run">The type argument TRun.</param>
        private long Of(MethodDeclarationSyntax method, string? run)
        {
            if (!known.TryGetValue((method, run), out long bytes))
            {
                long own = method.DescendantNodes().OfType<StackAllocArrayCreationExpressionSyntax>().Where(buffer => IsMade(buffer, run)).Sum(Bytes);
                bytes = own + Callees(method, run).Select(callee => Of(callee.Method, callee.Run)).DefaultIfEmpty().Max();
                known.Add((method, run), bytes);
            }

            return bytes;
        }

        private IEnumerable<(MethodDeclarationSyntax Method, string? Run)> Callees(MethodDeclarationSyntax caller, string? run)
        {
            HashSet<(string Name, string? Run)> seen = [];
            foreach (InvocationExpressionSyntax call in caller.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                SimpleNameSyntax? name = call.Expression switch
                {
                    SimpleNameSyntax simple => simple,
                    MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Kernel" } } member => member.Name,
                    _ => null,
                };
                string? argument = (name as GenericNameSyntax)?.TypeArgumentList.Arguments.ToString();
                argument = argument == "TRun" ? run : argument;
                // The helpers of vectors hand a wide one's halves to overloads of theirs.
                if (name is not null && name.Identifier.Text != caller.Identifier.Text && seen.Add((name.Identifier.Text, argument)))
                {
                    foreach (MethodDeclarationSyntax method in methods[name.Identifier.Text])
                    {
                        yield return (method, argument);
                    }
                }
            }
        }

        /// <summary>A buffer may be made for one kind of run only.</summary>
        private static bool IsMade(SyntaxNode buffer, string? run) =>
            buffer.Parent is not ConditionalExpressionSyntax { Condition: BinaryExpressionSyntax { Right: TypeOfExpressionSyntax wanted } } || wanted.Type.ToString() == run;

        private long Bytes(StackAllocArrayCreationExpressionSyntax buffer)
        {
            ArrayTypeSyntax type = (ArrayTypeSyntax)buffer.Type;
            int each = type.ElementType.ToString() switch { "float" => 4, "double" => 8, "global::Lstm.Kernels.WideFloat" => 16, _ => throw new InvalidOperationException(buffer.ToString()) };
            return each * (Most(type.RankSpecifiers[0].Sizes[0]) ?? throw new InvalidOperationException($"{buffer} has no bound."));
        }

        /// <summary>The most that an expression can be; null where only a caller's number bounds it.</summary>
        private long? Most(ExpressionSyntax expression) => expression switch
        {
            LiteralExpressionSyntax literal => (int)literal.Token.Value!,
            IdentifierNameSyntax name => Constant(name.Identifier.Text),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product => Most(product.Left) * Most(product.Right),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Min" } } call =>
                call.ArgumentList.Arguments.Select(argument => Most(argument.Expression)).Min(),
            _ => null,
        };

        private long? Constant(string name) => constants[name].Select(field => Most(field.Initializer!.Value)).SingleOrDefault();
    }
}
