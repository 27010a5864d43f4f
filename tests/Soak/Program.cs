using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Linq;
using Lstm.Soak;

Option<int> seconds = new("--seconds") { Description = "How long it runs; at least 10.", DefaultValueFactory = static _ => 3600 };
seconds.Validators.Add(static result =>
{
    if (result.GetValueOrDefault<int>() < 10)
    {
        result.AddError("--seconds must be at least 10.");
    }
});
RootCommand command = new("Trains, streams and frees memory for a long time, and checks that memory, threads and handles stay as they are.")
{
    seconds,
};
command.SetAction(arguments => Soak.Run(arguments.GetValue(seconds)));
return command.Parse(args).Invoke();

/// <summary>The run.</summary>
internal static class Soak
{
    private const int Slices = 60;

    // Until then the JIT compiles its last tier, and the allocator takes its arenas.
    private const int WarmUp = 15;

    public static int Run(int seconds)
    {
        List<Reading> readings = [];
        long steps = 0;
        using Threads threads = new();
        ILoad[] loads = [new Training(), new Streaming(), threads, new NativeMemory()];
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            for (int slice = 1; slice <= Slices; slice++)
            {
                while (watch.Elapsed.TotalSeconds < (double)seconds * slice / Slices)
                {
                    steps += loads.Sum(static load => load.Turn());
                }

                Reading reading = Reading.Now();
                readings.Add(reading);
                Console.WriteLine(
                    $"{watch.Elapsed.TotalSeconds,6:0} s, {steps} steps: managed {reading.Managed} bytes, resident {Mebibytes(reading)} MB, "
                    + $"{reading.Threads} threads, {reading.Handles} handles");
            }
        }
        catch (SoakException wrong)
        {
            Console.WriteLine($"soak: {watch.Elapsed.TotalSeconds:0} s, {steps} steps: {wrong.Message}");
            return 1;
        }

        const int Quarter = (Slices - WarmUp) / 4;
        Reading before = Reading.Median(readings.GetRange(WarmUp, Quarter)), after = Reading.Median(readings.GetRange(Slices - Quarter, Quarter));
        string[] grown = [.. after.GrownSince(before)];
        Console.WriteLine(
            $"soak: {seconds} s, {steps} steps, managed {before.Managed} -> {after.Managed} bytes, "
            + $"resident {Mebibytes(before)} -> {Mebibytes(after)} MB: "
            + (grown.Length == 0 ? "flat" : string.Join(", ", grown)));
        return grown.Length == 0 ? 0 : 1;
    }

    private static string Mebibytes(Reading reading) => FormattableString.Invariant($"{reading.Resident / (1024.0 * 1024):0.0}");
}
