using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Formats;
using Lstm.Testing;
using Xunit;

namespace Lstm.Build.Tests;

/// <summary>Weights that were packed when this project was built.</summary>
public sealed class TrainedTests
{
    [Fact]
    public void Trained_HasTheBitsOfItsFile_AndIsAligned()
    {
        AssertLoaded(
            "torch_p2_d5_l3_k2.safetensors", in Deep.Trained, static (ref Deep net, LstmModel model) => net.Load(model));
        AssertLoaded(
            "torch_p1_d8_l1_k1.safetensors", in Small.Trained, static (ref Small net, LstmModel model) => net.Load(model));
        AssertLoaded(
            "torch_p1_d8_l1_k1.safetensors", in Warm.Trained, static (ref Warm net, LstmModel model) => net.Load(model));
        AssertLoaded(
            "torch_cell.safetensors", in OneCell.Trained, static (ref OneCell net, LstmModel model) => net.Load(model));
        AssertLoaded(
            "state.nam", in WithState.Trained, static (ref WithState net, LstmModel model) => net.Load(model));
    }

    [Fact]
    public void Sizes_ComeFromTheFile()
    {
        Assert.Equal((2, 5, 2, 3), (Deep.InputSize, Deep.HiddenSize, Deep.OutputSize, Deep.LayerCount));
        Assert.Equal((1, 8, 1, 1), (Warm.InputSize, Warm.HiddenSize, Warm.OutputSize, Warm.LayerCount));
        LstmModel cell = Read("torch_cell.safetensors");
        Assert.Equal((cell.Input, cell.Hidden(0)), (OneCell.InputSize, OneCell.HiddenSize));
    }

    [Fact]
    public void InitialState_IsThatOfTheFile()
    {
        WithState.State expected = default;
        expected.Load(Read("state.nam"));
        WithState.State actual = WithState.TrainedState;
        Assert.Contains(Numbers(expected), number => number != 0);
        Assert.Equal(Bytes(in expected), Bytes(in actual));
        Assert.All(Bytes(Deep.TrainedState), value => Assert.Equal(0, value));
        Assert.All(Bytes(OneCell.TrainedState), value => Assert.Equal(0, value));

        static float[] Numbers(WithState.State state)
        {
            float[] numbers = new float[WithState.State.Length];
            state.Export(numbers);
            return numbers;
        }
    }

    /// <summary>
    /// The state was computed in double and rounded once. 500 steps of floats stay within 1e-6 of it, since the network forgets old rounding errors.
    /// </summary>
    [Fact]
    public void PrewarmedState_IsThatAfterTheStepsOfSilence()
    {
        Small.State state = default;
        float[] y = new float[1];
        for (int t = 0; t < 500; t++)
        {
            Small.Trained.Step([0], ref state, y);
        }

        float[] expected = new float[Small.State.Length];
        state.Export(expected);
        Assert.Contains(expected, number => Math.Abs(number) > 0.01f);
        float[] actual = new float[Warm.State.Length];
        Warm.TrainedState.Export(actual);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void FirstUse_AllocatesNothing()
    {
        float[] x = [0.5f];
        float[] y = [0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Warm.State state = Warm.TrainedState;
        Warm.Trained.Step(x, ref state, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Learning begins with the trained weights, in a copy.</summary>
    [Fact]
    public void Copy_CanBeTrained()
    {
        Deep net = Deep.Trained;
        Deep.Gradient gradient = default;
        gradient.Values.Fill(1);
        net.Descend(in gradient, 0.5f);
        Assert.Equal(Deep.Trained.ToModel().C[0] - 0.5f, net.C(0));
    }

    private delegate void Load<TNet>(ref TNet net, LstmModel model);

    private static void AssertLoaded<TNet>(string file, ref readonly TNet trained, Load<TNet> load)
        where TNet : unmanaged
    {
        TNet expected = default;
        load(ref expected, Read(file));
        Assert.Equal(Bytes(in expected), Bytes(in trained));
        Assert.Contains(Bytes(in trained), value => value != 0);
        Assert.Equal(0, (long)AddressOf(in trained) % 64);
    }

    private static unsafe nint AddressOf<T>(ref readonly T value) => (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in value));

    private static byte[] Bytes<T>(ref readonly T value)
        where T : unmanaged => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in value, 1)).ToArray();

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => Bytes(in value);

    private static LstmModel Read(string file) => LstmFile.Read(System.IO.Path.Combine(AppContext.BaseDirectory, "files", file));
}
