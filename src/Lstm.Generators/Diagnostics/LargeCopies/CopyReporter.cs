using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics.LargeCopies;

/// <summary>Reports LSTM020.</summary>
internal readonly struct CopyReporter
{
    private readonly GeneratedSizes sizes;
    private readonly Action<Diagnostic> report;

    public CopyReporter(GeneratedSizes sizes, Action<Diagnostic> report)
    {
        this.sizes = sizes;
        this.report = report;
    }

    /// <param name="what">What happens to the struct, for example "passed by value".</param>
    /// <param name="instead">What to write instead.</param>
    public void Report(Location location, ITypeSymbol type, string what, string instead) => report(Diagnostic.Create(
        Descriptors.LargeCopy,
        location,
        GeneratedSizes.Display(type),
        sizes.Of(type).ToString(CultureInfo.InvariantCulture),
        what,
        instead));
}
