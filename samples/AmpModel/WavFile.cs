using System;
using System.Buffers.Binary;
using System.IO;

namespace AmpModel;

/// <summary>How the samples of a WAV file are stored.</summary>
internal enum SampleFormat
{
    /// <summary>16-bit integers.</summary>
    Pcm16,

    /// <summary>24-bit integers, three bytes each.</summary>
    Pcm24,

    /// <summary>32-bit integers.</summary>
    Pcm32,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point.</summary>
    Float64,
}

/// <summary>A RIFF/WAVE file in memory: samples in [-1, 1), channels interleaved.</summary>
/// <remarks>
/// Reads and writes PCM of 16, 24 and 32 bits and floating point of 32 and 64, plain or <c>WAVE_FORMAT_EXTENSIBLE</c>, at any
/// sample rate. Chunks it does not know are skipped.
/// </remarks>
internal sealed record WavFile(float[] Samples, int SampleRate, int Channels, SampleFormat Format)
{
    private const int PcmTag = 1;
    private const int FloatTag = 3;
    private const int ExtensibleTag = 0xFFFE;
    private const int ExtensibleLength = 40;

    // KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT: the plain tag in two bytes, then these fourteen.
    private static ReadOnlySpan<byte> SubtypeTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content is not a WAV file, is cut off, or is in a format not listed above.</exception>
    public static WavFile Read(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public static WavFile Parse(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new InvalidDataException("it is empty");
        }

        if (file.Length < 12 || !IsId(file, "RIFF"u8) || !IsId(file[8..], "WAVE"u8))
        {
            throw new InvalidDataException("it is not a WAV file (no RIFF/WAVE header)");
        }

        Layout? layout = null;
        for (ReadOnlySpan<byte> rest = file[12..]; rest.Length >= 8;)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            bool isFormat = IsId(rest, "fmt "u8);
            bool isData = IsId(rest, "data"u8);
            if (length > rest.Length - 8 && (isFormat || isData))
            {
                throw new InvalidDataException(
                    $"it is cut off: its '{(isData ? "data" : "fmt ")}' chunk should hold {length} bytes and holds {rest.Length - 8}");
            }

            if (isFormat)
            {
                layout = ReadFormat(rest.Slice(8, (int)length));
            }
            else if (isData)
            {
                return layout is { } known
                    ? new WavFile(Decode(rest.Slice(8, (int)length), known), known.SampleRate, known.Channels, known.Format)
                    : throw new InvalidDataException("it has no 'fmt ' chunk before its samples");
            }

            // A chunk of odd length is followed by a byte of padding.
            rest = rest[(int)Math.Min(rest.Length, 8 + length + (length & 1))..];
        }

        throw new InvalidDataException("it has no 'data' chunk: there are no samples in it");
    }

    /// <summary>Writes a file; integer formats round to the nearest step and clip at full scale.</summary>
    public void Write(string path) => File.WriteAllBytes(path, ToBytes());

    /// <summary>The content of the file.</summary>
    public byte[] ToBytes()
    {
        int sampleBytes = BytesPerSample(Format);
        bool isFloat = Format is SampleFormat.Float32 or SampleFormat.Float64;
        int dataLength = checked(Samples.Length * sampleBytes);
        using var stream = new MemoryStream(44 + dataLength + 1);
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + dataLength + (dataLength & 1));
        writer.Write("WAVE"u8);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write((short)(isFloat ? FloatTag : PcmTag));
        writer.Write((short)Channels);
        writer.Write(SampleRate);
        writer.Write(SampleRate * Channels * sampleBytes);
        writer.Write((short)(Channels * sampleBytes));
        writer.Write((short)(8 * sampleBytes));
        writer.Write("data"u8);
        writer.Write(dataLength);
        foreach (float sample in Samples)
        {
            WriteSample(writer, sample);
        }

        if ((dataLength & 1) == 1)
        {
            writer.Write((byte)0);
        }

        return stream.ToArray();
    }

    private static Layout ReadFormat(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16)
        {
            throw new InvalidDataException($"its 'fmt ' chunk is too short ({chunk.Length} bytes)");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == ExtensibleTag && chunk.Length >= ExtensibleLength && chunk.Slice(26, 14).SequenceEqual(SubtypeTail))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        SampleFormat format = (tag, bits) switch
        {
            (PcmTag, 16) => SampleFormat.Pcm16,
            (PcmTag, 24) => SampleFormat.Pcm24,
            (PcmTag, 32) => SampleFormat.Pcm32,
            (FloatTag, 32) => SampleFormat.Float32,
            (FloatTag, 64) => SampleFormat.Float64,
            _ => throw new InvalidDataException(
                $"it holds {bits}-bit samples of format 0x{tag:X4}; convert it to 16, 24 or 32-bit PCM or to 32-bit float"),
        };
        if (channels == 0 || sampleRate is 0 or > int.MaxValue || frameBytes != channels * BytesPerSample(format))
        {
            throw new InvalidDataException(
                $"its header makes no sense: {channels} channels, {sampleRate} Hz, {bits} bits, {frameBytes} bytes a frame");
        }

        return new Layout(format, (int)sampleRate, channels);
    }

    private static float[] Decode(ReadOnlySpan<byte> data, Layout layout)
    {
        int sampleBytes = BytesPerSample(layout.Format);
        if (data.Length % (sampleBytes * layout.Channels) != 0)
        {
            throw new InvalidDataException("it is cut off in the middle of a sample");
        }

        float[] samples = new float[data.Length / sampleBytes];
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> sample = data.Slice(i * sampleBytes, sampleBytes);
            samples[i] = layout.Format switch
            {
                SampleFormat.Pcm16 => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
                SampleFormat.Pcm24 => ((sample[0] << 8 | sample[1] << 16 | sample[2] << 24) >> 8) / 8388608f,
                SampleFormat.Pcm32 => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
                SampleFormat.Float32 => BinaryPrimitives.ReadSingleLittleEndian(sample),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample),
            };
        }

        return samples;
    }

    private void WriteSample(BinaryWriter writer, float sample)
    {
        switch (Format)
        {
            case SampleFormat.Pcm16:
                writer.Write((short)Quantize(sample, 32768));
                break;
            case SampleFormat.Pcm24:
                int value = (int)Quantize(sample, 8388608);
                writer.Write((byte)value);
                writer.Write((short)(value >> 8));
                break;
            case SampleFormat.Pcm32:
                writer.Write((int)Quantize(sample, 2147483648));
                break;
            case SampleFormat.Float32:
                writer.Write(sample);
                break;
            default:
                writer.Write((double)sample);
                break;
        }
    }

    private static double Quantize(float sample, double fullScale) =>
        Math.Clamp(Math.Round(sample * fullScale), -fullScale, fullScale - 1);

    private static int BytesPerSample(SampleFormat format) => format switch
    {
        SampleFormat.Pcm16 => 2,
        SampleFormat.Pcm24 => 3,
        SampleFormat.Float64 => 8,
        _ => 4,
    };

    private static bool IsId(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> id) =>
        bytes.Length >= 4 && bytes[..4].SequenceEqual(id);

    private readonly record struct Layout(SampleFormat Format, int SampleRate, int Channels);
}
