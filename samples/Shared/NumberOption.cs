using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples;

/// <summary>An option of a command line that is a number.</summary>
internal static class NumberOption
{
    /// <summary>An option with a number in its range, read the same way under every culture.</summary>
    /// <param name="usual">What it is if it is not given; null where it must be asked whether it was.</param>
    /// <param name="description">Says the range: it ends the message of a number that is refused.</param>
    public static Option<T> Number<T>(string name, T? usual, string description, Predicate<T> inRange)
        where T : struct, IParsable<T>
    {
        return new Option<T>(name)
        {
            Description = description,
            DefaultValueFactory = usual is { } value ? _ => value : null,
            CustomParser = Read,
        };

        T Read(ArgumentResult argument)
        {
            string text = argument.Tokens[0].Value;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out T value) && inRange(value))
            {
                return value;
            }

            argument.AddError($"{name} {text} will not do. {description}");
            return default;
        }
    }
}
