using System;

namespace Lstm.Formats;

/// <summary>A model file holds something that cannot be read: it is damaged, or it describes what no <see cref="LstmModel"/> can express.</summary>
public sealed class LstmFormatException : FormatException
{
    /// <summary>Says what was found where, and what is supported there.</summary>
    /// <param name="file">The file, or "stream" where it has no name.</param>
    /// <param name="place">The place within it: a byte, a line, a tensor, a node, a path through JSON.</param>
    /// <param name="found">What was found.</param>
    /// <param name="supported">What is supported there.</param>
    /// <param name="innerException">The error of the library that read it, if there was one.</param>
    public LstmFormatException(string file, string place, string found, string supported, Exception? innerException = null)
        : base($"{file}, {place}: found {found}. Supported: {supported}.", innerException)
    {
        File = file;
        Place = place;
        Found = found;
        Supported = supported;
    }

    /// <summary>The file, or "stream" where it has no name.</summary>
    public string File { get; }

    /// <summary>The place within it: a byte, a line, a tensor, a node, a path through JSON.</summary>
    public string Place { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is supported there.</summary>
    public string Supported { get; }
}
