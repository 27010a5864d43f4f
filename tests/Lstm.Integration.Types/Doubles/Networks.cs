namespace Lstm.Integration.Types.Doubles;

[LstmNetwork(Input = 1, Hidden = 24, Output = 1, Scalar = Scalar.Double)]
internal partial struct Network1x24x1Layers1 : INetwork<double, Network1x24x1Layers1.State>;

[LstmNetwork(Input = 1, Hidden = 8, Output = 1, Scalar = Scalar.Double)]
internal partial struct Network1x8x1Layers1 : INetwork<double, Network1x8x1Layers1.State>;

[LstmNetwork(Input = 2, Hidden = 5, Output = 4, Layers = 3, Scalar = Scalar.Double)]
internal partial struct Network2x5x4Layers3 : INetwork<double, Network2x5x4Layers3.State>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Scalar = Scalar.Double)]
internal partial struct Network3x12x2Layers2 : INetwork<double, Network3x12x2Layers2.State>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Scalar = Scalar.Double, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Network3x12x2Layers2StrictPortable
    : INetwork<double, Network3x12x2Layers2StrictPortable.State>;

[LstmNetwork(Input = 100, Hidden = 4, Output = 1, Layers = 2, Scalar = Scalar.Double)]
internal partial struct Network100x4x1Layers2 : INetwork<double, Network100x4x1Layers2.State>;
