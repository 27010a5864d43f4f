using System;

namespace Lstm.Benchmarks;

// The costs of Scalar.Double, at the sizes of DoubleSection.

[LstmCell(Input = 1, Hidden = 8, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x8 : IGenerated<DoubleCell1x8, double, DoubleCell1x8.State, DoubleCell1x8.Gradient>
{
    public static ReadOnlySpan<double> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 16, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x16 : IGenerated<DoubleCell1x16, double, DoubleCell1x16.State, DoubleCell1x16.Gradient>
{
    public static ReadOnlySpan<double> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x32 : IGenerated<DoubleCell1x32, double, DoubleCell1x32.State, DoubleCell1x32.Gradient>
{
    public static ReadOnlySpan<double> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64, Scalar = Scalar.Double)]
internal partial struct DoubleCell16x64 : IGenerated<DoubleCell16x64, double, DoubleCell16x64.State, DoubleCell16x64.Gradient>
{
    public static ReadOnlySpan<double> WorkingMemory(ref State state) => state.WorkingMemory;
}
