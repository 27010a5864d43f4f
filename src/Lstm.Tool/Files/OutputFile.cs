using System;
using System.IO;
using Lstm.Formats.Content;

namespace Lstm.Tool.Files;

/// <summary>Writes files whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Says whether a file can be written, before any work is done.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <exception cref="ToolException">It must not be, or cannot be.</exception>
    public static void Check(string path, bool force)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new ToolException(path.Length == 0 ? "There is no name of a file to write." : $"{path} is a directory. Give a file to write.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new ToolException($"{path} cannot be written: its folder does not exist.");
        }

        if (File.Exists(path) && !force)
        {
            throw new ToolException($"{path} is there already. Give --force to replace it.");
        }

        if (File.Exists(path) && (WholeFile.IsReadOnly(path) || WholeFile.IsDevice(WholeFile.TargetOf(path))))
        {
            throw new ToolException($"{path} cannot be written: it is read-only, or no ordinary file.");
        }
    }

    /// <summary>Writes a file beside its place, and then moves it there: whoever looks sees the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What goes into it.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <exception cref="ToolException">It must not be, or cannot be.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool force)
    {
        Check(path, force);
        try
        {
            WholeFile.Write(path, bytes, overwrite: force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path} cannot be written: {e.Message}");
        }
    }
}
