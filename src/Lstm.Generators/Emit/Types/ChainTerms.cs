using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lstm.Generators.Emit;

/// <summary>Sums and products of many terms as one expression over several lines.</summary>
internal static class ChainTerms
{
    private const int PerLine = 8;

    /// <summary>Writes <c>left = term + term ...;</c> with at most eight terms a line, the rest indented below.</summary>
    /// <param name="operation"><c>+</c> or <c>*</c>; C# takes both from left to right, which fixes the order.</param>
    public static void Assign(SourceWriter writer, string left, string operation, IEnumerable<string> terms)
    {
        StringBuilder text = new($"{left} = ");
        int count = 0;
        foreach (string term in terms)
        {
            text.Append(count == 0 ? "" : count % PerLine == 0 ? $"\n    {operation} " : $" {operation} ").Append(term);
            count++;
        }

        writer.Lines(text.Append(';').ToString());
    }
}
