using System;
using System.IO;
using Xunit;

namespace Lstm.Tasks.Tests;

public class CommandLineTests
{
    [Fact]
    public void AShortRun_EndsWithTheResultAndWritesTheTrials()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"lstm-tasks-{Guid.NewGuid():N}");
        try
        {
            (int code, string output, string error) = Run("temporal-order", "--symbols", "3", "--seeds", "2", "--limit", "8", "--output", folder);

            Assert.Equal((0, string.Empty), (code, error));
            Assert.EndsWith("\ntemporal order, 3 symbols: 0 of 2 seeds, median none\n", output, StringComparison.Ordinal);
            string[] lines = File.ReadAllLines(Path.Combine(folder, "temporal-order-3.csv"));
            Assert.Equal("task,seed,outcome,sequences,wrong,tested,mean_error,weights,seconds", lines[0]);
            Assert.StartsWith("temporal-order-3,1,NotLearned,8,", lines[1], StringComparison.Ordinal);
            Assert.StartsWith("temporal-order-3,2,NotLearned,8,", lines[2], StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--steps 9 will not do. T, the least number of pairs, 10 to 10,000. See --help.", "adding", "--steps", "9")]
    [InlineData("--steps ten will not do. T, the least number of pairs, 10 to 10,000. See --help.", "adding", "--steps", "ten")]
    [InlineData("--symbols 4 will not do. How many symbols matter, 2 or 3. See --help.", "temporal-order", "--symbols", "4")]
    [InlineData("--seeds 0 will not do. How many seeds, 1 to 1,000. See --help.", "reber", "--seeds", "0")]
    [InlineData(
        "--first-year 1950 is not before --last-year 1950: the errors need more than a year.",
        "sunspots", "--first-year", "1950", "--last-year", "1950")]
    public void ABadOption_IsOneLineOfError(string expected, params string[] args)
    {
        (int code, string output, string error) = Run(args);

        Assert.Equal((1, string.Empty, $"{expected}\n"), (code, output, error));
    }

    [Fact]
    public void AFolderThatCannotBeMade_IsSaidBeforeAnythingIsComputed()
    {
        string file = Path.GetTempFileName();
        try
        {
            (int code, string output, string error) = Run("copy", "--output", Path.Combine(file, "below"));

            Assert.Equal((1, string.Empty), (code, output));
            Assert.StartsWith($"The numbers cannot be written to {file}", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = Program.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
