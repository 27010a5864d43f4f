using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Snapshots;

/// <summary>
/// The committed files of <c>samples/Snapshots</c>, which every build of the sample writes anew. This finds files that are stale or missing; the gate
/// compares them with git.
/// </summary>
public sealed class SampleTests
{
    [Fact]
    public void CommittedFiles_AreWhatTheGeneratorWrites()
    {
        string sample = Path.Combine(Root(), "samples", "Snapshots");
        string folder = Path.Combine(sample, "Generated", "Lstm.Generators", typeof(LstmGenerator).FullName!);
        CSharpCompilation compilation = TestCompilation.Create(File.ReadAllText(Path.Combine(sample, "Types.cs")));
        Dictionary<string, string> written = GeneratorRun.Files(compilation).ToDictionary(file => file.HintName, file => file.Text);
        if (Environment.GetEnvironmentVariable("LSTM_ACCEPT_SNAPSHOTS") == "1")
        {
            foreach ((string name, string text) in written)
            {
                File.WriteAllText(Path.Combine(folder, name), text, Encoding.UTF8);
            }
        }

        Assert.Equal(
            written.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(written, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(folder, file.Key))));
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
