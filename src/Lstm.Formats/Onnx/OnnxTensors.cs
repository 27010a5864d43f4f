using System;
using System.Linq;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Lstm.Formats.Content;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>The numbers of ONNX's tensors.</summary>
internal static class OnnxTensors
{
    private const int Float = 1;
    private const int Int32 = 6;
    private const int Int64 = 7;
    private const int Half = 10;
    private const int Double = 11;
    private const int BrainFloat = 16;

    /// <summary>A tensor of floats, or of what becomes floats.</summary>
    /// <exception cref="LstmFormatException">It holds something else, or has not as many numbers as its shape says.</exception>
    public static Tensor Floats(Source source, TensorProto tensor, string place)
    {
        RefuseExternal(source, tensor, place);
        int[] shape = Shape(source, tensor, place);
        float[] values = tensor.DataType switch
        {
            Float => Raw(source, tensor, place, sizeof(float)) is { } bytes ? Numbers.FromFloats(bytes.Span) : [.. tensor.FloatData],
            Double => Raw(source, tensor, place, sizeof(double)) is { } bytes ? Numbers.FromDoubles(bytes.Span) : Rounded(tensor.DoubleData),
            Half => Numbers.FromHalves((Raw(source, tensor, place, sizeof(short)) ?? Halves(tensor.Int32Data)).Span),
            BrainFloat => Numbers.FromBrainFloats((Raw(source, tensor, place, sizeof(short)) ?? Halves(tensor.Int32Data)).Span),
            _ => throw source.Refuse(place, $"numbers of type {tensor.DataType}", "types 1, 10, 11 and 16: float, half, double and bfloat16"),
        };
        CheckCount(source, place, shape, values.Length);
        return source.Tensor(place, shape, values);
    }

    /// <summary>A tensor of whole numbers, flat.</summary>
    /// <exception cref="LstmFormatException">It holds something else, or has not as many numbers as its shape says.</exception>
    public static long[] Whole(Source source, TensorProto tensor, string place)
    {
        RefuseExternal(source, tensor, place);
        int[] shape = Shape(source, tensor, place);
        ReadOnlyMemory<byte>? raw = Raw(source, tensor, place, tensor.DataType == Int32 ? sizeof(int) : sizeof(long));
        long[] values = (tensor.DataType, raw) switch
        {
            (Int64, { } bytes) => Numbers.FromLongs(bytes.Span),
            (Int32, { } bytes) => Numbers.FromInts(bytes.Span),
            (Int64, null) => [.. tensor.Int64Data],
            (Int32, null) => [.. tensor.Int32Data.Select(static value => (long)value)],
            _ => throw source.Refuse(place, $"numbers of type {tensor.DataType}", "types 6 and 7, whole numbers"),
        };
        CheckCount(source, place, shape, values.Length);
        return values;
    }

    /// <summary>A tensor of floats to write.</summary>
    public static TensorProto Of(string name, ReadOnlySpan<float> values, params long[] shape) => new()
    {
        Name = name,
        DataType = Float,
        Dims = { shape },
        RawData = ByteString.CopyFrom(Numbers.ToBytes(values)),
    };

    /// <summary>A list of whole numbers to write.</summary>
    public static TensorProto Of(string name, params long[] values) => new()
    {
        Name = name,
        DataType = Int64,
        Dims = { values.Length },
        Int64Data = { values },
    };

    private static void RefuseExternal(Source source, TensorProto tensor, string place)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0)
        {
            throw source.Refuse(place, $"data in another file", "data in the model file itself");
        }
    }

    private static int[] Shape(Source source, TensorProto tensor, string place)
    {
        foreach (long length in tensor.Dims)
        {
            if (length is < 0 or > int.MaxValue)
            {
                throw source.Refuse(place, $"an axis of length {length}", "lengths from 0 to 2147483647");
            }
        }

        return [.. tensor.Dims.Select(static length => (int)length)];
    }

    private static void CheckCount(Source source, string place, int[] shape, int count)
    {
        // Stops before the product can overflow. With an axis of 0 the product is 0, whatever the others are.
        decimal expected = shape.Contains(0) ? 0 : 1;
        foreach (int length in shape)
        {
            expected *= length;
            if (expected > int.MaxValue)
            {
                break;
            }
        }

        if (count != expected)
        {
            throw source.Refuse(place, $"{count} numbers", FormattableString.Invariant($"as many as {Tensor.Text(shape)} has"));
        }
    }

    private static ReadOnlyMemory<byte>? Raw(Source source, TensorProto tensor, string place, int size)
    {
        if (!tensor.HasRawData)
        {
            return null;
        }

        return tensor.RawData.Length % size == 0 ? tensor.RawData.Memory : throw source.Refuse(
            place, $"{tensor.RawData.Length} bytes", FormattableString.Invariant($"whole numbers of {size} bytes each"));
    }

    private static float[] Rounded(RepeatedField<double> values) => [.. values.Select(static value => (float)value)];

    /// <summary>Numbers of 16 bits that stand in the lower half of 32.</summary>
    private static byte[] Halves(RepeatedField<int> values)
    {
        byte[] bytes = new byte[values.Count * sizeof(short)];
        for (int i = 0; i < values.Count; i++)
        {
            bytes[2 * i] = (byte)values[i];
            bytes[(2 * i) + 1] = (byte)(values[i] >> 8);
        }

        return bytes;
    }
}
