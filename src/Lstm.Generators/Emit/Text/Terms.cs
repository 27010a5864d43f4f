using System.Collections.Generic;
using System.Text;

namespace Lstm.Generators.Emit;

/// <summary>Statements of many terms, over several lines.</summary>
internal static class Terms
{
    /// <summary>Characters after which a line is full. The term that fills it has at most 21, and a body is indented by 12.</summary>
    private const int LineLength = 110;

    /// <summary><c>left = term + term ...;</c> as one expression.</summary>
    /// <param name="operation"><c>+</c> or <c>*</c>; C# takes both from left to right, which fixes the order.</param>
    public static string Assign(string left, string operation, IEnumerable<string> terms) =>
        Join($"{left} = ", $" {operation} ", $"\n    {operation} ", terms);

    /// <summary><c>public type name, name ...;</c>.</summary>
    public static string Fields(string type, IEnumerable<string> names) => Join($"public {type} ", ", ", ",\n    ", names);

    private static string Join(string left, string separator, string newLine, IEnumerable<string> terms)
    {
        StringBuilder text = new(left);
        int lineStart = 0;
        string before = string.Empty;
        foreach (string term in terms)
        {
            text.Append(before).Append(term);
            bool full = text.Length - lineStart >= LineLength;
            before = full ? newLine : separator;
            lineStart = full ? text.Length : lineStart;
        }

        return text.Append(';').ToString();
    }
}
