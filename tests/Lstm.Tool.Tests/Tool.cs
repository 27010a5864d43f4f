using System;
using System.IO;
using System.Linq;
using Lstm.Formats;
using Xunit;

namespace Lstm.Tool.Tests;

/// <summary>The tool, run in this process.</summary>
internal static class Tool
{
    /// <summary>The model files of the tests of Lstm.Formats.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "files")).Select(static path => Path.GetFileName(path))
            .Where(static name => !name.EndsWith(".py", StringComparison.Ordinal) && !name.EndsWith(".expected.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The path of one of them.</summary>
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "files", name);

    /// <summary>Runs a command that succeeds, and gives what it printed.</summary>
    public static string Output(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: exit code {code}: {error}");
        Assert.Empty(error);
        return output;
    }

    /// <summary>Runs a command that cannot be carried out: exit code 2, one line that says why, and nothing else.</summary>
    public static void Refused(string expected, params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.True(code == 2, $"{string.Join(' ', arguments)}: exit code {code}");
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static letter => letter == '\n'));
        Assert.DoesNotContain('\u001b', error);
        Assert.Empty(output);
    }

    /// <summary>Runs a command.</summary>
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = Program.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The last line of what was printed.</summary>
    public static string LastLine(string output) => output.TrimEnd().Split('\n')[^1].TrimEnd();

    /// <summary>Writes a model and gives its path.</summary>
    public static string Write(LstmModel model, string path)
    {
        LstmFile.Write(model, path);
        return path;
    }
}

/// <summary>An empty folder of one test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("lstm-tool-");

    public string Path => directory.FullName;

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(static path => System.IO.Path.GetFileName(path)!).Order()];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => directory.Delete(recursive: true);
}
