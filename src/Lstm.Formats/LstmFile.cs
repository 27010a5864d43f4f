using System;
using System.IO;
using Lstm.Formats.Content;
using Lstm.Formats.Keras;
using Lstm.Formats.Layers;
using Lstm.Formats.Nam;
using Lstm.Formats.Onnx;
using Lstm.Formats.RtNeural;
using Lstm.Formats.Safetensors;

namespace Lstm.Formats;

/// <summary>Reads and writes files of trained models.</summary>
/// <remarks>
/// A model that is written and read again has the same bits, in every format that is written, and so has one that went through any of them. Numbers
/// of other types than float are rounded to float when they are read.
/// </remarks>
/// <example><code>
/// LstmModel model = LstmFile.Read("pedal.nam");
/// LstmFile.Write(model, "pedal.safetensors");
/// </code></example>
public static class LstmFile
{
    /// <summary>Reads a file. Its content tells the format; where that is not clear, its extension does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LstmFormatException">The file is damaged, of an unknown format, or holds what no model can express.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LstmModel Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream stream = File.OpenRead(path);
        var source = Source.Of(stream, path);
        return Read(source, FormatDetection.Of(source));
    }

    /// <summary>Reads a model from where a stream stands to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="format">What it holds.</param>
    /// <exception cref="LstmFormatException">It is damaged, or holds what no model can express.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LstmModel Read(Stream stream, LstmFormat format)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckFormat(format);
        return Read(Source.Of(stream, name: null), format);
    }

    /// <summary>
    /// Writes a file in the format of its extension: .safetensors, .onnx, .json or .nam. It is written beside its place and then moved there:
    /// whatever goes wrong, a file that was there stays as it was.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, which is replaced if it is there.</param>
    /// <exception cref="ArgumentException">The extension names no format, or the format cannot hold the model. Nothing is written.</exception>
    /// <exception cref="NotSupportedException">The format is read, but not written.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only, or in a folder that must not be written to.</exception>
    public static void Write(LstmModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        LstmFormat format = FormatDetection.OfExtension(path) ?? throw new ArgumentException(
            $"'{Path.GetExtension(path)}' names no format. Write to {FormatDetection.WrittenExtensions}.", nameof(path));
        WholeFile.Write(path, Bytes(model, format));
    }

    /// <summary>Writes a model to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">The format cannot hold the model. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    /// <exception cref="NotSupportedException">The format is read, but not written.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(LstmModel model, Stream stream, LstmFormat format)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        CheckFormat(format);
        stream.Write(Bytes(model, format));
    }

    /// <summary>Reads a model whose format is known.</summary>
    internal static LstmModel Read(Source source, LstmFormat format) => format switch
    {
        LstmFormat.Safetensors => SafetensorsReader.Read(source),
        LstmFormat.Onnx => OnnxReader.Read(source),
        LstmFormat.RtNeural => RtNeuralReader.Read(source),
        LstmFormat.Nam => NamReader.Read(source),
        _ => KerasReader.Read(source),
    };

    private static byte[] Bytes(LstmModel model, LstmFormat format)
    {
        ModelShape.CheckFinite(model);
        using var bytes = new MemoryStream();
        switch (format)
        {
            case LstmFormat.Safetensors:
                SafetensorsWriter.Write(model, bytes);
                break;
            case LstmFormat.Onnx:
                OnnxWriter.Write(model, bytes);
                break;
            case LstmFormat.RtNeural:
                RtNeuralWriter.Write(model, bytes);
                break;
            case LstmFormat.Nam:
                NamWriter.Write(model, bytes);
                break;
            default:
                throw new NotSupportedException($"Keras files are read, not written. Write to {FormatDetection.WrittenExtensions}.");
        }

        return bytes.ToArray();
    }

    private static void CheckFormat(LstmFormat format)
    {
        if (!Enum.IsDefined(format))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
        }
    }
}
