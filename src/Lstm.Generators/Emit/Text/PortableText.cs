using System;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Model;

namespace Lstm.Generators.Emit;

/// <summary>
/// The words of generated code that differ between platforms. Emitters write those of the modern one; here the words of C# 9 and netstandard2.1 take
/// their place.
/// </summary>
internal static class PortableText
{
    /// <summary>
    /// Lines that older compilers or frameworks do not know, and need not: a hint to the JIT, and a right that <c>First</c> does without.
    /// </summary>
    private static readonly string[] Dropped = { TypeFrame.UnscopedRef, TypeFrame.Hot, Code.Hot, "using global::System.Runtime.Intrinsics;" };

    /// <summary>What stands for methods of <c>Unsafe</c> that C# 9 cannot call where the framework is .NET 8.</summary>
    private const string Reference = "global::Lstm.Kernels.PortableReference";

    private const string UnwrittenField = "#pragma warning disable CS0649 // a storage's field is written through references only";

    /// <summary>The members of the user's type.</summary>
    public static string Members(string text, TargetType target) => Storage.Replace(Lines(text), FirstOfStorage)
        .Replace(TypeFrame.Directives, $"{TypeFrame.Directives}\n{UnwrittenField}")
        .Replace($"{TypeFrame.Unsafe}.AsRef(in ", $"{Reference}.To(in ")
        .Replace($"global::{KernelEmitter.Namespace}.", $"global::{NamespaceOf(target)}.");

    /// <summary>
    /// What stands behind it. C# 9 has no types that only their file sees, so that each file has a namespace of its own. A place in a span or a tape
    /// fits an <c>int</c>. Mono's JIT takes a negative one for a large one: such a place is subtracted.
    /// </summary>
    public static string Kernels(string text, TargetType target) => Before.Replace(Lines(text), Subtracted)
        .Replace($"namespace {KernelEmitter.Namespace}\n", $"namespace {NamespaceOf(target)}\n")
        .Replace("file static class ", "internal static class ")
        .Replace("file struct ", "internal struct ")
        .Replace("Unsafe.IsNullRef(", "PortableReference.IsNull(")
        .Replace("(IntPtr)", string.Empty)
        .Replace("IntPtr ", "int ");

    /// <summary>A place in front of a reference: <c>-4</c>, or <c>20 - stepStride</c>, of which what is subtracted is larger.</summary>
    private static readonly Regex Before = new(@"Unsafe\.Add\(ref (\w+), (?:-(\d+)|(\d+) - (\(\(IntPtr\)sequences \* \d+\)|stepStride))\)");

    private static string Subtracted(Match place)
    {
        (string reference, string constant, string less, string distance) =
            (place.Groups[1].Value, place.Groups[2].Value, place.Groups[3].Value, place.Groups[4].Value);
        return $"Unsafe.Subtract(ref {reference}, {(constant.Length > 0 ? constant : $"{distance} - {less}")})";
    }

    /// <summary>The field that a storage struct begins with.</summary>
    private static readonly Regex Storage = new(@"^( *)public (float|double) First;$", RegexOptions.Multiline);

    /// <summary>
    /// In C# 9 a struct may not return a reference to its own field, but a span over it. The member is readonly, so that readonly members of the
    /// user's type work on the storage and not on a copy.
    /// </summary>
    private static string FirstOfStorage(Match field)
    {
        (string indentation, string number) = (field.Groups[1].Value, field.Groups[2].Value);
        string first = $"{TypeFrame.Marshal}.CreateSpan(ref {Reference}.To(in number), 1)";
        return $"{indentation}private {number} number;\n\n{indentation}public readonly ref {number} First => ref {TypeFrame.Marshal}.GetReference(\n"
            + $"{indentation}    {first});";
    }

    private static string Lines(string text) =>
        string.Join("\n", text.Split('\n').Where(line => !Dropped.Contains(line.TrimStart(), StringComparer.Ordinal)));

    /// <summary>A namespace for each hint name, which is unique: <c>_</c> for a dot, <c>_0</c> for <c>_</c> and <c>_1</c> for <c>-</c>.</summary>
    private static string NamespaceOf(TargetType target)
    {
        string name = target.HintName.Substring(0, target.HintName.Length - ".g.cs".Length);
        return $"{KernelEmitter.Namespace}.Of_{name.Replace("_", "_0").Replace("-", "_1").Replace(".", "_")}";
    }
}
