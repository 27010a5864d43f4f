using System;
using System.Threading.Tasks;
using Xunit;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>
/// The recorded hashes of <c>tests/Lstm.Bits</c>, in processes that have less than this machine and in the portable profile.
/// <c>tests/Lstm.Bits/check</c> compares more steps, and on other platforms.
/// </summary>
public class BitsTests
{
    /// <summary>A few small ones, of each kind, and one too large for an array: the JIT takes a second for two of them.</summary>
    private const string Types =
        "PortableCell,LargeCell,StrictCell,DoubleCell,StackedNet,FusedCell,FusedStrictNet,FusedDoubleNet,DenseChain,TrainedNet";

    [Theory]
    [InlineData("Lstm.Bits.dll", "EnableAVX512", "1", 10)]
    [InlineData("Lstm.Bits.dll", "EnableAVX512", "0", 10)]
    [InlineData("Lstm.Bits.dll", "EnableAVX2", "0", 10)]
    [InlineData("Lstm.Bits.dll", "EnableHWIntrinsic", "0", 10)]
    [InlineData("Lstm.Bits.Portable.dll", "EnableAVX512", "1", 7)]
    public async Task EveryType_HasTheRecordedBits(string program, string setting, string value, int types)
    {
        (int exitCode, string output) = await Host.Start(
            program, ["--steps", "300", "--trainings", "8", "--types", Types, "--check", "hashes.short.txt"], (setting, value));
        Assert.True(exitCode == 0, output);
        Assert.EndsWith($"{types} types, {types} equal", output.TrimEnd(), StringComparison.Ordinal);
    }
}
