using System;

namespace Lstm.Benchmarks;

// One generated type per size of CellSize.All, and (1,12), of which there are only variants. The contract has no interface for the working memory of a state, so each
// type says where it is; everything else of IGenerated is generated.

[LstmCell(Input = 1, Hidden = 8)]
internal partial struct Cell1x8 : IGenerated<Cell1x8, Cell1x8.State, Cell1x8.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 12)]
internal partial struct Cell1x12 : IGenerated<Cell1x12, Cell1x12.State, Cell1x12.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 16)]
internal partial struct Cell1x16 : IGenerated<Cell1x16, Cell1x16.State, Cell1x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 20)]
internal partial struct Cell1x20 : IGenerated<Cell1x20, Cell1x20.State, Cell1x20.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 32)]
internal partial struct Cell1x32 : IGenerated<Cell1x32, Cell1x32.State, Cell1x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 40)]
internal partial struct Cell1x40 : IGenerated<Cell1x40, Cell1x40.State, Cell1x40.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 64)]
internal partial struct Cell1x64 : IGenerated<Cell1x64, Cell1x64.State, Cell1x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 4, Hidden = 16)]
internal partial struct Cell4x16 : IGenerated<Cell4x16, Cell4x16.State, Cell4x16.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 16, Hidden = 64)]
internal partial struct Cell16x64 : IGenerated<Cell16x64, Cell16x64.State, Cell16x64.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 1, Hidden = 128)]
internal partial struct Cell1x128 : IGenerated<Cell1x128, Cell1x128.State, Cell1x128.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

[LstmCell(Input = 8, Hidden = 128)]
internal partial struct Cell8x128 : IGenerated<Cell8x128, Cell8x128.State, Cell8x128.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}

// For ManySection.
[LstmCell(Input = 8, Hidden = 32)]
internal partial struct Cell8x32 : IGenerated<Cell8x32, Cell8x32.State, Cell8x32.Gradient>
{
    public static ReadOnlySpan<float> WorkingMemory(ref State state) => state.WorkingMemory;
}
