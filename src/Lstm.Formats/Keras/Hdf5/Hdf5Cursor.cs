using System;
using Lstm.Formats.Content;

namespace Lstm.Formats.Keras.Hdf5;

/// <summary>A place in a file of HDF5, from which numbers are read, little-endian. Whatever lies beyond the file is refused.</summary>
/// <param name="source">The file.</param>
/// <param name="bytes">The part of it that may be read.</param>
/// <param name="what">What is read, for errors.</param>
internal ref struct Hdf5Cursor(Source source, ReadOnlySpan<byte> bytes, string what)
{
    private ReadOnlySpan<byte> left = bytes;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Left => left;

    /// <summary>So many bytes.</summary>
    /// <exception cref="LstmFormatException">There are not so many.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > left.Length)
        {
            throw source.Refuse(what, $"{left.Length} bytes where {count} are read", Hdf5File.Supported);
        }

        ReadOnlySpan<byte> taken = left[..(int)count];
        left = left[(int)count..];
        return taken;
    }

    /// <summary>Passes over so many bytes.</summary>
    public void Skip(long count) => Take(count);

    /// <summary>A number of 1 to 8 bytes, without sign.</summary>
    public ulong Number(int bytes)
    {
        ulong number = 0;
        ReadOnlySpan<byte> taken = Take(bytes);
        for (int i = bytes - 1; i >= 0; i--)
        {
            number = (number << 8) | taken[i];
        }

        return number;
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Four letters, or a version, that must stand here.</summary>
    /// <exception cref="LstmFormatException">Something else does.</exception>
    public void Expect(ReadOnlySpan<byte> expected)
    {
        if (!Take(expected.Length).SequenceEqual(expected))
        {
            throw source.Refuse(what, $"something else at its begin", Hdf5File.Supported);
        }
    }
}
