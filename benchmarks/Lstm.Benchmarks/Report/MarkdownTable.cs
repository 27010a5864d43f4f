using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lstm.Benchmarks;

/// <summary>A table with its first column to the left and the others to the right.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, columns);
        Append(text, ["---", .. Enumerable.Repeat("--:", columns.Length - 1)]);
        rows.ForEach(row => Append(text, row));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
