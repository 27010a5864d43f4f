using System;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>What a case is about, and with what it shares a compilation.</summary>
internal enum FuzzKind
{
    /// <summary>Declarations in a namespace of their own, several files to a compilation.</summary>
    Declarations,

    /// <summary>The same after random edits, so that it need not be C#.</summary>
    Broken,

    /// <summary>A project of its own: other languages, the global namespace, namespaces and names that hide those of generated code.</summary>
    Project,
}

/// <summary>A file with attributed types.</summary>
/// <param name="Declarations">How many they are.</param>
/// <param name="Source">The file.</param>
/// <param name="Use">Another one, which uses the members that are generated; empty: they are not accessible, or not expected.</param>
/// <param name="MustWork">Whether nothing is wrong with it: every declaration must get its members.</param>
internal sealed record FuzzCase(int Index, FuzzKind Kind, int Declarations, string Source, string Use, bool MustWork)
{
    /// <summary>The seed of all cases.</summary>
    public const int Seed = 20261130;

    /// <summary>How many cases in a row are of one kind.</summary>
    public const int Run = 20;

    /// <summary>The name of its file, which no other case has.</summary>
    public string Path => $"Case{Index}.cs";

    /// <summary>The case with this number: always the same.</summary>
    public static FuzzCase Of(int index)
    {
        FuzzKind kind = (index / Run % 10) switch { 3 or 8 => FuzzKind.Broken, 5 => FuzzKind.Project, _ => FuzzKind.Declarations };
        Draw draw = new(Seed, index);
        DeclarationText text = new(draw, index, kind);
        string source = text.Write();
        if (kind == FuzzKind.Broken)
        {
            return new FuzzCase(index, kind, text.Declarations, TokenEdits.Apply(source, draw), string.Empty, MustWork: false);
        }

        source = draw.Chance(10) ? source.Replace("\n", "\r\n", StringComparison.Ordinal) : source;
        return new FuzzCase(index, kind, text.Declarations, source, draw.IsRight ? text.Use : string.Empty, draw.IsRight);
    }

    public override string ToString() =>
        $"Case {Index} of seed {Seed}, {Kind}{(MustWork ? ", nothing wrong" : string.Empty)}:\n{Source}\n{Use}";
}
