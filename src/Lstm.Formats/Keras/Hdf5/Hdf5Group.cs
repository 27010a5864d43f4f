using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lstm.Formats.Keras.Hdf5;

/// <summary>
/// The members of a group: name to address. An old group has a B-tree, whose leaves have entries that point into a heap of names; a new one, with few
/// members, has them in its header.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class Hdf5Group(Hdf5File file)
{
    private const int LongestName = 1_024;
    private const int SymbolicLink = 2;

    private readonly Dictionary<ulong, IReadOnlyDictionary<string, ulong>> groups = [];

    /// <summary>Whether an object is a group.</summary>
    public bool Is(ulong address, string path) =>
        file.Messages(address, path).Any(static message => message.Type is Hdf5Message.SymbolTable or Hdf5Message.Link or Hdf5Message.LinkInfo);

    /// <summary>The members of a group; none if it is no group.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or of a form that h5py does not write for Keras.</exception>
    public IReadOnlyDictionary<string, ulong> Members(ulong address, string path)
    {
        if (!groups.TryGetValue(address, out IReadOnlyDictionary<string, ulong>? members))
        {
            var found = new Dictionary<string, ulong>(StringComparer.Ordinal);
            foreach (Hdf5Message message in file.Messages(address, path))
            {
                switch (message.Type)
                {
                    case Hdf5Message.SymbolTable:
                        Hdf5Cursor table = file.In(message, path);
                        ulong tree = table.Number(file.OffsetBytes);
                        AddTree(found, tree, Names(table.Number(file.OffsetBytes), path), path, level: null);
                        break;
                    case Hdf5Message.Link:
                        AddLink(found, message, path);
                        break;
                    case Hdf5Message.LinkInfo:
                        CheckInfo(message, path);
                        break;
                }
            }

            groups.Add(address, members = found);
        }

        return members;
    }

    private ReadOnlySpan<byte> Names(ulong heap, string path)
    {
        Hdf5Cursor cursor = file.At(heap, $"{path}, its names");
        cursor.Expect("HEAP\0"u8);
        cursor.Skip(3);
        ulong length = cursor.Number(file.LengthBytes);
        cursor.Skip(file.LengthBytes); // the first free place
        ulong address = cursor.Number(file.OffsetBytes);
        return file.At(address, $"{path}, its names").Take(Hdf5File.Length(length));
    }

    /// <summary>A node. Each level is one less than the one above, so that no node is below itself.</summary>
    private void AddTree(Dictionary<string, ulong> members, ulong address, ReadOnlySpan<byte> names, string path, int? level)
    {
        Hdf5Cursor cursor = file.At(address, $"{path}, its tree");
        cursor.Expect("TREE\0"u8);
        int here = cursor.Byte();
        if (level is { } expected && here != expected)
        {
            throw file.Refuse($"{path}, its tree", $"a node of level {here} instead of {expected}");
        }

        int children = (int)cursor.Number(2);
        cursor.Skip(2 * file.OffsetBytes); // the nodes left and right
        for (int i = 0; i < children; i++)
        {
            cursor.Skip(file.LengthBytes); // the name that divides them
            ulong child = cursor.Number(file.OffsetBytes);
            if (here > 0)
            {
                AddTree(members, child, names, path, here - 1);
            }
            else
            {
                AddEntries(members, child, names, path);
            }
        }
    }

    private void AddEntries(Dictionary<string, ulong> members, ulong address, ReadOnlySpan<byte> names, string path)
    {
        Hdf5Cursor cursor = file.At(address, $"{path}, its entries");
        cursor.Expect("SNOD\x01"u8);
        cursor.Skip(1);
        int count = (int)cursor.Number(2);
        for (int i = 0; i < count; i++)
        {
            ulong name = cursor.Number(file.OffsetBytes);
            ulong of = cursor.Number(file.OffsetBytes);
            ulong kind = cursor.Number(4);
            cursor.Skip(4 + 16);
            if (kind == SymbolicLink)
            {
                continue;
            }

            ReadOnlySpan<byte> from = name < (ulong)names.Length ? names[(int)name..] : [];
            int end = from[..Math.Min(from.Length, LongestName)].IndexOf((byte)0);
            Add(members, end < 0 ? [] : from[..end], of, path);
        }
    }

    private void AddLink(Dictionary<string, ulong> members, Hdf5Message message, string path)
    {
        Hdf5Cursor cursor = file.In(message, $"{path}, a link");
        cursor.Expect([1]);
        byte flags = cursor.Byte();
        int type = (flags & 8) != 0 ? cursor.Byte() : 0;
        cursor.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0)); // order of creation; character set
        ReadOnlySpan<byte> name = cursor.Take(Hdf5File.Length(cursor.Number(1 << (flags & 3))));
        if (type == 0)
        {
            Add(members, name, cursor.Number(file.OffsetBytes), path);
        }
    }

    private void CheckInfo(Hdf5Message message, string path)
    {
        Hdf5Cursor cursor = file.In(message, $"{path}, its links");
        cursor.Expect([0]);
        cursor.Skip((cursor.Byte() & 1) != 0 ? 8 : 0);
        ulong heap = cursor.Number(file.OffsetBytes);
        if (heap != Hdf5File.None >> (64 - (8 * file.OffsetBytes)))
        {
            throw file.Refuse($"{path}, its links", $"links in a fractal heap");
        }
    }

    private void Add(Dictionary<string, ulong> members, ReadOnlySpan<byte> name, ulong address, string path)
    {
        file.Visit(path);
        if (name.Length is 0 or > LongestName || !members.TryAdd(Encoding.UTF8.GetString(name), address))
        {
            throw file.Refuse(path, $"a member without a name, or with that of another one");
        }
    }
}
