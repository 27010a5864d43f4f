using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Parsing.Declarations;

namespace Lstm.Generators.Parsing.Weights;

/// <summary>
/// What the build task tells the generator of a file of weights. As text a line for each, <c>key value</c>. The lines <c>name</c> and <c>layout</c>
/// stay as they are in every version; the others belong to the layout.
/// </summary>
/// <param name="Name">The name of the LstmWeights item.</param>
/// <param name="Path">The file, as the project names it, with '/'.</param>
/// <param name="Layout">The version of the layout in which the weights were packed.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Hash">The SHA-256 of the file, in hexadecimal.</param>
/// <param name="Input">p.</param>
/// <param name="Hidden">d of every layer.</param>
/// <param name="Output">K; 0 where there is no readout.</param>
/// <param name="Layers">How many cells are stacked.</param>
/// <param name="StateOffset">Where the state stands that a sequence begins with, in bytes; 0 for the zero state.</param>
/// <param name="Prewarm">Steps of silence that this state comes after.</param>
/// <param name="Rom">The full name of the type that holds the weights.</param>
internal sealed record WeightsDescriptor(
    string Name, string Path, int Layout, string Format, string Hash, int Input, int Hidden, int Output, int Layers, int StateOffset, int Prewarm,
    string Rom)
{
    /// <summary>The extension of its file.</summary>
    public const string Extension = ".lstmweights";

    /// <summary>Whether everything is there, within its range; not so where writing it was broken off.</summary>
    public bool IsWhole =>
        ArgumentRanges.Units.Contains(Input) && ArgumentRanges.Units.Contains(Hidden) && ArgumentRanges.NetworkLayers.Contains(Layers)
        && (Output == 0 || ArgumentRanges.Units.Contains(Output))
        && new[] { Format, Hash, Rom }.All(text => text.Length > 0);

    /// <summary>Reads it. What is not there is empty or 0, so that text of another version has its name and layout.</summary>
    public static WeightsDescriptor Parse(string text)
    {
        Dictionary<string, string> values = Lines(text);
        return new WeightsDescriptor(
            Text("name"), Text("path"), Number("layout"), Text("format"), Text("hash"), Number("input"), Number("hidden"), Number("output"),
            Number("layers"), Number("state"), Number("prewarm"), Text("rom"));

        string Text(string key) => values.TryGetValue(key, out string? value) ? value : string.Empty;
        int Number(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    /// <summary>The values of lines <c>key value</c>, of the first of each key.</summary>
    public static Dictionary<string, string> Lines(string text) => text.Split('\n')
        .Select(line => line.TrimEnd('\r').Split(new[] { ' ' }, 2))
        .Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(parts => parts.Key, parts => parts.First()[1], StringComparer.Ordinal);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public string ToText() => string.Concat(new[]
    {
        ("name", Name), ("path", Path), ("layout", Text(Layout)), ("format", Format), ("hash", Hash), ("input", Text(Input)),
        ("hidden", Text(Hidden)), ("output", Text(Output)), ("layers", Text(Layers)), ("state", Text(StateOffset)), ("prewarm", Text(Prewarm)),
        ("rom", Rom),
    }.Select(line => $"{line.Item1} {line.Item2}\n"));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
