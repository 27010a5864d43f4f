using System;
using System.Collections.Generic;
using Lstm.Formats.Content;

namespace Lstm.Formats.Keras.Hdf5;

/// <summary>
/// Reads what h5py writes for Keras: groups, and datasets of floating-point numbers in one piece.
/// </summary>
/// <remarks>
/// A general library takes what a damaged file says for sizes: gigabytes for a file of kilobytes, or a loop of groups without end. Here a length
/// is compared with what the file has before anything is taken, and the parts that are visited are counted.
/// </remarks>
internal sealed class Hdf5File
{
    /// <summary>What is supported, for errors.</summary>
    public const string Supported = "an HDF5 file as h5py writes it for Keras";

    /// <summary>The address that stands for none.</summary>
    public const ulong None = ulong.MaxValue;

    private const int Continuation = 0x10;
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private readonly Source source;
    private readonly Dictionary<ulong, IReadOnlyList<Hdf5Message>> objects = [];
    private readonly ulong baseAddress;
    private long visits;
    private int depth;

    /// <summary>Reads the superblock.</summary>
    /// <exception cref="LstmFormatException">It is damaged.</exception>
    public Hdf5File(Source source)
    {
        this.source = source;
        visits = 10_000 + (source.Bytes.Length / 8);
        var cursor = new Hdf5Cursor(source, source.Bytes.Span, "its superblock");
        cursor.Expect(Signature);
        byte version = cursor.Byte();
        if (version > 3)
        {
            throw Refuse("its superblock", $"version {version}");
        }

        // Versions 0 and 1 have the numbers of other versions and of the B-trees around the two sizes; 2 and 3 have flags behind them.
        cursor.Skip(version < 2 ? 4 : 0);
        OffsetBytes = Size(cursor.Byte());
        LengthBytes = Size(cursor.Byte());
        cursor.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        baseAddress = cursor.Number(OffsetBytes);
        cursor.Skip(OffsetBytes); // free space, or what extends the superblock
        ulong end = cursor.Number(OffsetBytes);
        if (end > (ulong)source.Bytes.Length)
        {
            throw Refuse("its superblock", $"{source.Bytes.Length} bytes of {end}");
        }

        cursor.Skip(version < 2 ? 2 * OffsetBytes : 0); // the driver; the name of the root
        Root = cursor.Number(OffsetBytes);
    }

    /// <summary>The bytes of an address.</summary>
    public int OffsetBytes { get; }

    /// <summary>The bytes of a length.</summary>
    public int LengthBytes { get; }

    /// <summary>The address of the root group.</summary>
    public ulong Root { get; }

    /// <summary>The error for what was found at a place.</summary>
    public LstmFormatException Refuse(string place, FormattableString found) => source.Refuse(place, found, Supported);

    /// <summary>A cursor at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="what">What stands there, for errors.</param>
    /// <exception cref="LstmFormatException">It is beyond the file, or more was visited than a file of this size has parts.</exception>
    public Hdf5Cursor At(ulong address, string what)
    {
        Visit(what);
        ulong at = unchecked(baseAddress + address);
        return address != None && at < (ulong)source.Bytes.Length
            ? new Hdf5Cursor(source, source.Bytes.Span[(int)at..], what)
            : throw Refuse(what, $"address {address} in a file of {source.Bytes.Length} bytes");
    }

    /// <summary>A cursor in a message.</summary>
    public Hdf5Cursor In(Hdf5Message message, string what) => new(source, message.Data.Span, what);

    /// <summary>The messages of an object: what it is made of.</summary>
    /// <exception cref="LstmFormatException">They are damaged.</exception>
    public IReadOnlyList<Hdf5Message> Messages(ulong address, string path)
    {
        if (!objects.TryGetValue(address, out IReadOnlyList<Hdf5Message>? messages))
        {
            var list = new List<Hdf5Message>();
            Hdf5Cursor cursor = At(address, $"{path}, its header");
            if (cursor.Left[0] == 1)
            {
                cursor.Skip(8); // version, number of messages, references
                ulong length = cursor.Number(4);
                cursor.Skip(4);
                Add(list, cursor.Take((long)length), path, hasSignature: false, hasOrder: false);
            }
            else
            {
                cursor.Expect("OHDR\x02"u8);
                byte flags = cursor.Byte();
                cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0)); // times; limits of links
                ulong length = cursor.Number(1 << (flags & 3));
                Add(list, cursor.Take(Length(length)), path, hasSignature: true, hasOrder: (flags & 4) != 0);
            }

            objects.Add(address, messages = list);
        }

        return messages;
    }

    /// <summary>A length as a number that can be compared.</summary>
    public static long Length(ulong length) => length > int.MaxValue ? int.MaxValue : (long)length;

    /// <summary>Counts a part that is looked at.</summary>
    /// <param name="what">What it is, for errors.</param>
    /// <param name="bytes">What is copied of it.</param>
    /// <exception cref="LstmFormatException">There are more than a file of this size has.</exception>
    public void Visit(string what, int bytes = 0)
    {
        visits -= 1 + (bytes / 16);
        if (visits < 0)
        {
            throw Refuse(what, $"parts that refer to each other in a loop");
        }
    }

    /// <summary>The messages of a block, and of those where it goes on.</summary>
    private void Add(List<Hdf5Message> messages, ReadOnlySpan<byte> block, string path, bool hasSignature, bool hasOrder)
    {
        string what = $"{path}, its header";
        var cursor = new Hdf5Cursor(source, block, what);
        int head = hasSignature ? (hasOrder ? 6 : 4) : 8;
        while (cursor.Left.Length >= head)
        {
            int type = (int)cursor.Number(hasSignature ? 1 : 2);
            int size = (int)cursor.Number(2);
            byte flags = cursor.Byte();
            cursor.Skip(head - (hasSignature ? 4 : 5));
            ReadOnlySpan<byte> data = cursor.Take(size);
            Visit(what, size);
            if (type == Continuation)
            {
                var place = new Hdf5Cursor(source, data, what);
                ulong address = place.Number(OffsetBytes);
                Hdf5Cursor next = At(address, what);
                ReadOnlySpan<byte> more = next.Take(Length(place.Number(LengthBytes)));
                if (hasSignature)
                {
                    var signed = new Hdf5Cursor(source, more, what);
                    signed.Expect("OCHK"u8);
                    more = signed.Take(Math.Max(0, signed.Left.Length - 4)); // a checksum ends it
                }

                Continue(messages, more, path, hasSignature, hasOrder);
            }
            else
            {
                messages.Add(new Hdf5Message(type, (flags & 2) != 0, data.ToArray()));
            }
        }
    }

    private void Continue(List<Hdf5Message> messages, ReadOnlySpan<byte> block, string path, bool hasSignature, bool hasOrder)
    {
        if (++depth > 64)
        {
            throw Refuse($"{path}, its header", $"a header in more than 64 pieces");
        }

        Add(messages, block, path, hasSignature, hasOrder);
        depth--;
    }

    private int Size(byte bytes) => bytes is 2 or 4 or 8 ? bytes : throw Refuse("its superblock", $"numbers of {bytes} bytes");
}
