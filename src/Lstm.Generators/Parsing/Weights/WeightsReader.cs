using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Weights;

/// <summary>Reads what the build task wrote of the files of weights.</summary>
internal static class WeightsReader
{
    public static bool IsDescriptor(AdditionalText file) => file.Path.EndsWith(WeightsDescriptor.Extension, StringComparison.Ordinal);

    public static WeightsDescriptor Read(AdditionalText file, CancellationToken token) =>
        WeightsDescriptor.Parse(file.GetText(token)?.ToString() ?? string.Empty);
}
