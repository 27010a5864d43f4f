using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using Lstm.Formats;

namespace Lstm.Tool.Commands;

/// <summary>The kinds of arguments that commands share.</summary>
internal static class CommandArguments
{
    private static readonly string FormatNames = string.Join(", ", Enum.GetNames<LstmFormat>().Select(static name => name.ToLowerInvariant()));

    /// <summary>A path.</summary>
    public static Argument<string> Path(string name, string description) => new(name) { Description = description };

    /// <summary>Whether a file that is there may be replaced.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Replace the file if it is there." };

    /// <summary>A format by its name.</summary>
    public static Option<LstmFormat?> Format(string name, string description)
    {
        return new Option<LstmFormat?>(name)
        {
            Description = $"{description} One of {FormatNames}.",
            HelpName = "format",
            CustomParser = Read,
        };

        LstmFormat? Read(ArgumentResult argument)
        {
            string text = argument.Tokens[0].Value;
            if (text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out LstmFormat format))
            {
                return format;
            }

            argument.AddError($"{name} {text} is no format. There are {FormatNames}.");
            return null;
        }
    }

    /// <summary>A number in its range, read the same way under every culture.</summary>
    public static Option<T> Number<T>(string name, T usual, string description, Predicate<T> inRange)
        where T : struct, IParsable<T>
    {
        return new Option<T>(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => usual,
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
