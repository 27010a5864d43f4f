using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>The code of <c>docs/sequences.md</c> is the code that is tested here.</summary>
public class PageTests
{
    [Fact]
    public void CodeOfThePage_StandsInTheRecipes()
    {
        string root = Root(), folder = Path.Combine(root, "tests", "Lstm.Integration.Tests", "Sequences");
        string recipes = string.Concat(Directory.EnumerateFiles(folder, "*.cs").Select(file => Trimmed(File.ReadLines(file))));
        string[] paragraphs = [.. Paragraphs(File.ReadLines(Path.Combine(root, "docs", "sequences.md")))];

        Assert.NotEmpty(paragraphs);
        Assert.All(paragraphs, paragraph => Assert.Contains(paragraph, recipes, StringComparison.Ordinal));
    }

    /// <summary>The lines of C# between two that are empty, or at an end of a block.</summary>
    private static IEnumerable<string> Paragraphs(IEnumerable<string> page)
    {
        bool code = false;
        List<string> paragraph = [];
        foreach (string line in page)
        {
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if ((fence || line.Length == 0) && paragraph.Count > 0)
            {
                yield return Trimmed(paragraph);
                paragraph = [];
            }
            else if (code && line.Length > 0 && !fence)
            {
                paragraph.Add(line);
            }

            code = fence ? line == "```csharp" : code;
        }
    }

    /// <summary>Indentation is the page's own.</summary>
    private static string Trimmed(IEnumerable<string> lines) => string.Concat(lines.Select(line => line.Trim() + "\n"));

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "docs", "sequences.md")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException($"No docs/sequences.md above {AppContext.BaseDirectory}.");
    }
}
