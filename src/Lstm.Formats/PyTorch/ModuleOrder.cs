using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Formats.Content;

namespace Lstm.Formats.PyTorch;

/// <summary>
/// The order in which LSTM modules run. A file that sorts its tensors by name does not tell it: numbers in the names do, or sizes that fit in one
/// order only.
/// </summary>
internal static partial class ModuleOrder
{
    private const int MostToPermute = 6;

    /// <summary>The modules, the first one to run first.</summary>
    /// <exception cref="LstmFormatException">The order cannot be known.</exception>
    public static IReadOnlyList<RecurrentModule> Of(Source source, List<RecurrentModule> modules, bool inOrder)
    {
        if (inOrder || modules.Count < 2)
        {
            return modules;
        }

        if (modules.Select(static module => Digits().Replace(module.Prefix, "")).Distinct(StringComparer.Ordinal).Count() == 1)
        {
            return [.. modules.OrderBy(static module => Numbers(module.Prefix), Comparer<string>.Create(string.CompareOrdinal))];
        }

        List<RecurrentModule[]> orders = modules.Count <= MostToPermute ? [.. Fitting([], modules)] : [];
        return orders.Count == 1 ? orders[0] : throw source.Refuse(
            $"its LSTM modules {string.Join(", ", modules.Take(MostToPermute).Select(static module => $"'{Quoted.Of(module.Prefix)}'"))}",
            $"names and sizes that do not tell which one runs first", "modules whose names differ by a number, or whose sizes fit in one order only");
    }

    /// <summary>The numbers of a name, padded so that they compare as text; what is no number is equal in all names.</summary>
    private static string Numbers(string prefix) =>
        string.Join('.', Digits().Matches(prefix).Select(static match => match.Value.TrimStart('0').PadLeft(100, '0')));

    private static IEnumerable<RecurrentModule[]> Fitting(RecurrentModule[] first, List<RecurrentModule> rest)
    {
        if (rest.Count == 0)
        {
            yield return first;
        }

        foreach (RecurrentModule next in rest.Where(next => first.Length == 0 || first[^1].Output == next.Input))
        {
            foreach (RecurrentModule[] order in Fitting([.. first, next], [.. rest.Where(module => module != next)]))
            {
                yield return order;
            }
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
