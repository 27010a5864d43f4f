using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>Makes the source of a failure smaller.</summary>
internal static class SmallerSource
{
    /// <summary>Leaves out runs of tokens, long ones first, as long as the rest still fails.</summary>
    public static async Task<string> Of(string source, Func<string, Task<bool>> fails)
    {
        List<string> tokens = [.. SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString())];
        for (int length = tokens.Count / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= tokens.Count;)
            {
                List<string> fewer = [.. tokens[..at], .. tokens[(at + length)..]];
                if (await fails(string.Concat(fewer)))
                {
                    tokens = fewer;
                }
                else
                {
                    at += length;
                }
            }
        }

        return string.Concat(tokens);
    }
}
