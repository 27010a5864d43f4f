using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics.LargeCopies;

/// <summary>Arrays, and collections that are arrays inside: the runtime throws a <see cref="TypeLoadException"/> for such an element.</summary>
internal readonly struct ArrayElementRule
{
    /// <summary>The runtime makes no array whose element is larger than this many bytes.</summary>
    private const long LargestElementBytes = 65_535;

    private readonly GeneratedSizes sizes;
    private readonly Action<Diagnostic> report;

    public ArrayElementRule(GeneratedSizes sizes, Action<Diagnostic> report)
    {
        this.sizes = sizes;
        this.report = report;
    }

    public void Check(IOperation operation)
    {
        if (operation.Type is IArrayTypeSymbol array)
        {
            CheckElement(array.ElementType, operation);
        }
        else if (operation.Type is INamedTypeSymbol { IsGenericType: true } collection
            && collection.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal) == true)
        {
            foreach (ITypeSymbol element in collection.TypeArguments)
            {
                CheckElement(element, operation);
            }
        }
    }

    private void CheckElement(ITypeSymbol element, IOperation operation)
    {
        if (sizes.Of(element) > LargestElementBytes)
        {
            report(Diagnostic.Create(
                Descriptors.LargeArrayElement,
                operation.Syntax.GetLocation(),
                GeneratedSizes.Display(element),
                sizes.Of(element).ToString(CultureInfo.InvariantCulture),
                LargestElementBytes.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
