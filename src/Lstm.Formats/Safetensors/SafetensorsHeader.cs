using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Lstm.Formats.Content;

namespace Lstm.Formats.Safetensors;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, little-endian, then JSON that says of each tensor its type, its shape and its range of
/// bytes behind the header. The ranges cover all that follows, without holes.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const int MostBytes = 100_000_000;
    private const string Metadata = "__metadata__";

    private SafetensorsHeader(List<Entry> entries, Dictionary<string, string> texts)
    {
        Entries = entries;
        Texts = texts;
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The free texts, by name.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>Reads and checks a header.</summary>
    /// <exception cref="LstmFormatException">It is damaged.</exception>
    public static SafetensorsHeader Read(Source source)
    {
        ReadOnlyMemory<byte> file = source.Bytes;
        if (file.Length < LengthBytes)
        {
            throw source.Refuse("byte 0", $"{file.Length} bytes", "8 bytes that say how long the header is");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        int most = Math.Min(MostBytes, file.Length - LengthBytes);
        if (length > (ulong)most)
        {
            throw source.Refuse(
                "byte 0", $"a header of {length} bytes", FormattableString.Invariant($"at most {most}: what the file holds, 100 million at most"));
        }

        using JsonDocument json = JsonScan.Parse(source, file.Slice(LengthBytes, (int)length), "its header");
        var root = new JsonPlace(source, json.RootElement, "");
        var entries = new List<Entry>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonPlace value) in root.Properties())
        {
            if (name == Metadata)
            {
                foreach ((string key, JsonPlace text) in value.Properties())
                {
                    texts.Add(key, text.Text());
                }
            }
            else
            {
                entries.Add(ReadEntry(source, name, value));
            }
        }

        CheckRanges(source, entries, file[(LengthBytes + (int)length)..]);
        return new SafetensorsHeader(entries, texts);
    }

    private static Entry ReadEntry(Source source, string name, JsonPlace value)
    {
        if (name.Length == 0 || name.Any(static character => char.IsControl(character) || character is '/' or '\\'))
        {
            throw source.Refuse($"tensor '{Quoted.Of(name)}'", $"a name that is empty or has control or path characters", "plain names");
        }

        JsonPlace type = value.Property("dtype");
        int bytes = type.Text() switch
        {
            "F64" => 8,
            "F32" => 4,
            "F16" or "BF16" => 2,
            _ => throw type.Refuse($"type {type.Shown()}", "F32, F64, F16 and BF16"),
        };
        int[] shape = [.. value.Property("shape").Items().Select(static length => length.Whole())];
        JsonPlace range = value.Property("data_offsets");
        if (range.Count != 2)
        {
            throw range.Refuse($"{range.Count} numbers", "a begin and an end");
        }

        var entry = new Entry(name, type.Text(), shape, range[0].Long(), range[1].Long());
        decimal expected = bytes;
        foreach (int length in shape)
        {
            expected *= length;
            if (expected > int.MaxValue)
            {
                break;
            }
        }

        return entry.End - entry.Begin == expected ? entry : throw range.Refuse(
            $"{entry.End - entry.Begin} bytes", FormattableString.Invariant($"as many as {Tensor.Text(shape)} of {type.Text()} takes"));
    }

    private static void CheckRanges(Source source, List<Entry> entries, ReadOnlyMemory<byte> data)
    {
        long end = 0;
        foreach (Entry entry in entries.OrderBy(static entry => entry.Begin).ThenBy(static entry => entry.End))
        {
            string place = $"tensor '{Quoted.Of(entry.Name)}'";
            if (entry.Begin != end || entry.End > data.Length)
            {
                throw source.Refuse(
                    place, $"bytes {entry.Begin} to {entry.End} of the data",
                    FormattableString.Invariant($"ranges within {data.Length} bytes that follow each other; the one before ends at {end}"));
            }

            end = entry.End;
            entry.Data = data[(int)entry.Begin..(int)entry.End];
        }

        if (end != data.Length)
        {
            throw source.Refuse("its data", $"{data.Length - end} bytes behind the last tensor", "data that the tensors cover");
        }
    }

    /// <summary>What the header says of a tensor.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">F64, F32, F16 or BF16.</param>
    /// <param name="Shape">The length of each axis.</param>
    /// <param name="Begin">The first byte, from the end of the header.</param>
    /// <param name="End">The byte behind the last.</param>
    internal sealed record Entry(string Name, string Type, int[] Shape, long Begin, long End)
    {
        /// <summary>Its bytes.</summary>
        public ReadOnlyMemory<byte> Data { get; set; }
    }
}
