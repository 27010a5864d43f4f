using System;

namespace Lstm.Benchmarks;

// The costs of Accuracy.Strict and Arithmetic.Portable, at the sizes of VariantSection.

[LstmCell(Input = 1, Hidden = 16, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x16 : IGenerated<StrictCell1x16.State, StrictCell1x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x32 : IGenerated<StrictCell1x32.State, StrictCell1x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell16x64 : IGenerated<StrictCell16x64.State, StrictCell16x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 16, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x16 : IGenerated<PortableCell1x16.State, PortableCell1x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x32 : IGenerated<PortableCell1x32.State, PortableCell1x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell16x64 : IGenerated<PortableCell16x64.State, PortableCell16x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}
