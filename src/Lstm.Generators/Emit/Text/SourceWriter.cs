using System;
using System.Text;

namespace Lstm.Generators.Emit;

/// <summary>
/// Collects indented lines with <c>\n</c> ends. It takes strings and ints only, so that no number is ever formatted
/// in the machine's culture: a float comes in as the literal the plan holds.
/// </summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder text = new();
    private int depth;
    private bool blank;
    private string last = "{";

    /// <summary>
    /// Writes one line, or a blank one. Blank lines stand between statements only, never at the edge of a block, and one
    /// follows every block.
    /// </summary>
    public void Line(string line = "")
    {
        if (line.Length == 0)
        {
            blank = true;
            return;
        }

        string next = line.TrimStart();
        bool inBlock = last != "{" && next != "}";
        bool afterBlock = last == "}" && !next.StartsWith("else", StringComparison.Ordinal);
        if (inBlock && (blank || afterBlock))
        {
            text.Append('\n');
        }

        text.Append(' ', 4 * depth).Append(line).Append('\n');
        last = next;
        blank = false;
    }

    /// <summary>Writes each line of a raw string at the current depth.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            Line(line.TrimEnd());
        }
    }

    /// <summary>Writes a header and its opening brace; disposing writes the closing one.</summary>
    public Scope Block(string header)
    {
        Lines(header);
        Line("{");
        depth++;
        return new Scope(this);
    }

    /// <summary>A loop in strides, where there is more than one turn of it.</summary>
    /// <returns>Its variable, or the number it would have.</returns>
    public string Loop(string variable, int start, int stride, int count, out Scope? loop)
    {
        loop = count > 1
            ? Block($"for (IntPtr {variable} = {start}; {variable} < {start + (count * stride)}; {Code.Advance(variable, stride)})")
            : null;
        return count > 1 ? variable : $"{start}";
    }

    public override string ToString() => text.ToString();

    /// <summary>An open brace.</summary>
    internal readonly struct Scope : IDisposable
    {
        private readonly SourceWriter writer;

        public Scope(SourceWriter writer) => this.writer = writer;

        public void Dispose()
        {
            writer.depth--;
            writer.Line("}");
        }
    }
}
