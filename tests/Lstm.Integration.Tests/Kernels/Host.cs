using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Lstm.Integration.Tests.Chains;
using Lstm.Integration.Tests.Recurrent;
using Xunit;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>This assembly as a program: the JIT takes its settings from the environment, so that other settings need another process.</summary>
internal static class Host
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Listing>>> Listings = new();

    private const int Steps = 67;

    /// <summary>Whole register tiles of every width, and some left over.</summary>
    private const int Sequences = 14;

    /// <summary>Runs every member of every generated type and prints, for each cell and network, a line "name hash".</summary>
    private static void Main()
    {
        Run<float>();
        Run<double>();
    }

    /// <summary>What a line calls a model.</summary>
    public static string NameOf<T>(ModelUnderTest<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => $"{typeof(T).Name}.{model.Name}";

    /// <summary>
    /// Runs <see cref="Main"/> once for all who ask, fully optimized, with vectors of at most so many bits, while the JIT lists what it compiles.
    /// </summary>
    public static Task<Listing> List(string bits) => Listings.GetOrAdd(bits, asked => new Lazy<Task<Listing>>(() => RunListed(asked))).Value;

    /// <summary>Runs <see cref="Main"/> in a process with these settings of the runtime, by name without the prefix DOTNET_.</summary>
    /// <returns>The hash of each model.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> Run(params (string Name, string Value)[] settings)
    {
        (int exitCode, string output) = await Start(Assembly.GetExecutingAssembly().Location, [], settings);
        Assert.Equal(0, exitCode);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => line.Split(' ')).ToDictionary(line => line[0], line => line[1]);
    }

    /// <summary>Runs a program of this folder in a process with these settings of the runtime.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> Start(string program, string[] arguments, params (string Name, string Value)[] settings)
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        ProcessStartInfo start = new(dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment["DOTNET_" + name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static async Task<Listing> RunListed(string bits)
    {
        string file = Path.GetTempFileName();
        try
        {
            IReadOnlyDictionary<string, string> hashes = await Run(
                ("TieredCompilation", "0"), ("PreferredVectorBitWidth", bits), ("JitStdOutFile", file), ("JitDisasmSummary", "1"));
            return new Listing(hashes, await File.ReadAllLinesAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Run<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ModelUnderTest<T> model in ModelUnderTest<T>.All)
        {
            Console.WriteLine($"{NameOf(model)} {Hash(model)}");
            OverlapTests<T>.AssertInPlace(model.Seeded(1));
            SilenceTests<T>.AssertFlushes(model.Fresh());
            SilenceTests<T>.AssertStaysFlushed(model.Fresh());
        }

        foreach (string chain in ChainUnderTest<T>.All.Select(chain => chain.Name))
        {
            Use(ChainUnderTest<T>.Fresh(chain));
        }
    }

    /// <summary>A hash of all bits that Step, Forward and Backward give.</summary>
    private static string Hash<T>(ModelUnderTest<T> empty)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelUnderTest<T> model = empty.Seeded(8);
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 9);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Outcome<T> outcome in new[]
        {
            Outcome<T>.OfSteps(model, sequence), Outcome<T>.OfForward(model, sequence), Outcome<T>.OfBackward(model, sequence),
        })
        {
            foreach (T[] values in new[] { outcome.Y, outcome.State, outcome.Gradient, outcome.DState, outcome.DX })
            {
                hash.AppendData(MemoryMarshal.AsBytes<T>(values));
            }
        }

        BatchOutcome<T> batch = BatchOutcome<T>.Of(model, Batch<T>.Random(model, steps: 9, Sequences, 10));
        foreach (T[] values in new[] { batch.Y, batch.States, batch.Gradient, batch.DStates, batch.DX })
        {
            hash.AppendData(MemoryMarshal.AsBytes<T>(values));
        }

        model.Descend(T.CreateTruncating(0.01));
        hash.AppendData(MemoryMarshal.AsBytes(model.Packed(Part.Value)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Use<T>(ChainUnderTest<T> chain)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        chain.Parameters.Fill(T.CreateTruncating(0.9));
        T[] x = new T[chain.Width];
        chain.Forward(x);
        chain.Backward(x, T.One, new T[chain.Width]);
        chain.GradientMagnitudes(x, T.One, new double[chain.Layers]);
        chain.Descend(T.CreateTruncating(0.1));
    }

    /// <summary>What a run printed, and the JIT's line for each method that it compiled.</summary>
    internal sealed record Listing(IReadOnlyDictionary<string, string> Hashes, string[] Methods);
}
