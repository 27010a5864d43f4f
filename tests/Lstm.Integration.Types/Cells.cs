namespace Lstm.Integration.Types;

[LstmCell(Input = 1, Hidden = 1)]
internal partial struct Cell1x1 : ICell<float, Cell1x1.State>;

[LstmCell(Input = 3, Hidden = 5)]
internal partial struct Cell3x5 : ICell<float, Cell3x5.State>;

/// <summary>The same, which cannot be trained.</summary>
[LstmCell(Input = 3, Hidden = 5, Backward = false)]
internal partial struct RunOnlyCell3x5;

[LstmCell(Input = 1, Hidden = 8)]
internal partial struct Cell1x8 : ICell<float, Cell1x8.State>;

[LstmCell(Input = 4, Hidden = 16)]
internal partial struct Cell4x16 : ICell<float, Cell4x16.State>;

[LstmCell(Input = 2, Hidden = 20)]
internal partial struct Cell2x20 : ICell<float, Cell2x20.State>;

[LstmCell(Input = 1, Hidden = 32)]
internal partial struct Cell1x32 : ICell<float, Cell1x32.State>;

[LstmCell(Input = 5, Hidden = 33)]
internal partial struct Cell5x33 : ICell<float, Cell5x33.State>;

[LstmCell(Input = 16, Hidden = 64)]
internal partial struct Cell16x64 : ICell<float, Cell16x64.State>;

/// <summary>Less than one vector of any width.</summary>
[LstmCell(Input = 2, Hidden = 3)]
internal partial struct Cell2x3 : ICell<float, Cell2x3.State>;

/// <summary>One exact vector of 128 bits.</summary>
[LstmCell(Input = 7, Hidden = 4)]
internal partial struct Cell7x4 : ICell<float, Cell7x4.State>;

/// <summary>Eight units and one more.</summary>
[LstmCell(Input = 3, Hidden = 9)]
internal partial struct Cell3x9 : ICell<float, Cell3x9.State>;

/// <summary>One tile of sixteen with three units of padding.</summary>
[LstmCell(Input = 5, Hidden = 13)]
internal partial struct Cell5x13 : ICell<float, Cell5x13.State>;

/// <summary>Sixteen units and one more.</summary>
[LstmCell(Input = 1, Hidden = 17)]
internal partial struct Cell1x17 : ICell<float, Cell1x17.State>;

/// <summary>An odd number of units in two tiles.</summary>
[LstmCell(Input = 9, Hidden = 31)]
internal partial struct Cell9x31 : ICell<float, Cell9x31.State>;

/// <summary>Much to read, one unit.</summary>
[LstmCell(Input = 128, Hidden = 1)]
internal partial struct Cell128x1 : ICell<float, Cell128x1.State>;

/// <summary>The largest that is promised; looped.</summary>
[LstmCell(Input = 128, Hidden = 128)]
internal partial struct Cell128x128 : ICell<float, Cell128x128.State>;

[LstmCell(Input = 3, Hidden = 5, Unrolling = Unrolling.None)]
internal partial struct Cell3x5Looped : ICell<float, Cell3x5Looped.State>;

[LstmCell(Input = 2, Hidden = 20, Unrolling = Unrolling.None)]
internal partial struct Cell2x20Looped : ICell<float, Cell2x20Looped.State>;

[LstmCell(Input = 4, Hidden = 16, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell4x16Portable : ICell<float, Cell4x16Portable.State>;

[LstmCell(Input = 4, Hidden = 16, Accuracy = Accuracy.Strict)]
internal partial struct Cell4x16Strict : ICell<float, Cell4x16Strict.State>;

[LstmCell(Input = 4, Hidden = 16, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell4x16StrictPortable : ICell<float, Cell4x16StrictPortable.State>;

[LstmCell(Input = 3, Hidden = 5, Accuracy = Accuracy.Strict, Unrolling = Unrolling.None)]
internal partial struct Cell3x5StrictLooped : ICell<float, Cell3x5StrictLooped.State>;

[LstmCell(Input = 3, Hidden = 5, Accuracy = Accuracy.Strict)]
internal partial struct Cell3x5Strict : ICell<float, Cell3x5Strict.State>;

[LstmCell(Input = 1, Hidden = 20, Accuracy = Accuracy.Strict)]
internal partial struct Cell1x20Strict : ICell<float, Cell1x20Strict.State>;

[LstmCell(Input = 2, Hidden = 19, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell2x19StrictPortable : ICell<float, Cell2x19StrictPortable.State>;

[LstmCell(Input = 5, Hidden = 12, Accuracy = Accuracy.Strict)]
internal partial struct Cell5x12Strict : ICell<float, Cell5x12Strict.State>;

[LstmCell(Input = 1, Hidden = 40, Accuracy = Accuracy.Strict)]
internal partial struct Cell1x40Strict : ICell<float, Cell1x40Strict.State>;

/// <summary>As many inputs as units, so that wm may take the place of x; with padding.</summary>
[LstmCell(Input = 5, Hidden = 5)]
internal partial struct Cell5x5 : ICell<float, Cell5x5.State>;

/// <summary>As many inputs as units, multiplied ahead of the recurrence.</summary>
[LstmCell(Input = 64, Hidden = 64)]
internal partial struct Cell64x64 : ICell<float, Cell64x64.State>;
