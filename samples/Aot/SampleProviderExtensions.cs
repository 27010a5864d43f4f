#if !NET9_0_OR_GREATER
using NAudio.Wave;

namespace AmpModel;

/// <summary>What <see cref="WavFile"/> calls and NAudio for .NET 8 does not have.</summary>
internal static class SampleProviderExtensions
{
    /// <summary>Fills an array; returns how many samples there were.</summary>
    public static int Read(this ISampleProvider provider, float[] samples) => provider.Read(samples, 0, samples.Length);
}
#endif
