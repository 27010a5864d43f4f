using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Lstm.Generators.Tests.Infrastructure;
using Xunit;

namespace Lstm.Generators.Tests.Snapshots;

/// <summary>
/// Compares generated files with the ones somebody read and approved, in the file convention of
/// <c>Verify.SourceGenerators</c>: <c>_snapshots/{Class}.{Method}#{HintName}.verified.cs</c>, UTF-8 with BOM, LF, the
/// hint name in the first line, and <c>.received.cs</c> beside it after a mismatch. To approve a change, read it and
/// rename received to verified, or run the tests with the environment variable <c>LSTM_ACCEPT_SNAPSHOTS=1</c>.
/// </summary>
internal static class Snapshot
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";

    /// <summary>Lines around a change that the failure message repeats.</summary>
    private const int Context = 3;

    private static readonly UTF8Encoding Utf8WithBom = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Where the approved files are, found from the test's output folder: a path recorded by the compiler may be mapped.</summary>
    public static string Folder { get; } = Path.Combine(ProjectFolder(), "_snapshots");

    private static bool Accepting => Environment.GetEnvironmentVariable("LSTM_ACCEPT_SNAPSHOTS") == "1";

    /// <summary>Names of approved files, without folder: <c>{Class}.{Method}#{HintName}.verified.cs</c>.</summary>
    private static IEnumerable<string> VerifiedNames() =>
        Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*" + Verified).Select(path => Path.GetFileName(path)) : [];

    /// <summary>Fails if there is an approved file of none of these tests, <c>{Class}.{Method}</c> each.</summary>
    public static void VerifyNames(IEnumerable<string> tests) =>
        Assert.Empty(Stale(VerifiedNames().Where(name => !tests.Contains(name.Split('#')[0]))));

    /// <summary>Fails unless <paramref name="source"/> generates exactly the approved files of the calling test.</summary>
    public static void Verify(string source, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string prefix = $"{Path.GetFileNameWithoutExtension(file)}.{method}#";
        List<string> problems = [];
        HashSet<string> expected = [];
        foreach ((string hintName, string text) in GeneratorRun.Files(TestCompilation.Create(source)))
        {
            string name = prefix + Path.GetFileNameWithoutExtension(hintName);
            expected.Add(name + Verified);
            if (Compare(Path.Combine(Folder, name), $"//HintName: {hintName}\n{text}") is { } difference)
            {
                problems.Add(difference);
            }
        }

        problems.AddRange(Stale(VerifiedNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !expected.Contains(name))));
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    /// <summary>A complaint about each of these files; none where changes are accepted, which deletes them.</summary>
    private static List<string> Stale(IEnumerable<string> names)
    {
        List<string> problems = [];
        foreach (string name in names)
        {
            if (Accepting)
            {
                File.Delete(Path.Combine(Folder, name));
            }
            else
            {
                problems.Add($"{name} is stale: nothing generates it any more. Delete it.");
            }
        }

        return problems;
    }

    /// <summary>Null if the approved file holds <paramref name="text"/>, else what differs; leaves the received file behind.</summary>
    private static string? Compare(string path, string text)
    {
        byte[] received = [.. Utf8WithBom.GetPreamble(), .. Utf8WithBom.GetBytes(text)];
        byte[]? verified = File.Exists(path + Verified) ? File.ReadAllBytes(path + Verified) : null;
        Directory.CreateDirectory(Folder);
        File.Delete(path + Received);
        if (verified is not null && verified.AsSpan().SequenceEqual(received))
        {
            return null;
        }

        if (Accepting)
        {
            File.WriteAllBytes(path + Verified, received);
            return null;
        }

        File.WriteAllBytes(path + Received, received);
        string name = Path.GetFileName(path);
        return verified is null
            ? $"{name}{Verified} does not exist. Read {name}{Received}; if it is right, rename it."
            : $"{name}{Received} differs from {Verified}:\n{Difference(Utf8WithBom.GetString(verified), Utf8WithBom.GetString(received))}";
    }

    /// <summary>Changed lines with their neighbours; where no line differs, it is the byte order mark or the line ends.</summary>
    private static string Difference(string before, string after)
    {
        List<DiffPiece> lines = InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines;
        bool[] shown = new bool[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            for (int j = Math.Max(0, i - Context); j <= Math.Min(lines.Count - 1, i + Context); j++)
            {
                shown[i] |= lines[j].Type != ChangeType.Unchanged;
            }
        }

        StringBuilder text = new();
        for (int i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                char mark = lines[i].Type switch { ChangeType.Inserted => '+', ChangeType.Deleted => '-', _ => ' ' };
                text.Append(mark).Append(' ').Append(lines[i].Text).Append('\n');
            }
            else if (i > 0 && shown[i - 1])
            {
                text.Append("...\n");
            }
        }

        return text.Length > 0 ? text.ToString() : "only the byte order mark or the line ends differ";
    }

    private static string ProjectFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lstm.Generators.Tests.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Lstm.Generators.Tests.csproj above {AppContext.BaseDirectory}");
    }
}
