namespace Lstm.Soak;

[LstmNetwork(Input = 1, Hidden = 16, Output = 1, Layers = 2)]
internal partial struct Net;

[LstmNetwork(Input = 2, Hidden = 6, Output = 2, Scalar = Scalar.Double)]
internal partial struct DoubleNet;

[LstmCell(Input = 3, Hidden = 12, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Cell;

[DeepChain(Layers = 20)]
internal partial struct Chain;
