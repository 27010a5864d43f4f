using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>A part of the report that needs a process of its own, since the runtime reads its switches when it starts.</summary>
internal static class ChildRun
{
    /// <summary>The words of each line that <see cref="ReportParts"/> prints in a process with these switches set.</summary>
    public static IReadOnlyList<string[]> Start(string part, params (string Name, string Value)[] switches)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, $"--part {part}") { RedirectStandardOutput = true };
        if (System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.Arguments = $"\"{typeof(ChildRun).Assembly.Location}\" {start.Arguments}";
        }

        foreach ((string name, string value) in switches)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))]
            : throw new InvalidOperationException($"The part '{part}' of the report ended with {child.ExitCode}.");
    }
}
