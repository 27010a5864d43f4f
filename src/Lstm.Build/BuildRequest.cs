using System;
using System.Collections.Generic;
using System.Globalization;
using Lstm.Generators.Parsing.Weights;

namespace Lstm.Build;

/// <summary>An LstmWeights item is wrong. The message says what, and what to write.</summary>
internal sealed class RequestException(string message) : Exception(message);

/// <summary>What the .targets ask for: lines <c>key value</c>.</summary>
/// <param name="File">The file of the weights.</param>
/// <param name="Name">The name of the LstmWeights item.</param>
/// <param name="Path">The file, as the project names it.</param>
/// <param name="Project">The name of the project's assembly.</param>
/// <param name="Prewarm">Steps of silence before the initial state, as text; empty for none.</param>
/// <param name="Descriptor">Gets the text for the generator.</param>
/// <param name="Rom">Gets the assembly with the weights; its name is the assembly's.</param>
internal sealed record BuildRequest(string File, string Name, string Path, string Project, string Prewarm, string Descriptor, string Rom)
{
    private const int MostSteps = 10_000_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="KeyNotFoundException">A line is missing: the .targets are of another version.</exception>
    public static BuildRequest Parse(string text)
    {
        Dictionary<string, string> values = WeightsDescriptor.Lines(text);
        return new BuildRequest(
            values["file"], values["name"], values["path"].Replace('\\', '/'), values["project"], values.GetValueOrDefault("prewarm", ""),
            values["descriptor"], values["rom"]);
    }

    /// <summary>The steps of silence.</summary>
    /// <exception cref="RequestException">They are no number, or too many.</exception>
    public int PrewarmSteps()
    {
        if (Prewarm.Trim().Length == 0)
        {
            return 0;
        }

        return int.TryParse(Prewarm, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && steps <= MostSteps
            ? steps
            : throw new RequestException(
                FormattableString.Invariant($"Prewarm=\"{Prewarm}\" is no number of steps: write a whole number from 0 to {MostSteps}"));
    }
}
