using System;

namespace Lstm.Formats.Keras.Hdf5;

/// <summary>A part of what describes an object.</summary>
/// <param name="Type">What it says; the numbers are those of HDF5.</param>
/// <param name="IsShared">Whether it stands elsewhere, and this is the address.</param>
/// <param name="Data">What it says.</param>
internal sealed record Hdf5Message(int Type, bool IsShared, ReadOnlyMemory<byte> Data)
{
    /// <summary>The length of each axis.</summary>
    public const int Dataspace = 0x01;

    /// <summary>Where links are, if they do not stand in the header.</summary>
    public const int LinkInfo = 0x02;

    /// <summary>The type of the numbers.</summary>
    public const int Datatype = 0x03;

    /// <summary>A link of a group.</summary>
    public const int Link = 0x06;

    /// <summary>That the numbers are in other files.</summary>
    public const int External = 0x07;

    /// <summary>Where the numbers are.</summary>
    public const int Layout = 0x08;

    /// <summary>Where the links of an old group are.</summary>
    public const int SymbolTable = 0x11;
}
