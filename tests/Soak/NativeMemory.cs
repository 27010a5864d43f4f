using System;
using System.Buffers;
using System.Runtime.CompilerServices;

namespace Lstm.Soak;

/// <summary>Takes aligned memory, pins and frees it; some is freed before its pin, some is left to the finalizer.</summary>
internal sealed class NativeMemory : ILoad
{
    private const int Length = 4_096;

    private int turn;

    public long Turn()
    {
        for (int i = 0; i < 64; i++)
        {
            using AlignedMemory<float> memory = new(Length + i);
            using MemoryHandle pin = memory.Pin(i);
            memory.GetSpan().Fill(i);
        }

        AlignedMemory<Net> early = new();
        MemoryHandle late = early.Pin();
        early.Dispose();
        late.Dispose();
        if (turn++ % 16 == 0)
        {
            Forget();
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        AlignedMemory<float> pinned = new(Length);
        _ = pinned.Pin();
        new AlignedMemory<float>(Length).GetSpan().Fill(1);
    }
}
