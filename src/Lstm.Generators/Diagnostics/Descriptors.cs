using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics;

/// <summary>Every diagnostic. Each has a page in <c>docs/diagnostics/</c>; an id is never used again for something else.</summary>
internal static class Descriptors
{
    // First: the fields below add to it. Nothing writes to it afterwards.
    private static readonly Dictionary<string, DiagnosticDescriptor> Errors = new();

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "LSTM001",
        "The struct is not partial",
        "'{0}' must be partial so that its members can be generated: write 'partial struct {0}'");

    public static readonly DiagnosticDescriptor NotPlainStruct = Error(
        "LSTM002",
        "The type is not a plain struct",
        "[{0}] generates the members of a plain struct, not of a {1}: write 'partial struct {2}'");

    public static readonly DiagnosticDescriptor WrongSize = Error(
        "LSTM003",
        "A size is missing or out of range",
        "{0}: write {1}");

    public static readonly DiagnosticDescriptor Generic = Error(
        "LSTM004",
        "The struct is generic or inside a generic type",
        "'{0}' has type parameters, but [{1}] generates for one fixed type: {2}");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        "LSTM005",
        "A containing type is not partial",
        "'{0}' must be partial so that the members of '{1}' inside it can be generated: write 'partial {2} {0}'");

    public static readonly DiagnosticDescriptor FileLocal = Error(
        "LSTM006",
        "The type is file-local",
        "'{0}' is visible in this file only, but members are generated in another file: write 'internal' instead of 'file'");

    public static readonly DiagnosticDescriptor OwnNameTaken = Error(
        "LSTM007",
        "The struct has the name of a generated member",
        "A struct named '{0}' cannot hold the generated member '{0}': write another name, such as 'My{0}'");

    public static readonly DiagnosticDescriptor TooLargeToUnroll = Error(
        "LSTM008",
        "Too large to unroll",
        "Unrolled, '{0}' needs {1} operations in one method, more than the {2} that the JIT still optimizes: write Unrolling.Auto");

    public static readonly DiagnosticDescriptor TooManyParameters = Error(
        "LSTM009",
        "Too many parameters",
        "The parameters of '{0}' need {1} MiB, more than the {2} MiB allowed: write a smaller Hidden or fewer Layers");

    public static readonly DiagnosticDescriptor UndefinedValue = Error(
        "LSTM010",
        "Undefined enum value",
        "{0} = {1} is not defined: write {2}");

    public static readonly DiagnosticDescriptor UnsupportedPlatform = Error(
        "LSTM011",
        "The target framework or language version is too old",
        "The generated code needs {0} or later: write {1} in the project file");

    public static readonly DiagnosticDescriptor TwoAttributes = Error(
        "LSTM012",
        "Two of the generating attributes on one type",
        "'{0}' has [{1}] already: write [{2}] on a struct of its own");

    public static readonly DiagnosticDescriptor InstanceField = Error(
        "LSTM013",
        "The struct has a field of its own",
        "'{0}' would be stored in '{1}', which holds nothing but the generated parameters: write it in a type that has a '{1}', or make it static");

    public static readonly DiagnosticDescriptor MemberNameTaken = Error(
        "LSTM014",
        "A member has the name of a generated member",
        "'{0}' is {2} that is generated into '{1}': write {3}");

    public static readonly DiagnosticDescriptor LayoutAttribute = Error(
        "LSTM015",
        "The struct's memory layout is set by an attribute",
        "[{0}] would change the memory layout that is generated for '{1}': write '{1}' without it");

    public static readonly DiagnosticDescriptor HiddenNamespace = Error(
        "LSTM016",
        "A type hides a namespace",
        "The type '{0}' hides the namespace '{0}' from the code that is generated for '{1}': write another name");

    public static readonly DiagnosticDescriptor UnknownWeights = Error(
        "LSTM017",
        "No LstmWeights item has this name",
        "'{0}' is not the name of an LstmWeights item{1}: write <LstmWeights Include=\"{0}\" /> in an ItemGroup of the project file");

    public static readonly DiagnosticDescriptor OtherThanWeights = Error(
        "LSTM018",
        "The attribute contradicts the file of its weights",
        "{0} contradicts '{1}', which has {2}: write {3}");

    public static readonly DiagnosticDescriptor OtherLayout = Error(
        "LSTM019",
        "The weights were packed by another version",
        "'{0}' was packed for layout {1}, but this generator reads layout {2}: "
        + "write the same version of Lstm.Generators in all projects, and rebuild");

    public static readonly DiagnosticDescriptor LargeCopy = Warning(
        "LSTM020",
        "A large generated struct is passed or copied by value",
        "'{0}' ({1} bytes) is {2}: write {3}",
        "Lstm.Performance");

    public static readonly DiagnosticDescriptor LargeArrayElement = Warning(
        "LSTM021",
        "A generated struct is too large to be an array's element",
        "'{0}' ({1} bytes) is larger than the {2} bytes that the runtime allows an array's element: write a field or an AlignedMemory<{0}>",
        "Lstm.Usage");

    public static readonly DiagnosticDescriptor LostWrite = Warning(
        "LSTM022",
        "A generated member changes a copy",
        "'{0}' works on a copy of {1}, because {2}: the {3} of {1} stay as they are; write {4}",
        "Lstm.Usage");

    public static readonly DiagnosticDescriptor OtherBitsElsewhere = Warning(
        "LSTM023",
        "The portable profile has the bits of Arithmetic.Portable",
        "'{0}' has the bits of Arithmetic.Portable here, where code for C# 9 and netstandard2.1 is generated, and others on .NET 8 and later: "
            + "write Arithmetic = Arithmetic.Portable",
        "Lstm.Usage");

    public static readonly DiagnosticDescriptor HiddenType = Error(
        "LSTM024",
        "A type hides one that the generated code needs",
        "The {0} '{1}' hides '{2}' of {3} from the code that is generated for '{4}': write another name, or another namespace");

    private const string PageFolder = "https://github.com/lstm-generators/lstm-generators/blob/main/docs/diagnostics/";

    /// <summary>The error with this id.</summary>
    public static DiagnosticDescriptor Of(string id) => Errors[id];

    /// <summary>An error of a declaration. The generator reports it, and no setting hides it: without it nobody says why members throw.</summary>
    private static DiagnosticDescriptor Error(string id, string title, string message)
    {
        DiagnosticDescriptor descriptor = new(
            id, title, message, "Lstm.Declaration", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: PageFolder + id + ".md",
            customTags: WellKnownDiagnosticTags.NotConfigurable);
        Errors.Add(id, descriptor);
        return descriptor;
    }

    private static DiagnosticDescriptor Warning(string id, string title, string message, string category) => new(
        id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: PageFolder + id + ".md");
}
