using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace Lstm.Generators.Tests.Faults;

/// <summary>The lists of deliberate faults in tests/Faults fit the code as it is now: <c>tests/Faults/check</c> can put in every one.</summary>
public class FaultListTests
{
    private static readonly string[] Keys = ["name", "file", "old", "new", "tests", "why"];

    private static readonly string Root = RootOf();

    public static TheoryData<string> Lists => ["generator", "runtime"];

    [Theory]
    [MemberData(nameof(Lists))]
    public void EveryEntry_HasItsKeysInOrder(string list) => Assert.All(Read(list), entry => Assert.Equal(Keys, entry.Select(line => line.Key)));

    [Fact]
    public void Names_AreDistinct()
    {
        string[] names = Read("generator").Concat(Read("runtime")).Select(entry => Value(entry, "name")).ToArray();

        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void OldText_StandsInItsFileOnce(string list) => Assert.All(Read(list), entry =>
    {
        string old = Value(entry, "old");
        int found = File.ReadAllText(Path.Combine(Root, Value(entry, "file"))).Split(old).Length - 1;
        Assert.True(found == 1, $"{Value(entry, "name")}: '{old}' stands {found} times in {Value(entry, "file")}");
        Assert.NotEqual(old, Value(entry, "new"));
    });

    [Theory]
    [MemberData(nameof(Lists))]
    public void TestClasses_Exist(string list) => Assert.All(Read(list), entry =>
    {
        string[] words = Value(entry, "tests").Split(' ');
        string[] files = Directory.GetFiles(Path.Combine(Root, "tests", $"Lstm.{words[0]}.Tests"), "*Tests*.cs", SearchOption.AllDirectories);
        Assert.True(words.Length > 1, Value(entry, "name"));
        Assert.All(words.Skip(1), name => Assert.Contains(files, file => File.ReadAllText(file).Contains($"class {name}")));
    });

    /// <summary>The entries of a list: lines of a key and its value.</summary>
    private static List<KeyValuePair<string, string>[]> Read(string list) =>
        File.ReadAllText(Path.Combine(Root, "tests", "Faults", list + ".txt")).ReplaceLineEndings("\n").Split("\n\n")
            .Select(entry => entry.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Line).ToArray())
            .Where(entry => entry.Length > 0)
            .ToList();

    private static KeyValuePair<string, string> Line(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return new(line[..colon], line[(colon + 1)..].TrimStart(' '));
    }

    private static string Value(KeyValuePair<string, string>[] entry, string key) => entry.Single(line => line.Key == key).Value;

    private static string RootOf([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
