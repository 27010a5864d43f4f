using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Lstm;

namespace WebSample;

/// <summary>What <c>wwwroot/worker.js</c> calls. Samples cross the border as bytes, since there are no arrays of floats on it.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Engine
{
    private static Workbench? workbench;

    private static Workbench Bench => workbench ?? throw new InvalidOperationException("No recordings were opened.");

    /// <summary>Reads the pair of recordings.</summary>
    [JSExport]
    internal static void Open(byte[] dryFile, byte[] wetFile) => workbench = new Workbench(dryFile, wetFile);

    /// <summary>The samples of the pair: what went into the pedal, or what came out.</summary>
    [JSExport]
    internal static byte[] Recording(bool wet) => Bytes(wet ? Bench.Wet : Bench.Dry);

    /// <summary>The first sample of the test part.</summary>
    [JSExport]
    internal static int TestStart() => Bench.TestStart;

    /// <summary>Starts the trained pedal, or the one that is learning, from rest.</summary>
    [JSExport]
    internal static void Rewind(bool learned) => Bench.Rewind(learned);

    /// <summary>The next samples through that pedal.</summary>
    [JSExport]
    internal static byte[] Play(byte[] dry)
    {
        byte[] wet = new byte[dry.Length];
        Bench.Play(Floats(dry), MemoryMarshal.Cast<byte, float>(wet.AsSpan()));
        return wet;
    }

    /// <summary>Begins to learn.</summary>
    [JSExport]
    internal static void StartTraining(int seed) => Bench.StartTraining((ulong)seed);

    /// <summary>One update; returns the error-to-signal ratio of its batch.</summary>
    [JSExport]
    internal static double Update(double done) => Bench.Update(done);

    /// <summary>Error over signal: sum (y - yHat)^2 / sum y^2.</summary>
    [JSExport]
    internal static double ErrorToSignal(byte[] yHat, byte[] y) => Loss.ErrorToSignal(Floats(yHat), Floats(y));

    /// <summary>A few digits that two signals share only if every bit is equal.</summary>
    [JSExport]
    internal static string Fingerprint(byte[] samples) => Workbench.Fingerprint(samples);

    private static void Main()
    {
        // The worker calls the methods above.
    }

    private static byte[] Bytes(float[] samples) => MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();

    private static ReadOnlySpan<float> Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
}
