using System;
using System.Buffers.Binary;
using System.IO;
using NAudio.Wave;
using NAudio.Wave.SampleProviders;

namespace AmpModel;

/// <summary>A WAV file in memory: samples in [-1, 1), channels interleaved. NAudio knows the file format.</summary>
/// <param name="Samples">One value for each channel of each frame.</param>
/// <param name="Format">Plain PCM of 16, 24 or 32 bits, or floating point of 32 or 64.</param>
internal sealed record WavFile(float[] Samples, WaveFormat Format)
{
    private const string WhatToDo = "export it as a WAV file of 16, 24 or 32-bit PCM or of 32-bit float";

    // The size in the header of a file whose writer did not know how long it would get.
    private const uint Unknown = uint.MaxValue;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content is not a WAV file, is cut off, or is in a format not listed above.</exception>
    public static WavFile Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string)"/>.</exception>
    public static WavFile Read(Stream file)
    {
        if (file.Length == 0)
        {
            throw new InvalidDataException("it is empty");
        }

        try
        {
            using var reader = new WaveFileReader(file);
            RefuseCutOff(file, reader);
            return ReadSamples(reader);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or EndOfStreamException
            or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{e.Message.TrimEnd('.')}; {WhatToDo}", e);
        }
    }

    /// <summary>Writes a file; integer formats round to the nearest step and clip at full scale.</summary>
    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        Write(file);
    }

    /// <summary>Writes the content of a file. Closes <paramref name="file"/>.</summary>
    public void Write(Stream file)
    {
        // NAudio's own conversion to 16 and 24 bits truncates, and wraps beyond full scale.
        using var writer = new WaveFileWriter(file, Format);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (float sample in Samples)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, Stored(sample));
            writer.Write(bytes[..(Format.BitsPerSample / 8)]);
        }
    }

    /// <summary>The reader takes what there is for the whole file.</summary>
    private static void RefuseCutOff(Stream file, WaveFileReader reader)
    {
        Span<byte> header = stackalloc byte[8];
        file.Position = 0;
        file.ReadExactly(header);
        reader.Position = 0;

        // Some writers count the byte of padding after an odd length and leave it out.
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (size != Unknown && size + header.Length > file.Length + 1)
        {
            throw new InvalidDataException($"it is cut off: it should hold {size + header.Length} bytes and holds {file.Length}");
        }

        if (reader.Length % reader.BlockAlign != 0)
        {
            throw new InvalidDataException("it is cut off in the middle of a sample");
        }
    }

    private static WavFile ReadSamples(WaveFileReader reader)
    {
        ISampleProvider provider = reader.ToSampleProvider();
        int sampleRate = provider.WaveFormat.SampleRate;
        int channels = provider.WaveFormat.Channels;
        int bits = reader.WaveFormat.BitsPerSample;
        WaveFormat format = (provider is WaveToSampleProvider or WaveToSampleProvider64, bits) switch
        {
            (false, 16 or 24 or 32) => new WaveFormat(sampleRate, bits, channels),
            (true, 32) => WaveFormat.CreateIeeeFloatWaveFormat(sampleRate, channels),
            (true, 64) => WaveFormat.CreateCustomFormat(
                WaveFormatEncoding.IeeeFloat, sampleRate, channels, sampleRate * channels * sizeof(double), channels * sizeof(double), bits),
            _ => throw new InvalidDataException($"it holds samples of {bits} bits"),
        };
        if (sampleRate < 1 || reader.BlockAlign != format.BlockAlign)
        {
            throw new InvalidDataException($"its header makes no sense: {sampleRate} Hz, {format}, {reader.BlockAlign} bytes a frame");
        }

        float[] samples = new float[reader.Length / (bits / 8)];
        return provider.Read(samples) == samples.Length ? new WavFile(samples, format) : throw new EndOfStreamException("it is cut off");
    }

    /// <summary>The bits of a sample in the file, the lowest first.</summary>
    private long Stored(float sample) => (Format.Encoding, Format.BitsPerSample) switch
    {
        (WaveFormatEncoding.IeeeFloat, 32) => BitConverter.SingleToUInt32Bits(sample),
        (WaveFormatEncoding.IeeeFloat, _) => BitConverter.DoubleToInt64Bits(sample),
        (_, int bits) => Quantize(sample, fullScale: 1L << (bits - 1)),
    };

    private static long Quantize(double sample, long fullScale) => (long)Math.Clamp(Math.Round(sample * fullScale), -fullScale, fullScale - 1);
}
