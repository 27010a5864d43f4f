namespace Lstm.Integration.Tests.Doubles;

[LstmCell(Input = 1, Hidden = 1, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x1 : IDoubleCell<DoubleCell1x1.State, DoubleCell1x1.Gradient>;

[LstmCell(Input = 3, Hidden = 5, Scalar = Scalar.Double)]
internal partial struct DoubleCell3x5 : IDoubleCell<DoubleCell3x5.State, DoubleCell3x5.Gradient>;

[LstmCell(Input = 1, Hidden = 8, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x8 : IDoubleCell<DoubleCell1x8.State, DoubleCell1x8.Gradient>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double)]
internal partial struct DoubleCell4x16 : IDoubleCell<DoubleCell4x16.State, DoubleCell4x16.Gradient>;

[LstmCell(Input = 2, Hidden = 20, Scalar = Scalar.Double)]
internal partial struct DoubleCell2x20 : IDoubleCell<DoubleCell2x20.State, DoubleCell2x20.Gradient>;

[LstmCell(Input = 1, Hidden = 32, Scalar = Scalar.Double)]
internal partial struct DoubleCell1x32 : IDoubleCell<DoubleCell1x32.State, DoubleCell1x32.Gradient>;

[LstmCell(Input = 5, Hidden = 33, Scalar = Scalar.Double)]
internal partial struct DoubleCell5x33 : IDoubleCell<DoubleCell5x33.State, DoubleCell5x33.Gradient>;

[LstmCell(Input = 16, Hidden = 64, Scalar = Scalar.Double)]
internal partial struct DoubleCell16x64 : IDoubleCell<DoubleCell16x64.State, DoubleCell16x64.Gradient>;

[LstmCell(Input = 3, Hidden = 5, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
internal partial struct DoubleCell3x5Looped : IDoubleCell<DoubleCell3x5Looped.State, DoubleCell3x5Looped.Gradient>;

[LstmCell(Input = 1, Hidden = 8, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
internal partial struct DoubleCell1x8Looped : IDoubleCell<DoubleCell1x8Looped.State, DoubleCell1x8Looped.Gradient>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Arithmetic = Arithmetic.Portable)]
internal partial struct DoubleCell4x16Portable : IDoubleCell<DoubleCell4x16Portable.State, DoubleCell4x16Portable.Gradient>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Accuracy = Accuracy.Strict)]
internal partial struct DoubleCell4x16Strict : IDoubleCell<DoubleCell4x16Strict.State, DoubleCell4x16Strict.Gradient>;

[LstmCell(Input = 4, Hidden = 16, Scalar = Scalar.Double, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct DoubleCell4x16StrictPortable : IDoubleCell<DoubleCell4x16StrictPortable.State, DoubleCell4x16StrictPortable.Gradient>;

[LstmNetwork(Input = 1, Hidden = 24, Output = 1, Scalar = Scalar.Double)]
internal partial struct DoubleNetwork1x24x1Layers1 : IDoubleNetwork<DoubleNetwork1x24x1Layers1.State, DoubleNetwork1x24x1Layers1.Gradient>;

[LstmNetwork(Input = 1, Hidden = 8, Output = 1, Scalar = Scalar.Double)]
internal partial struct DoubleNetwork1x8x1Layers1 : IDoubleNetwork<DoubleNetwork1x8x1Layers1.State, DoubleNetwork1x8x1Layers1.Gradient>;

[LstmNetwork(Input = 2, Hidden = 5, Output = 4, Layers = 3, Scalar = Scalar.Double)]
internal partial struct DoubleNetwork2x5x4Layers3 : IDoubleNetwork<DoubleNetwork2x5x4Layers3.State, DoubleNetwork2x5x4Layers3.Gradient>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Scalar = Scalar.Double)]
internal partial struct DoubleNetwork3x12x2Layers2 : IDoubleNetwork<DoubleNetwork3x12x2Layers2.State, DoubleNetwork3x12x2Layers2.Gradient>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Scalar = Scalar.Double, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct DoubleNetwork3x12x2Layers2StrictPortable
    : IDoubleNetwork<DoubleNetwork3x12x2Layers2StrictPortable.State, DoubleNetwork3x12x2Layers2StrictPortable.Gradient>;

[LstmNetwork(Input = 100, Hidden = 4, Output = 1, Layers = 2, Scalar = Scalar.Double)]
internal partial struct DoubleNetwork100x4x1Layers2 : IDoubleNetwork<DoubleNetwork100x4x1Layers2.State, DoubleNetwork100x4x1Layers2.Gradient>;
