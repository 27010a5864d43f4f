using System.Collections.Immutable;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>An attributed type as it was read: what it asks for, or what is wrong with how it is written.</summary>
internal sealed class Declaration
{
    private readonly AttributeSyntax attribute;
    private readonly AttributeArguments arguments;

    public Declaration(string name, AttributeSyntax attribute, AttributeArguments arguments, ISpec? spec, ImmutableArray<Problem> problems)
    {
        Name = name;
        this.attribute = attribute;
        this.arguments = arguments;
        Spec = spec;
        Problems = problems;
    }

    /// <summary>The type's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Null if there are problems, or if the code is so unfinished that the compiler itself refuses it.</summary>
    public ISpec? Spec { get; }

    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Where the value of an argument is written; the attribute's name if it is not.</summary>
    public Location LocationOf(string argument) => arguments[argument].LocationIn(attribute);
}
