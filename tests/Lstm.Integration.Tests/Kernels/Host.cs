using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Lstm.Integration.Tests.Chains;
using Lstm.Integration.Tests.Doubles;
using Lstm.Integration.Tests.Recurrent;
using Xunit;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>This assembly as a program: the JIT takes its settings from the environment, so that other settings need another process.</summary>
internal static class Host
{
    private const int Steps = 67;

    /// <summary>Whole register tiles of every width, and some left over.</summary>
    private const int Sequences = 14;

    /// <summary>Runs every member of every generated type and prints, for each cell and network, a line "name hash".</summary>
    private static void Main()
    {
        foreach (ModelUnderTest model in ModelUnderTest.All)
        {
            Console.WriteLine($"{model.Name} {Hash(model)}");
            OverlapTests.AssertInPlace(model.Seeded(1));
        }

        foreach (DoubleModel model in DoubleModel.All)
        {
            Console.WriteLine($"{model.Name} {Hash(model)}");
        }

        foreach (string chain in ChainUnderTest.All.Select(chain => chain.Name))
        {
            Use(ChainUnderTest.Fresh(chain));
        }
    }

    /// <summary>Runs <see cref="Main"/> in a process with these settings of the runtime, by name without the prefix DOTNET_.</summary>
    /// <returns>The hash of each model.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> Run(params (string Name, string Value)[] settings)
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        ProcessStartInfo start = new(dotnet) { ArgumentList = { "exec", Assembly.GetExecutingAssembly().Location }, RedirectStandardOutput = true };
        foreach ((string name, string value) in settings)
        {
            start.Environment["DOTNET_" + name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(line => line[0], line => line[1]);
    }

    /// <summary>A hash of all bits that Step, Forward and Backward give.</summary>
    private static string Hash(ModelUnderTest empty)
    {
        ModelUnderTest model = empty.Seeded(8);
        Sequence sequence = Sequence.Random(model, Steps, 9);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Outcome outcome in new[] { Outcome.OfSteps(model, sequence), Outcome.OfForward(model, sequence), Outcome.OfBackward(model, sequence) })
        {
            foreach (float[] values in new[] { outcome.Y, outcome.State, outcome.Gradient, outcome.DState, outcome.DX })
            {
                hash.AppendData(MemoryMarshal.AsBytes<float>(values));
            }
        }

        BatchOutcome batch = BatchOutcome.Of(model, Batch.Random(model, steps: 9, Sequences, 10));
        foreach (float[] values in new[] { batch.Y, batch.States, batch.Gradient, batch.DStates, batch.DX })
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        }

        model.Descend(0.01f);
        hash.AppendData(MemoryMarshal.AsBytes<float>(model.Packed(Part.Value)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Hash(DoubleModel empty)
    {
        DoubleModel model = empty.Seeded(8);
        DoubleSequence sequence = DoubleSequence.Random(model, Steps, 9);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DoublePass pass in new[] { DoublePass.OfSteps(model, sequence), DoublePass.OfForward(model, sequence), DoublePass.OfBackward(model, sequence) })
        {
            foreach (double[] values in new[] { pass.Y, pass.State, pass.Gradient, pass.DState, pass.DX })
            {
                hash.AppendData(MemoryMarshal.AsBytes<double>(values));
            }
        }

        model.Descend(0.01);
        hash.AppendData(MemoryMarshal.AsBytes<double>(model.Weights));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Use(ChainUnderTest chain)
    {
        chain.Parameters.Fill(0.9f);
        float[] x = new float[chain.Width];
        chain.Forward(x);
        chain.Backward(x, 1, new float[chain.Width]);
        chain.GradientMagnitudes(x, 1, new double[chain.Layers]);
        chain.Descend(0.1f);
    }
}
