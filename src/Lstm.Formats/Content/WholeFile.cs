using System;
using System.IO;

namespace Lstm.Formats.Content;

/// <summary>Writes files whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Writes a file beside its place, and then moves it there: whoever looks sees the old file or the new one, and a full disk or a crash loses
    /// neither. A link stays, and so do the permissions of a file that is replaced. What is no ordinary file is written as it is.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What goes into it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="IOException">It cannot be written, or is there and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It is read-only, or in a folder that must not be written to.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite = true)
    {
        string target = TargetOf(path);
        if (IsDevice(target))
        {
            using FileStream device = File.OpenWrite(target);
            device.Write(bytes);
            return;
        }

        if (IsReadOnly(target))
        {
            throw new UnauthorizedAccessException($"'{path}' is read-only.");
        }

        string unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
            }

            File.Move(unfinished, target, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(unfinished);
            throw;
        }
    }

    /// <summary>The file itself where the path is a link to it.</summary>
    public static string TargetOf(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    /// <summary>Whether a file is there that must not be written to.</summary>
    public static bool IsReadOnly(string target) => File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly);

    /// <summary>Moving a file onto /dev/null would replace the device.</summary>
    public static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows()
        && target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
