using System.Runtime.InteropServices;

namespace Lstm.Benchmarks;

/// <summary>What this core can do, measured by <c>benchmarks/native/machine.cpp</c> at its widest vectors.</summary>
/// <param name="Lanes">Floats to a vector.</param>
/// <param name="MultiplyAdds">Vector multiply-adds a nanosecond.</param>
/// <param name="MultiplyAddLatency">Nanoseconds from one to the next that waits for it.</param>
/// <param name="ActivationLatency">Nanoseconds from the sums of a step to an input of the next.</param>
/// <param name="FirstLevel">Bytes a nanosecond from the first-level cache.</param>
/// <param name="SecondLevel">Bytes a nanosecond from the second-level cache.</param>
internal sealed record Machine(
    int Lanes, double MultiplyAdds, double MultiplyAddLatency, double ActivationLatency, double FirstLevel, double SecondLevel)
{
    private const string Library = "lstm_machine";
    private const int InFirstLevel = 16 * 1024;
    private const int InSecondLevel = 192 * 1024;

    /// <summary>Null where there is no compiler.</summary>
    public static Machine? Measure() => NativeBuild.Load(Library, "machine.cpp") is not null
        ? null
        : new Machine(
            CountLanes(), MeasureMultiplyAdds(), MeasureMultiplyAddLatency(), MeasureActivationLatency(),
            MeasureLoads(InFirstLevel), MeasureLoads(InSecondLevel));

    [DllImport(Library, EntryPoint = "machine_lanes")]
    private static extern int CountLanes();

    [DllImport(Library, EntryPoint = "machine_fma")]
    private static extern double MeasureMultiplyAdds();

    [DllImport(Library, EntryPoint = "machine_fma_latency")]
    private static extern double MeasureMultiplyAddLatency();

    [DllImport(Library, EntryPoint = "machine_activation_latency")]
    private static extern double MeasureActivationLatency();

    [DllImport(Library, EntryPoint = "machine_load")]
    private static extern double MeasureLoads(int bytes);
}
