namespace Lstm.Integration.Types.Doubles;

[LstmCell(Input = 1, Hidden = 1, Scalar = Scalar.Double)]
internal partial struct Cell1x1 : ICell<double, Cell1x1.State>;

[LstmCell(Input = 3, Hidden = 5, Scalar = Scalar.Double)]
internal partial struct Cell3x5 : ICell<double, Cell3x5.State>;

[LstmCell(Input = 1, Hidden = 8, Scalar = Scalar.Double)]
internal partial struct Cell1x8 : ICell<double, Cell1x8.State>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double)]
internal partial struct Cell4x16 : ICell<double, Cell4x16.State>;

[LstmCell(Input = 2, Hidden = 20, Scalar = Scalar.Double)]
internal partial struct Cell2x20 : ICell<double, Cell2x20.State>;

[LstmCell(Input = 1, Hidden = 32, Scalar = Scalar.Double)]
internal partial struct Cell1x32 : ICell<double, Cell1x32.State>;

[LstmCell(Input = 5, Hidden = 33, Scalar = Scalar.Double)]
internal partial struct Cell5x33 : ICell<double, Cell5x33.State>;

[LstmCell(Input = 16, Hidden = 64, Scalar = Scalar.Double)]
internal partial struct Cell16x64 : ICell<double, Cell16x64.State>;

[LstmCell(Input = 3, Hidden = 5, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
internal partial struct Cell3x5Looped : ICell<double, Cell3x5Looped.State>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell4x16Portable : ICell<double, Cell4x16Portable.State>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Accuracy = Accuracy.Strict)]
internal partial struct Cell4x16Strict : ICell<double, Cell4x16Strict.State>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell4x16StrictPortable : ICell<double, Cell4x16StrictPortable.State>;
