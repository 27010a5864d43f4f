namespace Lstm.Generators.Model;

/// <summary>What is generated for a wrong declaration: its members, so that code which uses them compiles, with bodies that throw.</summary>
/// <param name="Spec">The nearest spec that can be generated.</param>
internal sealed record Stub<TSpec>(TSpec Spec, StubNotes Notes)
    where TSpec : class, ISpec;

/// <summary>How stubs differ from the members of a right declaration.</summary>
/// <param name="Reason">What they throw: the message of the declaration's first problem.</param>
/// <param name="HasInterfaces">Whether the type may implement the interfaces that generated types implement.</param>
/// <param name="HasReadonly">Whether its members may be <c>readonly</c>.</param>
/// <param name="HasNullable">Whether the language knows <c>#nullable</c>.</param>
/// <param name="HasSpans">Whether the framework has <c>Span</c>; else members with spans are left out.</param>
/// <param name="IsStatic">Whether the type has no instances.</param>
/// <param name="IsExperimental">Whether code outside the type may not name it without saying so.</param>
/// <param name="Taken">Members of the user's own, which stay: names, and signatures of methods.</param>
/// <param name="Unusable">Names of generated types that the user took for something else: members whose parameters have them are left out.</param>
internal sealed record StubNotes(
    string Reason, bool HasInterfaces, bool HasReadonly, bool HasNullable, bool HasSpans, bool IsStatic, bool IsExperimental,
    EquatableArray<string> Taken, EquatableArray<string> Unusable);
