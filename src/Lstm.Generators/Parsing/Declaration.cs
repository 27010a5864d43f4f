using System.Collections.Immutable;
using Lstm.Generators.Model;

namespace Lstm.Generators.Parsing;

/// <summary>An attributed type as it was read: either a target with its arguments, or what is wrong with it.</summary>
internal sealed class Declaration
{
    private readonly ImmutableDictionary<string, int> values;

    public Declaration(
        DeclarationKind kind, TargetType? target, ImmutableDictionary<string, int> values, ImmutableArray<Problem> problems)
    {
        Kind = kind;
        Target = problems.IsEmpty ? target : null;
        this.values = values;
        Problems = problems;
    }

    public DeclarationKind Kind { get; }

    /// <summary>Null if there are problems, or if the code is so unfinished that the compiler itself refuses it.</summary>
    public TargetType? Target { get; }

    public ImmutableArray<Problem> Problems { get; }

    /// <summary>The value of an argument, written or default.</summary>
    public int this[string argument] => values[argument];
}
