using System;
using System.IO;

namespace Lstm.Benchmarks;

/// <summary>
/// <c>docs/benchmarks.md</c>: prose by hand, and between <c>&lt;!-- begin: name --&gt;</c> and <c>&lt;!-- end: name --&gt;</c> what was measured.
/// </summary>
internal sealed class ReportDocument
{
    private string text = File.ReadAllText(Path);

    /// <summary>Where the charts go, beside the page.</summary>
    public static string Images { get; } = System.IO.Path.Combine(Repository.Root, "docs", "images");

    private static string Path => System.IO.Path.Combine(Repository.Root, "docs", "benchmarks.md");

    /// <summary>What a region holds.</summary>
    public string this[string region]
    {
        get
        {
            (int start, int stop) = Find(region);
            return text[start..stop];
        }
    }

    /// <summary>Replaces a region and writes the page, so that a run that is stopped keeps what it has measured.</summary>
    public void Set(string region, string content)
    {
        (int start, int stop) = Find(region);
        text = $"{text[..start]}\n{content.Trim('\n')}\n\n{text[stop..]}";
        File.WriteAllText(Path, text);
        Console.WriteLine($"{region}\n\n{content}");
    }

    private (int Start, int Stop) Find(string region)
    {
        string begin = $"<!-- begin: {region} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int stop = text.IndexOf($"<!-- end: {region} -->", StringComparison.Ordinal);
        return start < 0 || stop < start
            ? throw new InvalidOperationException($"{Path} has no region {region}.")
            : (start + begin.Length, stop);
    }
}
