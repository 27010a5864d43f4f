using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Content;

namespace Lstm.Formats.Keras.Hdf5;

/// <summary>Reads the numbers of a dataset that stands in one piece.</summary>
/// <param name="file">The file.</param>
internal sealed class Hdf5Dataset(Hdf5File file)
{
    private const int FloatingPoint = 1;
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int MostAxes = 32;

    /// <summary>Whether an object is a dataset.</summary>
    public bool Is(ulong address, string path) => file.Messages(address, path).Any(static message => message.Type == Hdf5Message.Layout);

    /// <summary>Its shape and its numbers.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or its numbers are of another type or stand in pieces.</exception>
    public (int[] Shape, float[] Values) Read(ulong address, string path)
    {
        IReadOnlyList<Hdf5Message> messages = file.Messages(address, path);
        if (messages.Any(static message => message.Type == Hdf5Message.External))
        {
            throw file.Refuse(path, $"numbers in another file");
        }

        int[] shape = Shape(Message(messages, Hdf5Message.Dataspace, path), path);
        int size = Type(Message(messages, Hdf5Message.Datatype, path), path);
        ReadOnlySpan<byte> data = Data(Message(messages, Hdf5Message.Layout, path), path);
        decimal expected = size;
        foreach (int length in shape)
        {
            expected = Math.Min(expected * length, decimal.MaxValue / int.MaxValue);
        }

        if (data.Length != expected)
        {
            throw file.Refuse(path, $"{data.Length} bytes for {Tensor.Text(shape).ToString()} of {size} bytes each");
        }

        return (shape, size switch
        {
            8 => Numbers.FromDoubles(data),
            4 => Numbers.FromFloats(data),
            _ => Numbers.FromHalves(data),
        });
    }

    private Hdf5Message Message(IReadOnlyList<Hdf5Message> messages, int type, string path)
    {
        Hdf5Message[] found = [.. messages.Where(message => message.Type == type).Take(2)];
        return found is [{ IsShared: false }]
            ? found[0]
            : throw file.Refuse(path, $"{found.Length} messages of type {type}, or one that stands elsewhere");
    }

    private int[] Shape(Hdf5Message message, string path)
    {
        Hdf5Cursor cursor = file.In(message, $"{path}, its shape");
        byte version = cursor.Byte();
        int rank = cursor.Byte();
        if (version is not (1 or 2) || rank > MostAxes)
        {
            throw file.Refuse($"{path}, its shape", $"version {version}, {rank} axes");
        }

        cursor.Skip(version == 1 ? 6 : 2);
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            ulong length = cursor.Number(file.LengthBytes);
            shape[i] = length <= int.MaxValue ? (int)length : throw file.Refuse($"{path}, its shape", $"an axis of length {length}");
        }

        return shape;
    }

    /// <summary>How many bytes a number takes. It must be one of IEEE 754, little-endian.</summary>
    private int Type(Hdf5Message message, string path)
    {
        Hdf5Cursor cursor = file.In(message, $"{path}, its type");
        int kind = cursor.Byte() & 0x0F;
        byte order = cursor.Byte();
        cursor.Skip(2);
        ulong size = cursor.Number(4);
        ReadOnlySpan<byte> form = kind == FloatingPoint ? cursor.Take(8) : [];

        // Offset, bits, place and bits of the exponent, place and bits of the mantissa.
        ReadOnlySpan<byte> expected = size switch
        {
            8 => [0, 0, 64, 0, 52, 11, 0, 52],
            4 => [0, 0, 32, 0, 23, 8, 0, 23],
            2 => [0, 0, 16, 0, 10, 5, 0, 10],
            _ => [1],
        };
        return kind == FloatingPoint && (order & 0x41) == 0 && form.SequenceEqual(expected)
            ? (int)size
            : throw file.Refuse($"{path}, its type", $"numbers of kind {kind}, {size} bytes each, that are no floats of IEEE 754, little-endian");
    }

    private ReadOnlySpan<byte> Data(Hdf5Message message, string path)
    {
        Hdf5Cursor cursor = file.In(message, $"{path}, its data");
        byte version = cursor.Byte();
        int kind = cursor.Byte();
        if (version is not (3 or 4) || kind is not (Compact or Contiguous))
        {
            throw file.Refuse($"{path}, its data", $"a layout of version {version}, kind {kind}, which is not in one piece");
        }

        if (kind == Compact)
        {
            return cursor.Take((long)cursor.Number(2));
        }

        ulong address = cursor.Number(file.OffsetBytes);
        return file.At(address, $"{path}, its data").Take(Hdf5File.Length(cursor.Number(file.LengthBytes)));
    }
}
