using System;
using Lstm.Formats.Content;

namespace Lstm.Formats.Onnx;

/// <summary>
/// Counts the messages of a file before they become objects. An empty message takes two bytes in the file and a hundred in memory; a model with an
/// LSTM has some hundreds.
/// </summary>
internal static class OnnxScan
{
    private const int MostMessages = 100_000;
    private const int Deepest = 8;

    /// <summary>Refuses a file with too many messages. What is damaged is left to the parser.</summary>
    /// <exception cref="LstmFormatException">It has too many.</exception>
    public static void CheckCount(Source source)
    {
        int count = 0;
        Count(source.Bytes.Span, depth: 0, ref count);
        if (count > MostMessages)
        {
            throw source.Refuse("its messages", $"more than {MostMessages} of them", "graphs of an LSTM and a readout");
        }
    }

    /// <summary>Counts what has a length, and what stands in it if that can be messages.</summary>
    private static void Count(ReadOnlySpan<byte> message, int depth, ref int count)
    {
        while (!message.IsEmpty && count <= MostMessages)
        {
            if (!TryVarint(ref message, out ulong tag))
            {
                return;
            }

            ulong length = 0;
            bool read = (tag & 7) switch
            {
                0 => TryVarint(ref message, out _),
                1 => TrySkip(ref message, 8),
                2 => TryVarint(ref message, out length) && length <= (ulong)message.Length,
                5 => TrySkip(ref message, 4),
                _ => false,
            };
            if (!read)
            {
                return;
            }

            if ((tag & 7) == 2)
            {
                count++;
                if (depth < Deepest && IsMessage(depth, tag >> 3))
                {
                    Count(message[..(int)length], depth + 1, ref count);
                }

                message = message[(int)length..];
            }
        }
    }

    /// <summary>Model: graph 7. Graph: node 1, initializer 5, input 11, output 12. Below, attributes, tensors, types and shapes.</summary>
    private static bool IsMessage(int depth, ulong field) => depth switch
    {
        0 => field == 7,
        1 => field is 1 or 5 or 11 or 12,
        _ => field is 1 or 2 or 5 or 13,
    };

    private static bool TrySkip(ref ReadOnlySpan<byte> message, int bytes)
    {
        if (message.Length < bytes)
        {
            return false;
        }

        message = message[bytes..];
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < message.Length; i++)
        {
            value |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
