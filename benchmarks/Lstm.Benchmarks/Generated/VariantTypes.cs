using System;

namespace Lstm.Benchmarks;

// The costs of Accuracy.Strict and Arithmetic.Portable, at the sizes of VariantSection.

[LstmCell(Input = 1, Hidden = 12, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x12 : IGenerated<StrictCell1x12, StrictCell1x12.State, StrictCell1x12.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 16, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x16 : IGenerated<StrictCell1x16, StrictCell1x16.State, StrictCell1x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 20, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x20 : IGenerated<StrictCell1x20, StrictCell1x20.State, StrictCell1x20.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x32 : IGenerated<StrictCell1x32, StrictCell1x32.State, StrictCell1x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 40, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell1x40 : IGenerated<StrictCell1x40, StrictCell1x40.State, StrictCell1x40.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64, Accuracy = Accuracy.Strict)]
internal partial struct StrictCell16x64 : IGenerated<StrictCell16x64, StrictCell16x64.State, StrictCell16x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 12, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x12 : IGenerated<PortableCell1x12, PortableCell1x12.State, PortableCell1x12.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 16, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x16 : IGenerated<PortableCell1x16, PortableCell1x16.State, PortableCell1x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 20, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x20 : IGenerated<PortableCell1x20, PortableCell1x20.State, PortableCell1x20.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x32 : IGenerated<PortableCell1x32, PortableCell1x32.State, PortableCell1x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 40, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell1x40 : IGenerated<PortableCell1x40, PortableCell1x40.State, PortableCell1x40.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64, Arithmetic = Arithmetic.Portable)]
internal partial struct PortableCell16x64 : IGenerated<PortableCell16x64, PortableCell16x64.State, PortableCell16x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}
