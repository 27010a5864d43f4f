using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>
/// Random declarations: right ones get their members, of wrong ones somebody says what is wrong, generated files compile, and nothing throws. There
/// are 1,000 declarations, of which one in nine is compiled with what was generated; or as many as the environment variable LSTM_FUZZ says, all so.
/// </summary>
public sealed class DeclarationFuzzTests
{
    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("LSTM_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    [Fact]
    public async Task RandomDeclarations_WorkOrAreExplained()
    {
        int declarations = Asked ?? 1_000;
        List<string> failures = [];
        List<string> ids = [];
        (int accepted, int tried) = (0, 0);
        for (int run = 0; tried < declarations; run++)
        {
            FuzzCase[] cases = [.. Enumerable.Range(run * FuzzCase.Run, FuzzCase.Run).Select(FuzzCase.Of)];
            bool whole = Asked is not null || run % 9 == 0;
            foreach (FuzzCase[] together in cases[0].Kind == FuzzKind.Project ? cases.Chunk(1) : [cases])
            {
                FuzzRun done = await FuzzRun.Of(together, whole);
                ids.AddRange(done.Ids);
                accepted += done.Accepted;
                tried += together.Sum(one => one.Declarations);
                if (failures.Count < 5 && done.Complaints().Any())
                {
                    failures.AddRange(await Explain(together));
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));

        // That the cases are worth something: many of both kinds, and most ways to be wrong.
        Assert.True(accepted > tried / 3, $"Only {accepted} files were generated of {tried} declarations");
        Assert.True(ids.Count > tried / 10, $"Only {ids.Count} errors in {tried} declarations");
        Assert.True(tried < 1_000 || ids.Distinct().Count() >= 12, string.Join(' ', ids.Distinct().Order(StringComparer.Ordinal)));
    }

    /// <summary>What is wrong with each of the cases alone, the source made as small as it goes; with all of them, if none fails alone.</summary>
    private static async Task<IEnumerable<string>> Explain(FuzzCase[] cases)
    {
        List<string> failures = [];
        foreach (FuzzCase one in cases)
        {
            if (await First(one) is { } complaint)
            {
                string kind = Kind(complaint);
                string smaller = await SmallerSource.Of(
                    one.Source, async source => await First(one with { Source = source }) is { } same && Kind(same) == kind);
                failures.Add($"{complaint}\n{one}\nSmaller:\n{smaller}");
            }
        }

        return failures.Count > 0
            ? failures
            : [$"Together: {string.Join('\n', (await FuzzRun.Of(cases)).Complaints())}\n{string.Join('\n', cases.ToList())}"];
    }

    private static async Task<string?> First(FuzzCase one) => (await FuzzRun.Of([one])).Complaints().FirstOrDefault();

    /// <summary>A complaint without what changes when the source becomes smaller.</summary>
    private static string Kind(string complaint) => complaint[..Math.Min(complaint.Length, complaint.IndexOf(": ", StringComparison.Ordinal) + 9)];
}
