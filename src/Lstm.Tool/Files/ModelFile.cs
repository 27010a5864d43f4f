using System;
using System.IO;
using Lstm.Formats;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Tool.Files;

/// <summary>A model, and the file that it came from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Model">What it holds.</param>
internal sealed record ModelFile(string Path, LstmFormat Format, long Length, LstmModel Model)
{
    /// <summary>The name of the file without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The sizes, such as 1 -> 16 -> 1.</summary>
    public string Sizes => ModelShape.SizesText(Model);

    /// <summary>What the format is called.</summary>
    public string FormatName => Format switch
    {
        LstmFormat.Onnx => "ONNX",
        LstmFormat.RtNeural => "RTNeural JSON",
        LstmFormat.Nam => "Neural Amp Modeler",
        LstmFormat.Keras => "Keras 3",
        _ => "safetensors",
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format, or null to tell it by content and extension.</param>
    /// <exception cref="ToolException">It cannot be read.</exception>
    public static ModelFile Read(string path, LstmFormat? format = null)
    {
        if (Directory.Exists(path))
        {
            throw new ToolException($"{path} is a directory. Give a model file.");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            var source = Source.Of(stream, path);
            LstmFormat found = format ?? FormatDetection.Of(source);
            return new ModelFile(path, found, source.Bytes.Length, LstmFile.Read(source, found));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"{path} does not exist.");
        }
        catch (LstmFormatException e)
        {
            throw new ToolException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ToolException($"{path} cannot be read: {e.Message}");
        }
    }
}
