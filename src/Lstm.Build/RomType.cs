using System;
using System.Globalization;
using System.Text;

namespace Lstm.Build;

/// <summary>The name of the type that holds weights.</summary>
internal static class RomType
{
    /// <summary>Its namespace.</summary>
    public const string Namespace = "Lstm.Generated.Rom";

    /// <summary>
    /// A C# name made of those of the project and the item, so that two projects never make one type: '.' becomes '_', '_' is doubled, and what no
    /// name may hold is written as its code.
    /// </summary>
    public static string NameOf(string project, string item)
    {
        StringBuilder name = new("_");
        foreach (char character in $"{project}.{item}")
        {
            name.Append(character switch
            {
                '.' => "_",
                '_' => "__",
                _ when char.IsAsciiLetterOrDigit(character) => character.ToString(),
                _ => string.Create(CultureInfo.InvariantCulture, $"_u{(int)character:X4}"),
            });
        }

        return name.ToString();
    }
}
