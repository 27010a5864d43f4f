using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Agents;

/// <summary>A frame, and the game's hash behind it.</summary>
internal readonly record struct Check(long Frame, ulong Hash)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frame} {Hash:X16}");
}

/// <summary>
/// A run to play again. The settings decide everything, so they are all that a replay needs; the hashes along the way show where a replay that
/// differs began to. A text file: a line with format and settings, then a line for each hash, the last one for the end of the run.
/// </summary>
internal sealed record Recording(Settings Settings, IReadOnlyList<Check> Checks)
{
    private const string Mark = "agents-1";

    /// <summary>How long the run was.</summary>
    public long Frames => Checks[^1].Frame;

    /// <summary>Fails early, before a run whose recording could not be written; changes nothing.</summary>
    public static void RequireWritable(string path)
    {
        try
        {
            bool existed = File.Exists(path);
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (!existed)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"The recording cannot be written to {path}: {e.Message} Give another file with --record.");
        }
    }

    public void Write(string path) => File.WriteAllLines(
        path,
        Checks.Select(check => check.ToString()).Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $"{Mark} seed {Settings.Seed} agents {Settings.Agents} shared {Settings.Shared} learning {Settings.Learning}")));

    /// <exception cref="InputException">It cannot be read; says at which line.</exception>
    public static Recording Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"The recording {path} cannot be read: {e.Message} Give a file that --record wrote.");
        }

        Settings settings = ReadSettings(lines.FirstOrDefault("").Split(' ')) ?? throw Wrong(path, 1, "settings");
        List<Check> checks = [];
        for (int i = 1; i < lines.Length; i++)
        {
            checks.Add(ReadCheck(lines[i].Split(' '), checks.LastOrDefault().Frame) ?? throw Wrong(path, i + 1, "a later frame and its hash"));
        }

        return checks.Count > 0 ? new Recording(settings, checks) : throw Wrong(path, 2, "a frame and its hash");
    }

    private static InputException Wrong(string path, int line, string expected) =>
        new($"The recording {path} cannot be used: line {line} is not {expected}. Give a file that --record wrote.");

    private static Settings? ReadSettings(string[] words) =>
        words is [Mark, "seed", var seed, "agents", var agents, "shared", var shared, "learning", var learning]
        && ulong.TryParse(seed, CultureInfo.InvariantCulture, out ulong seedValue)
        && int.TryParse(agents, CultureInfo.InvariantCulture, out int agentCount)
        && Settings.Allows(agentCount)
        && bool.TryParse(shared, out bool isShared)
        && bool.TryParse(learning, out bool isLearning)
            ? new Settings(seedValue, agentCount, isShared, isLearning)
            : null;

    private static Check? ReadCheck(string[] words, long after) =>
        words is [var frame, { Length: 16 } hash]
        && long.TryParse(frame, NumberStyles.None, CultureInfo.InvariantCulture, out long frameValue)
        && frameValue > after
        && ulong.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hashValue)
            ? new Check(frameValue, hashValue)
            : null;
}
