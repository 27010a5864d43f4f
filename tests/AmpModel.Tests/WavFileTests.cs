using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace AmpModel.Tests;

public class WavFileTests
{
    private static readonly float[] Ramp = [.. Enumerable.Range(0, 101).Select(i => (i - 50) / 50.5f)];

    // Half a step of an integer format; a 24-bit mantissa is coarser than a 32-bit integer; floats come back as they are.
    [Theory]
    [InlineData(nameof(SampleFormat.Pcm16), 0.5 / 32768)]
    [InlineData(nameof(SampleFormat.Pcm24), 0.5 / 8388608)]
    [InlineData(nameof(SampleFormat.Pcm32), 1.0 / 16777216)]
    [InlineData(nameof(SampleFormat.Float32), 0)]
    [InlineData(nameof(SampleFormat.Float64), 0)]
    public void WrittenAndRead_GivesTheSamplesBack(string format, double tolerance)
    {
        foreach (int sampleRate in new[] { 8000, 44100, 192000 })
        {
            var written = new WavFile(Ramp, sampleRate, 1, Enum.Parse<SampleFormat>(format));
            WavFile read = WavFile.Parse(written.ToBytes());

            Assert.Equal((sampleRate, 1, written.Format), (read.SampleRate, read.Channels, read.Format));
            Assert.Equal(Ramp.Length, read.Samples.Length);
            Assert.All(Ramp.Zip(read.Samples), pair => Assert.InRange(Math.Abs((double)pair.First - pair.Second), 0, tolerance));
        }
    }

    [Theory]
    [InlineData(nameof(SampleFormat.Pcm16))]
    [InlineData(nameof(SampleFormat.Pcm24))]
    [InlineData(nameof(SampleFormat.Pcm32))]
    public void BeyondFullScale_IsClippedNotWrapped(string format)
    {
        float[] read = WavFile.Parse(new WavFile([2f, -2f, 1f, -1f], 8000, 1, Enum.Parse<SampleFormat>(format)).ToBytes()).Samples;

        Assert.InRange(read[0], 0.9999f, 1f);
        Assert.Equal(-1f, read[1]);
        Assert.InRange(read[2], 0.9999f, 1f);
        Assert.Equal(-1f, read[3]);
    }

    [Fact]
    public void Pcm24_KeepsTheSign()
    {
        byte[] file = File(("fmt ", Format(1, 24)), ("data", [0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x40, 0x00, 0x00, 0x80]));

        Assert.Equal([-1 / 8388608f, 0.5f, -1f], WavFile.Parse(file).Samples);
    }

    [Fact]
    public void Channels_StayInterleaved()
    {
        WavFile read = WavFile.Parse(new WavFile([0.5f, -0.5f, 0.25f, -0.25f], 48000, 2, SampleFormat.Pcm16).ToBytes());

        Assert.Equal(2, read.Channels);
        Assert.Equal([0.5f, -0.5f, 0.25f, -0.25f], read.Samples);
    }

    [Theory]
    [InlineData(1, 24, nameof(SampleFormat.Pcm24))]
    [InlineData(3, 32, nameof(SampleFormat.Float32))]
    public void Extensible_IsReadByItsSubtype(int subtype, int bits, string format)
    {
        byte[] subtypeGuid = [(byte)subtype, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        byte[] extension = [22, 0, (byte)bits, 0, 4, 0, 0, 0, .. subtypeGuid];
        byte[] file = File(("fmt ", [.. Format(0xFFFE, bits), .. extension]), ("data", new byte[bits / 8 * 3]));

        WavFile read = WavFile.Parse(file);

        Assert.Equal(Enum.Parse<SampleFormat>(format), read.Format);
        Assert.Equal(3, read.Samples.Length);
    }

    [Fact]
    public void UnknownChunks_AreSkippedWithTheirPadding()
    {
        byte[] file = File(("LIST", new byte[7]), ("fmt ", Format(1, 16)), ("bext", new byte[3]), ("data", [0, 0x40]), ("junk", new byte[5]));

        Assert.Equal([0.5f], WavFile.Parse(file).Samples);
    }

    [Fact]
    public void OddData_IsPaddedWhenWritten()
    {
        byte[] file = new WavFile([0.5f], 8000, 1, SampleFormat.Pcm24).ToBytes();

        Assert.Equal(48, file.Length);
        Assert.Equal(file.Length - 8, BitConverter.ToInt32(file, 4));
        Assert.Equal([0.5f], WavFile.Parse(file).Samples);
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        byte[] file = File(("LIST", new byte[7]), ("fmt ", Format(1, 16)), ("data", new byte[8]));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => WavFile.Parse(file.AsSpan(0, length)));
        }

        Assert.Equal(4, WavFile.Parse(file).Samples.Length);
    }

    [Theory]
    [InlineData(1, 8)] // 8-bit PCM
    [InlineData(2, 4)] // ADPCM
    [InlineData(6, 8)] // A-law
    [InlineData(3, 16)] // half precision
    [InlineData(0x55, 16)] // MP3
    public void OtherFormats_AreRefusedWithWhatToDo(int tag, int bits)
    {
        byte[] file = File(("fmt ", Format(tag, bits)), ("data", new byte[8]));

        Assert.Contains("convert it to 16, 24 or 32-bit PCM", Assert.Throws<InvalidDataException>(() => WavFile.Parse(file)).Message);
    }

    [Fact]
    public void Nonsense_IsRefused()
    {
        Assert.Contains("empty", Refusal([]));
        Assert.Contains("not a WAV file", Refusal(Encoding.ASCII.GetBytes("ID3 this is another kind of file")));
        Assert.Contains("no 'data' chunk", Refusal(File(("fmt ", Format(1, 16)))));
        Assert.Contains("no 'fmt ' chunk", Refusal(File(("data", new byte[8]))));
        Assert.Contains("too short", Refusal(File(("fmt ", new byte[4]), ("data", new byte[8]))));
        Assert.Contains("makes no sense", Refusal(File(("fmt ", Format(1, 16, channels: 0)), ("data", new byte[8]))));
        Assert.Contains("makes no sense", Refusal(File(("fmt ", Format(1, 16, sampleRate: 0)), ("data", new byte[8]))));
        Assert.Contains("middle of a sample", Refusal(File(("fmt ", Format(1, 16)), ("data", new byte[3]))));
        Assert.Contains("cut off", Refusal([.. File(("fmt ", Format(1, 16))), .. "data"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]));
    }

    private static string Refusal(byte[] file) => Assert.Throws<InvalidDataException>(() => WavFile.Parse(file)).Message;

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

        return stream.ToArray();
    }
}
