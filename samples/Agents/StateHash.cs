using System;
using System.Runtime.InteropServices;

namespace Agents;

/// <summary>A hash of 64 bits in which a single other bit of the game shows: FNV-1a over words of 32 bits.</summary>
internal struct StateHash
{
    private ulong value;

    public StateHash() => value = 0xCBF29CE484222325;

    public readonly ulong Value => value;

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        foreach (uint word in MemoryMarshal.Cast<T, uint>(values))
        {
            value = (value ^ word) * 0x100000001B3;
        }
    }
}
