using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.Tool.Embed;

/// <summary>Names that C# takes.</summary>
internal static class Identifiers
{
    private const string Suffix = "Weights";

    /// <summary>A name that was given, if it is an identifier.</summary>
    /// <exception cref="ToolException">It is none, or a word of C#.</exception>
    public static string Checked(string option, string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        ? name
        : throw new ToolException($"{option} {name} is no name in C#. Use letters, digits and _, such as PedalWeights.");

    /// <summary>A namespace that was given, if each of its parts is an identifier.</summary>
    /// <exception cref="ToolException">A part is none.</exception>
    public static string CheckedNamespace(string option, string name) => string.Join('.', name.Split('.').Select(part => Checked(option, part)));

    /// <summary>PedalWeights for pedal.nam: letters and digits of the name, each word with a capital.</summary>
    public static string OfFile(string path)
    {
        var name = new StringBuilder();
        bool begins = true;
        foreach (char letter in Path.GetFileName(path).Split('.')[0])
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(begins ? char.ToUpperInvariant(letter) : letter);
            }

            begins = !char.IsAsciiLetter(letter);
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, "Model");
        }

        return name.ToString().EndsWith(Suffix, StringComparison.Ordinal) ? name.ToString() : name.Append(Suffix).ToString();
    }
}
