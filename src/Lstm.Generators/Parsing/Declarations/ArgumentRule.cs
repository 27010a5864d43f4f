using System;
using System.Collections.Immutable;
using System.Linq;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>What kind of value an argument takes.</summary>
internal enum ArgumentType
{
    /// <summary>An <c>int</c> within a range.</summary>
    Size,

    /// <summary>A value of an enum.</summary>
    Choice,

    /// <summary>A <c>bool</c>.</summary>
    Flag,

    /// <summary>A <c>string</c>.</summary>
    Text,
}

/// <summary>What one named argument may be.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Default">Its value when it is not written, 0 or 1 for a flag, 0 for a text; null if it must be written.</param>
/// <param name="Range">Allowed values of a size; null for other types.</param>
/// <param name="Values">Names of an enum's values, from 0 up; empty for other types.</param>
internal sealed record ArgumentRule(string Name, ArgumentType Type, int? Default, SizeRange? Range, ImmutableArray<string> Values)
{
    /// <summary>Whether <paramref name="value"/> is in range, or defined.</summary>
    public bool Allows(int value) => Type switch
    {
        ArgumentType.Size => Range?.Contains(value) != false,
        ArgumentType.Choice => value >= 0 && value < Values.Length,
        _ => true,
    };

    /// <summary>The allowed value that is nearest to <paramref name="value"/>; of a choice, the default.</summary>
    public int Nearest(int value) => Type switch
    {
        ArgumentType.Size => Range is { } range ? Math.Max(range.Minimum, Math.Min(range.Maximum, value)) : value,
        ArgumentType.Choice when !Allows(value) => 0,
        _ => value,
    };

    public static ArgumentRule Size(string name, SizeRange range, int? defaultValue = null) =>
        new(name, ArgumentType.Size, defaultValue, range, ImmutableArray<string>.Empty);

    public static ArgumentRule Choice<TEnum>(string name, string publicEnum)
        where TEnum : struct, Enum =>
        new(name, ArgumentType.Choice, 0, null, Enum.GetNames(typeof(TEnum)).Select(value => $"{publicEnum}.{value}").ToImmutableArray());

    public static ArgumentRule Flag(string name, bool defaultValue) =>
        new(name, ArgumentType.Flag, defaultValue ? 1 : 0, null, ImmutableArray<string>.Empty);

    public static ArgumentRule Text(string name) => new(name, ArgumentType.Text, 0, null, ImmutableArray<string>.Empty);
}
