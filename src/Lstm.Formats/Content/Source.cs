using System;
using System.IO;

namespace Lstm.Formats.Content;

/// <summary>The bytes of a file, and the name that its errors carry.</summary>
/// <param name="file">The file, or "stream".</param>
/// <param name="bytes">All of it.</param>
internal sealed class Source(string file, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The file, or "stream".</summary>
    public string File { get; } = file;

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, from where it stands.</param>
    /// <param name="name">The name of the file, if it has one.</param>
    /// <exception cref="LstmFormatException">It holds more than an array can.</exception>
    public static Source Of(Stream stream, string? name)
    {
        string file = name ?? (stream as FileStream)?.Name ?? "stream";
        if (stream.CanSeek && stream.Length - stream.Position > Array.MaxLength)
        {
            throw new LstmFormatException(
                file, "its length", FormattableString.Invariant($"{stream.Length - stream.Position} bytes"),
                FormattableString.Invariant($"at most {Array.MaxLength} bytes"));
        }

        var bytes = new MemoryStream(stream.CanSeek ? (int)Math.Max(0, stream.Length - stream.Position) : 0);
        stream.CopyTo(bytes);
        return new Source(file, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    /// <summary>The error for what was found at a place.</summary>
    /// <param name="place">The place within the file.</param>
    /// <param name="found">What was found.</param>
    /// <param name="supported">What is supported there.</param>
    /// <param name="inner">The error of the library that read it.</param>
    public LstmFormatException Refuse(string place, FormattableString found, string supported, Exception? inner = null) =>
        new(File, place, FormattableString.Invariant(found), supported, inner);

    /// <summary>A tensor whose numbers are all finite.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <param name="values">Its numbers, row-major.</param>
    /// <exception cref="LstmFormatException">A number is not finite.</exception>
    public Tensor Tensor(string place, int[] shape, float[] values)
    {
        CheckFinite(place, values);
        return new Tensor(place, shape, values);
    }

    /// <summary>Refuses NaN and infinity, and doubles beyond the range of a float.</summary>
    public void CheckFinite(string place, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw Refuse(FormattableString.Invariant($"{place}, number {i}"), $"{values[i]}", "finite numbers in the range of a float");
            }
        }
    }
}
