using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Whether every argument is written where it must be, in range, and defined.</summary>
internal static class ArgumentChecks
{
    /// <summary>One problem for all missing sizes and one for each that is out of range; else the first undefined enum value.</summary>
    public static ImmutableArray<Problem> Problems(DeclarationKind kind, AttributeArguments arguments, AttributeSyntax attribute)
    {
        ImmutableArray<Problem> sizes = MissingSizes(kind, arguments, attribute).Concat(SizesOutOfRange(arguments, attribute)).ToImmutableArray();
        return sizes.IsEmpty ? UndefinedValues(arguments, attribute).Take(1).ToImmutableArray() : sizes;
    }

    private static IEnumerable<Problem> MissingSizes(DeclarationKind kind, AttributeArguments arguments, AttributeSyntax attribute)
    {
        List<ArgumentRule> missing = arguments.MissingSizes.ToList();
        if (missing.Count > 0)
        {
            string names = string.Join(" and ", missing.Select(rule => rule.Name));
            string ranges = string.Join(" and ", missing.Select(rule => $"{rule.Name} from {rule.Range}"));
            yield return Problem.At(
                Descriptors.WrongSize,
                attribute.Name.GetLocation(),
                missing.Count == 1 ? $"{names} is missing" : $"{names} are missing",
                $"{ranges}, for example {kind.Example}");
        }
    }

    private static IEnumerable<Problem> SizesOutOfRange(AttributeArguments arguments, AttributeSyntax attribute) =>
        Wrong(arguments, ArgumentType.Size).Select(argument => Problem.At(
            Descriptors.WrongSize,
            argument.LocationIn(attribute),
            $"{argument.Rule.Name} = {Text(argument.Value)} is out of range",
            $"a value from {argument.Rule.Range}"));

    private static IEnumerable<Problem> UndefinedValues(AttributeArguments arguments, AttributeSyntax attribute) =>
        Wrong(arguments, ArgumentType.Choice).Select(argument => Problem.At(
            Descriptors.UndefinedValue,
            argument.LocationIn(attribute),
            argument.Rule.Name,
            Text(argument.Value),
            string.Join(" or ", argument.Rule.Values)));

    private static IEnumerable<Argument> Wrong(AttributeArguments arguments, ArgumentType type) =>
        arguments.All.Where(argument => argument.Rule.Type == type && argument.IsKnownAndWrong);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
