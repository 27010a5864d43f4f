using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Lstm.Formats.Content;

namespace Lstm.Formats.Keras;

/// <summary>A <c>.keras</c> file: a zip archive with config.json and model.weights.h5.</summary>
internal static class KerasArchive
{
    private const string Config = "config.json";
    private const string Weights = "model.weights.h5";

    // Keras stores without compression. Weights hardly compress, and a configuration does by ten; this bounds what a few bytes can become.
    private const int MostExpansion = 20;
    private const int SmallBytes = 1 << 20;

    /// <summary>Whether this is a zip archive.</summary>
    public static bool Is(Source source) => source.Bytes.Length > 1 && source.Bytes.Span[0] == 'P' && source.Bytes.Span[1] == 'K';

    /// <summary>Reads both parts.</summary>
    /// <exception cref="LstmFormatException">The archive is damaged, or has not both parts.</exception>
    public static (Source Config, Source Weights) Open(Source source)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(source.Bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            return (Part(source, archive, Config), Part(source, archive, Weights));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw source.Refuse("its zip archive", $"'{error.Message}'", "a .keras archive", error);
        }
    }

    private static Source Part(Source source, ZipArchive archive, string name)
    {
        ZipArchiveEntry[] entries = [.. archive.Entries.Where(entry => entry.FullName == name).Take(2)];
        if (entries.Length != 1)
        {
            string found = entries.Length == 0 ? "no" : "more than one";
            throw source.Refuse("its zip archive", $"{found} {name}", $"{Config} and {Weights}, once each");
        }

        long most = SmallBytes + ((long)MostExpansion * source.Bytes.Length);
        using Stream stream = entries[0].Open();
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > most)
            {
                throw source.Refuse(
                    name, $"more than {most} bytes when unpacked", FormattableString.Invariant($"at most {MostExpansion} times the archive"));
            }
        }

        return new Source($"{source.File}/{name}", bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }
}
