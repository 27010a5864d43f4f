using System;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>An attributed type as it was read: what it asks for, or what is wrong with how it is written.</summary>
internal sealed class Declaration
{
    private readonly AttributeSyntax attribute;
    private readonly AttributeArguments arguments;
    private readonly Func<StubNotes?> readStubs;

    /// <param name="readStubs">Reads <see cref="Stubs"/>, which most declarations do not need.</param>
    public Declaration(
        DeclarationKind kind, string name, AttributeSyntax attribute, AttributeArguments arguments, ImmutableArray<Problem> problems,
        Func<StubNotes?> readStubs)
    {
        this.readStubs = readStubs;
        Kind = kind;
        Name = name;
        this.attribute = attribute;
        this.arguments = arguments;
        Problems = problems;
    }

    /// <summary>The kind of its first attribute.</summary>
    public DeclarationKind Kind { get; }

    /// <summary>The type's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Null if there are problems, or if the code is so unfinished that the compiler itself refuses it.</summary>
    public ISpec? Spec { get; init; }

    /// <summary>
    /// The spec that comes closest to what is written: every argument has a value that is allowed. Null if the type has no name yet.
    /// </summary>
    public ISpec? Nearest { get; init; }

    /// <summary>What stubs of the type have to heed; null if it cannot have any.</summary>
    public StubNotes? Stubs => readStubs();

    public ImmutableArray<Problem> Problems { get; }

    /// <summary>
    /// Which file has its weights and its sizes, which are 0 in <see cref="Spec"/> until then; null where all sizes are written.
    /// </summary>
    public WeightsRequest? Weights => arguments.Weights is { } name
        ? new WeightsRequest(
            name,
            Name,
            Kind.Name,
            Place.Of(attribute.Name.GetLocation()),
            new EquatableArray<WrittenArgument>(arguments.All.Select(argument => new WrittenArgument(
                argument.Rule.Name, argument.State == ArgumentState.Missing ? null : argument.Value, Place.Of(argument.LocationIn(attribute))))))
        : null;

    /// <summary>Whether the first attribute stands on this node: parts of one type may carry an attribute each.</summary>
    public bool BeginsAt(SyntaxNode part) => attribute.Parent?.Parent == part;

    /// <summary>Where the value of an argument is written; the attribute's name if it is not.</summary>
    public Location LocationOf(string argument) => arguments[argument].LocationIn(attribute);
}
