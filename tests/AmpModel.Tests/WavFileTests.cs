using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using NAudio.Wave;
using Xunit;

namespace AmpModel.Tests;

public class WavFileTests
{
    private static readonly float[] Ramp = [.. Enumerable.Range(0, 101).Select(i => (i - 50) / 50.5f)];

    // Half a step of an integer format; a 24-bit mantissa is coarser than a 32-bit integer; floats come back as they are.
    public static TheoryData<string, int, double> Formats => new()
    {
        { "Pcm", 16, 0.5 / 32768 },
        { "Pcm", 24, 0.5 / 8388608 },
        { "Pcm", 32, 1.0 / 16777216 },
        { "IeeeFloat", 32, 0 },
        { "IeeeFloat", 64, 0 },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void WrittenAndRead_GivesTheSamplesBack(string encoding, int bits, double tolerance)
    {
        foreach (int sampleRate in new[] { 8000, 44100, 192000 })
        {
            WaveFormat format = WaveFormat.CreateCustomFormat(
                Enum.Parse<WaveFormatEncoding>(encoding), sampleRate, channels: 1, sampleRate * bits / 8, bits / 8, bits);
            WavFile read = Read(Content(Ramp, format));

            Assert.Equal(format, read.Format);
            Assert.Equal(Ramp.Length, read.Samples.Length);
            Assert.All(Ramp.Zip(read.Samples), pair => Assert.InRange(Math.Abs((double)pair.First - pair.Second), 0, tolerance));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void BeyondFullScale_IsClippedNotWrapped(int bits)
    {
        float[] read = Read(Content([2f, -2f, 1f, -1f], new WaveFormat(8000, bits, 1))).Samples;

        Assert.InRange(read[0], 0.9999f, 1f);
        Assert.Equal(-1f, read[1]);
        Assert.InRange(read[2], 0.9999f, 1f);
        Assert.Equal(-1f, read[3]);
    }

    [Fact]
    public void Pcm24_KeepsTheSign()
    {
        byte[] file = File(("fmt ", Format(1, 24)), ("data", [0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x40, 0x00, 0x00, 0x80]));

        Assert.Equal([-1 / 8388608f, 0.5f, -1f], Read(file).Samples);
    }

    [Fact]
    public void Channels_StayInterleaved()
    {
        WavFile read = Read(Content([0.5f, -0.5f, 0.25f, -0.25f], new WaveFormat(48000, 16, 2)));

        Assert.Equal(2, read.Format.Channels);
        Assert.Equal([0.5f, -0.5f, 0.25f, -0.25f], read.Samples);
    }

    [Theory]
    [InlineData(1, 24, WaveFormatEncoding.Pcm)]
    [InlineData(3, 32, WaveFormatEncoding.IeeeFloat)]
    public void Extensible_IsReadByItsSubtype(int subtype, int bits, WaveFormatEncoding encoding)
    {
        byte[] subtypeGuid = [(byte)subtype, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        byte[] extension = [22, 0, (byte)bits, 0, 4, 0, 0, 0, .. subtypeGuid];
        byte[] file = File(("fmt ", [.. Format(0xFFFE, bits), .. extension]), ("data", new byte[bits / 8 * 3]));

        WavFile read = Read(file);

        Assert.Equal((encoding, bits), (read.Format.Encoding, read.Format.BitsPerSample));
        Assert.Equal(3, read.Samples.Length);
    }

    [Fact]
    public void UnknownChunks_AreSkippedWithTheirPadding()
    {
        byte[] file = File(("LIST", new byte[7]), ("fmt ", Format(1, 16)), ("bext", new byte[3]), ("data", [0, 0x40]), ("junk", new byte[5]));

        Assert.Equal([0.5f], Read(file).Samples);
    }

    [Fact]
    public void OddData_IsPaddedWhenWritten()
    {
        byte[] file = Content([0.5f], new WaveFormat(8000, 24, 1));

        Assert.Equal(48, file.Length);
        Assert.Equal(file.Length - 8, BitConverter.ToInt32(file, 4));
        Assert.Equal([0.5f], Read(file).Samples);
        Assert.Equal([0.5f], Read(file[..^1]).Samples);
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        byte[] file = File(("LIST", new byte[7]), ("fmt ", Format(1, 16)), ("data", new byte[8]));
        for (int length = 0; length < file.Length; length++)
        {
            Refusal(file[..length]);
        }

        Assert.Contains("it is cut off", Refusal(file[..^4]));
        Assert.Equal(4, Read(file).Samples.Length);
    }

    // What a program writes into a pipe: it cannot go back to the header.
    [Fact]
    public void UnknownLength_IsReadToTheEnd()
    {
        byte[] file = File(("fmt ", Format(1, 16)), ("data", [0, 0x40, 0, 0x20]));
        file.AsSpan(4, 4).Fill(0xFF);
        file.AsSpan(40, 4).Fill(0xFF);

        Assert.Equal([0.5f, 0.25f], Read(file).Samples);
    }

    [Theory]
    [InlineData(1, 8)] // 8-bit PCM
    [InlineData(2, 4)] // ADPCM
    [InlineData(6, 8)] // A-law
    [InlineData(3, 16)] // half precision
    [InlineData(0x55, 16)] // MP3
    public void OtherFormats_AreRefusedWithWhatToDo(int tag, int bits) =>
        Assert.Contains("export it as a WAV file of 16, 24 or 32-bit PCM", Refusal(File(("fmt ", Format(tag, bits)), ("data", new byte[8]))));

    [Fact]
    public void Nonsense_IsRefused()
    {
        Assert.Contains("empty", Refusal([]));
        Assert.Contains("Not a WAVE file", Refusal(Encoding.ASCII.GetBytes("ID3 this is another kind of file")));
        Assert.Contains("No data chunk", Refusal(File(("fmt ", Format(1, 16)))));
        Assert.Contains("No fmt chunk", Refusal(File(("data", new byte[8]))));
        Assert.Contains("Invalid WaveFormat", Refusal(File(("fmt ", new byte[4]), ("data", new byte[8]))));
        Assert.Contains("block align", Refusal(File(("fmt ", Format(1, 16, channels: 0)), ("data", new byte[8]))));
        Assert.Contains("makes no sense", Refusal(File(("fmt ", Format(1, 16, sampleRate: 0)), ("data", new byte[8]))));
        Assert.Contains("middle of a sample", Refusal(File(("fmt ", Format(1, 16)), ("data", new byte[3]))));
    }

    // Whatever is in the header, the caller need not expect any other exception.
    [Fact]
    public void DamagedHeaders_AreReadOrRefused()
    {
        byte[] whole = File(("LIST", new byte[7]), ("fmt ", Format(1, 16)), ("data", new byte[8]), ("bext", new byte[3]));
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = (byte[])whole.Clone();
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            Exception? exception = Record.Exception(() => Read(file));
            Assert.True(exception is null or InvalidDataException, $"{Convert.ToHexString(file)}: {exception}");
        }
    }

    private static WavFile Read(byte[] content) => WavFile.Read(new MemoryStream(content));

    private static byte[] Content(float[] samples, WaveFormat format)
    {
        var stream = new MemoryStream();
        new WavFile(samples, format).Write(stream);
        return stream.ToArray();
    }

    private static string Refusal(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file)).Message;

    private static byte[] Format(int tag, int bits, int channels = 1, int sampleRate = 44100)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write((ushort)tag);
        writer.Write((ushort)channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * channels * bits / 8);
        writer.Write((ushort)(channels * bits / 8));
        writer.Write((ushort)bits);
        return stream.ToArray();
    }

    /// <summary>A file of these chunks.</summary>
    private static byte[] File(params (string Id, byte[] Content)[] chunks)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF\0\0\0\0WAVE"u8);
        foreach ((string id, byte[] content) in chunks)
        {
            writer.Write(Encoding.ASCII.GetBytes(id));
            writer.Write(content.Length);
            writer.Write(content);
            if (content.Length % 2 == 1)
            {
                writer.Write((byte)0);
            }
        }

        byte[] file = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
