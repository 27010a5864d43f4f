using System;
using System.Buffers.Binary;

namespace Lstm.Formats.Content;

/// <summary>Numbers from bytes, little-endian. A double is rounded to the nearest float.</summary>
internal static class Numbers
{
    /// <summary>From doubles.</summary>
    public static float[] FromDoubles(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return values;
    }

    /// <summary>From floats.</summary>
    public static float[] FromFloats(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return values;
    }

    /// <summary>From halves of IEEE 754.</summary>
    public static float[] FromHalves(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(short)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * sizeof(short))..]);
        }

        return values;
    }

    /// <summary>From bfloat16, the upper half of a float.</summary>
    public static float[] FromBrainFloats(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(short)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(short))..]) << 16);
        }

        return values;
    }

    /// <summary>Whole numbers of 64 bits.</summary>
    public static long[] FromLongs(ReadOnlySpan<byte> bytes)
    {
        long[] values = new long[bytes.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        }

        return values;
    }

    /// <summary>Whole numbers of 32 bits.</summary>
    public static long[] FromInts(ReadOnlySpan<byte> bytes)
    {
        long[] values = new long[bytes.Length / sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        return values;
    }

    /// <summary>Floats as bytes.</summary>
    public static byte[] ToBytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }
}
