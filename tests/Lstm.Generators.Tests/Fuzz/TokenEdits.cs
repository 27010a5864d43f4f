using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>Random edits of a source, token by token.</summary>
internal static class TokenEdits
{
    private static readonly string[] Others =
    [
        "0", "-1", "99999999999", "null", "default", "typeof(int)", "(Lstm.Unrolling)7", "<T>", "class", "record", "interface", "enum", "delegate",
        "ref", "readonly", "file", "static", "partial", "struct", "namespace N;", "using", "@", "\n#if X\n", "\n#endif\n", "\n#line hidden\n",
        "\n#line 3 \"\"\n", "/*", "*/", "\"", "'", "$\"{", "\\u0043ell", "\0", "\u202e", "\ud800", "[Lstm.LstmCell]", "[Lstm.LstmCell(3, 5)]",
        "[Lstm.DeepChain(Layers = 3)]", "[Lstm.LstmNetwork(Input = x)]", "int field;", "struct State { }", "}", "{", ")", "(", "]", "[", ";", ",",
        "=", "=>", ".", ":", "where T :", "??",
    ];

    /// <summary>The source with one to five tokens left out, doubled, replaced, exchanged with their neighbours, or new ones between them.</summary>
    public static string Apply(string source, Draw draw)
    {
        List<string> tokens = [.. SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString())];
        for (int edits = 1 + draw.Below(5); edits > 0; edits--)
        {
            int at = draw.Below(tokens.Count);
            switch (draw.Below(6))
            {
                case 0: tokens.RemoveAt(at); break;
                case 1: tokens.Insert(at, tokens[draw.Below(tokens.Count)]); break;
                case 2: tokens[at] = draw.Of(Others) + " "; break;
                case 3: tokens.Insert(at, draw.Of(Others) + " "); break;
                case 4: (tokens[at], tokens[^1]) = (tokens[^1], tokens[at]); break;
                default: tokens.RemoveRange(at, System.Math.Min(1 + draw.Below(8), tokens.Count - at)); break;
            }

            if (tokens.Count == 0)
            {
                break;
            }
        }

        return string.Concat(tokens);
    }
}
