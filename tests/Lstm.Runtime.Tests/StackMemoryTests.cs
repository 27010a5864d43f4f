using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class StackMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public unsafe void Aligned_BeginsACacheLineWithinTheBuffer(int offset)
    {
        Span<float> memory = stackalloc float[64];
        Span<float> buffer = memory[offset..];
        ref float aligned = ref StackMemory.Aligned(buffer);

        Assert.Equal(0, (nint)Unsafe.AsPointer(ref aligned) % 64);
        Assert.InRange(Unsafe.ByteOffset(ref buffer[0], ref aligned), 0, 63);
    }

    [Fact]
    public void Aligned_NoBuffer_IsNoReference() => Assert.True(Unsafe.IsNullRef(ref StackMemory.Aligned(Span<float>.Empty)));
}
