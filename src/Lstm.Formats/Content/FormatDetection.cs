using System;
using System.IO;
using System.Text.Json;

namespace Lstm.Formats.Content;

/// <summary>Which format a file has.</summary>
internal static class FormatDetection
{
    /// <summary>The extensions of formats that are written, for messages.</summary>
    public const string WrittenExtensions = ".safetensors, .onnx, .json (RTNeural) or .nam";

    /// <summary>The format that the content shows, or else the extension.</summary>
    /// <exception cref="LstmFormatException">Neither shows one.</exception>
    public static LstmFormat Of(Source source) => OfContent(source) ?? OfExtension(source.File) ?? throw source.Refuse(
        "its first bytes and its extension", $"no known format", $"{WrittenExtensions}, .keras and .weights.h5");

    /// <summary>The format that the extension names, if it names one.</summary>
    public static LstmFormat? OfExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => LstmFormat.Safetensors,
        ".onnx" => LstmFormat.Onnx,
        ".json" or ".aidax" => LstmFormat.RtNeural,
        ".nam" => LstmFormat.Nam,
        ".keras" or ".h5" or ".hdf5" => LstmFormat.Keras,
        _ => null,
    };

    private static LstmFormat? OfContent(Source source)
    {
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        ReadOnlySpan<byte> hdf5 = [0x89, (byte)'H', (byte)'D', (byte)'F'];
        ReadOnlySpan<byte> zip = [(byte)'P', (byte)'K', 3, 4];
        if (bytes.StartsWith(hdf5) || bytes.StartsWith(zip))
        {
            return LstmFormat.Keras;
        }

        if (bytes.Length > 8 && bytes[8] == '{' && bytes[7] == 0 && bytes[6] == 0)
        {
            return LstmFormat.Safetensors; // the length of a header of less than 2^48 bytes, then its JSON
        }

        ReadOnlySpan<byte> text = bytes.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return text.Length > 0 && text[0] == '{' ? OfJson(text) : null;
    }

    /// <summary>Of the two formats in JSON, NAM says its architecture. Damaged JSON shows nothing: then the extension decides.</summary>
    private static LstmFormat? OfJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("architecture"u8))
                {
                    return LstmFormat.Nam;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return LstmFormat.RtNeural;
    }
}
