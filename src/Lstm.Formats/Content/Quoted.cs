using System.Linq;

namespace Lstm.Formats.Content;

/// <summary>Text from a file, made fit for a message.</summary>
internal static class Quoted
{
    /// <summary>The text, shortened, with '?' for control characters.</summary>
    public static string Of(string text, int longest = 80)
    {
        string shown = text.Length <= longest ? text : text[..longest] + "...";
        return new string([.. shown.Select(static character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character)]);
    }
}
