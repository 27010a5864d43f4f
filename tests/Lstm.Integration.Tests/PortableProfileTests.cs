using System;
using System.IO;
using Xunit;

namespace Lstm.Integration.Tests;

/// <summary>
/// The portable profile, generated as C# 9 for netstandard2.1, has the bits of <see cref="Arithmetic.Portable"/> with vectors: steps, records,
/// gradients, training of many sequences with clipping and Adam, exports, chains. <c>tests/Portable/check</c> holds the same hashes on Mono.
/// </summary>
public sealed class PortableProfileTests
{
    private static readonly string[] Expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "hashes.txt"));

    [Fact]
    public void LoopsForOldPlatforms_HaveTheRecordedBits() => Assert.Equal(Expected, Portable.Loops.Scenario.Hashes());

    [Fact]
    public void Vectors_HaveTheRecordedBits() => Assert.Equal(Expected, Portable.Vectors.Scenario.Hashes());
}
