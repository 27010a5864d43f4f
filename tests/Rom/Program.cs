using System;
using System.Runtime.CompilerServices;
using Lstm;

// The first use of trained weights: what it gives, what it allocates, and where they lie.
long before = GC.GetAllocatedBytesForCurrentThread();
Pedal.State state = Pedal.TrainedState;
Span<float> y = stackalloc float[Pedal.OutputSize];
Pedal.Trained.Step([0.5f, -0.25f], ref state, y);
long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
Console.WriteLine(
    $"y {BitConverter.SingleToInt32Bits(y[0]):x8} {BitConverter.SingleToInt32Bits(y[1]):x8} allocated {allocated} past64 {Address() % 64}");

static unsafe long Address() => (long)Unsafe.AsPointer(ref Unsafe.AsRef(in Pedal.Trained));

[LstmNetwork(Weights = "pedal.safetensors", Backward = false)]
public partial struct Pedal;
