using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Names of generated files.</summary>
internal static class HintNames
{
    /// <summary>
    /// The most characters of a name: the compiler can write generated files to a folder, and there are systems that allow a path 260.
    /// </summary>
    public const int Longest = 100;

    private const string Extension = ".g.cs";

    /// <summary>
    /// Namespace, containing types and name, dotted. Characters outside <c>[A-Za-z0-9_]</c> become <c>-</c> and four hex
    /// digits. The compiler compares hint names without regard to case, so where a neighbour differs in case only,
    /// <c>-x</c> and one bit per letter (1 for a capital, in hex) are added. A generic type has its number of type parameters.
    /// </summary>
    public static string Of(IReadOnlyList<INamespaceOrTypeSymbol> path)
    {
        StringBuilder hint = new();
        foreach (char c in string.Join(".", path.Select(symbol => symbol.MetadataName)))
        {
            if (c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.')
            {
                hint.Append(c);
            }
            else
            {
                hint.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        if (path.Any(HasNeighbourInOtherCase))
        {
            string capitals = Capitals(hint.ToString());
            hint.Append("-x").Append(capitals);
        }

        return Shortened(hint.ToString()) + Extension;
    }

    private static bool HasNeighbourInOtherCase(INamespaceOrTypeSymbol symbol)
    {
        INamespaceOrTypeSymbol? parent = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        return parent is not null && parent.GetMembers().Any(member =>
            member is INamespaceOrTypeSymbol
            && string.Equals(member.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(member.Name, symbol.Name, StringComparison.Ordinal));
    }

    private static string Capitals(string text)
    {
        StringBuilder hex = new();
        for (int start = 0; start < text.Length; start += 4)
        {
            int bits = 0;
            for (int i = start; i < Math.Min(start + 4, text.Length); i++)
            {
                bits |= text[i] is >= 'A' and <= 'Z' ? 1 << (i - start) : 0;
            }

            hex.Append(bits.ToString("x", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    /// <summary>
    /// A name that is too long keeps its beginning, and then has <c>-h</c> and 16 hex digits of a hash of all of it. No other name has <c>-h</c>.
    /// </summary>
    private static string Shortened(string name)
    {
        if (name.Length + Extension.Length <= Longest)
        {
            return name;
        }

        string hash = $"-h{Hash(name).ToString("x16", CultureInfo.InvariantCulture)}";
        return name.Substring(0, Longest - Extension.Length - hash.Length) + hash;
    }

    /// <summary>FNV-1a of 64 bits: the same on every machine, unlike the framework's hash of a string.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }
}
