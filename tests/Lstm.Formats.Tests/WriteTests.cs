using System;
using System.IO;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>A file is written whole or not at all.</summary>
public sealed class WriteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("write").FullName;

    private string Target => Path.Combine(folder, "pedal.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Written in place, the open file would have the new bytes. Windows lets nobody replace a file that is open.</summary>
    [Fact]
    public void OldFile_IsReplaced_NotOverwritten()
    {
        LstmFile.Write(Models.Random(1, 1, [3], output: 1), Target);
        byte[] before = File.ReadAllBytes(Target);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var open = new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        LstmFile.Write(Models.Random(2, 1, [3], output: 1), Target);

        byte[] old = new byte[before.Length];
        open.ReadExactly(old);
        Assert.Equal(before, old);
        Assert.NotEqual(before, File.ReadAllBytes(Target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void ReadOnlyFile_IsRefused_AndStays()
    {
        LstmFile.Write(Models.Random(1, 1, [3], output: 1), Target);
        byte[] before = File.ReadAllBytes(Target);
        File.SetAttributes(Target, FileAttributes.ReadOnly);

        Assert.Throws<UnauthorizedAccessException>(() => LstmFile.Write(Models.Random(2, 1, [3], output: 1), Target));

        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
        File.SetAttributes(Target, FileAttributes.Normal);
    }

    /// <summary>A folder of that name stands in the way of the last step. What was written until then goes.</summary>
    [Fact]
    public void FailedWrite_LeavesNothing()
    {
        Directory.CreateDirectory(Target);

        Exception? error = Record.Exception(() => LstmFile.Write(Models.Random(1, 1, [3], output: 1), Target));

        Assert.True(error is IOException or UnauthorizedAccessException, $"{error}");
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }
}
