using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>
/// Damaged files: each read gives a model or one <see cref="LstmFormatException"/>, in bounded time and memory. The number of mutated files for each
/// reader is 2,000, or that of the environment variable LSTM_FUZZ.
/// </summary>
public class DamageTests
{
    private static readonly int Mutations =
        int.TryParse(Environment.GetEnvironmentVariable("LSTM_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 2_000;

    public static TheoryData<string> Kinds => new("safetensors", "rtneural", "torch json", "nam", "onnx", "onnx of pytorch", "keras", "h5");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TruncatedAtEveryByte_IsRefused(string kind)
    {
        (byte[] file, LstmFormat format) = File(kind);
        Assert.True(Read(file, format, file.Length, $"{kind}, whole"));
        for (int length = 0; length < file.Length; length++)
        {
            bool isRead = Read(file[..length], format, file.Length, $"{kind}, the first {length} of {file.Length} bytes");
            Assert.False(isRead, $"{kind}: the first {length} bytes were taken for a whole file");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mutated_IsReadOrRefused(string kind)
    {
        (byte[] file, LstmFormat format) = File(kind);
        int seed = kind.Sum(static character => character);
        for (int i = 0; i < Mutations; i++)
        {
            Read(Mutated(file, new Random((seed * 1_000_003) + i)), format, file.Length, $"{kind}, mutation {i}");
        }
    }

    /// <summary>Bytes overwritten, with extreme values among them; parts removed, doubled, or moved; and the text of numbers exchanged.</summary>
    private static byte[] Mutated(byte[] file, Random random)
    {
        byte[] bytes = [.. file];
        for (int change = random.Next(1, 5); change > 0 && bytes.Length > 16; change--)
        {
            int at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Length, 2_048)) : random.Next(bytes.Length);
            int length = Math.Min(random.Next(1, 9), bytes.Length - at);
            Span<byte> span = bytes.AsSpan(at, length);
            switch (random.Next(7))
            {
                case 0: random.NextBytes(span); break;
                case 1: span.Fill(0xFF); break;
                case 2: span.Clear(); break;
                case 3: span[0] ^= (byte)(1 << random.Next(8)); break;
                case 4: bytes = [.. bytes[..at], .. bytes[(at + length)..]]; break;
                case 5: bytes = [.. bytes[..at], .. span, .. bytes[at..]]; break;
                default: bytes.AsSpan(random.Next(bytes.Length - length), length).CopyTo(span); break;
            }
        }

        return bytes;
    }

    /// <summary>Whether it is read. Anything but a model or an error of the format fails the test, as does much memory.</summary>
    private static bool Read(byte[] file, LstmFormat format, int whole, string name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = true;
        try
        {
            Models.Read(file, format);
        }
        catch (LstmFormatException error)
        {
            isRead = false;
            Assert.NotEmpty(error.Place);
            Assert.True(error.Message.Length < 1_000, $"{name}: a message of {error.Message.Length} characters");
        }
        catch (Exception error)
        {
            Assert.Fail($"{name}: {error}");
        }

        // Exceptions and small objects take some; what a length in the file asks for must not be taken unchecked.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= 2_000_000 + (64L * whole), $"{name}: {allocated} bytes for a file of {whole}");
        return isRead;
    }

    private static (byte[] File, LstmFormat Format) File(string kind) => kind switch
    {
        "safetensors" => (TestFiles.Bytes("torch_p1_d8_l1_k1.safetensors"), LstmFormat.Safetensors),
        "rtneural" => (Models.Write(Models.Random(1, 1, [3, 2], 1, state: true), LstmFormat.RtNeural), LstmFormat.RtNeural),
        "torch json" => (TestFiles.Bytes("rtneural_torch.json")[..], LstmFormat.RtNeural),
        "nam" => (Models.Write(Models.Random(1, 1, [3], 1, state: true), LstmFormat.Nam), LstmFormat.Nam),
        "onnx" => (Models.Write(Models.Random(1, 1, [3, 2], 1, state: true), LstmFormat.Onnx), LstmFormat.Onnx),
        "onnx of pytorch" => (TestFiles.Bytes("onnx_op16.onnx"), LstmFormat.Onnx),
        "keras" => (TestFiles.Bytes("keras.keras"), LstmFormat.Keras),
        _ => (TestFiles.Bytes("keras.weights.h5"), LstmFormat.Keras),
    };
}
