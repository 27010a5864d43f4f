using BenchmarkDotNet.Environments;

namespace Lstm.Benchmarks;

/// <summary>What this runs on.</summary>
internal static class Processor
{
    /// <summary>As the system names it.</summary>
    public static string Name { get; } = HostEnvironmentInfo.GetCurrent().Cpu.Value?.ProcessorName ?? "unknown processor";
}
