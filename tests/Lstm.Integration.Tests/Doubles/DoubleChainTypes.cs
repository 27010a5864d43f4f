namespace Lstm.Integration.Tests.Doubles;

[DeepChain(Layers = 2, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal2x2 : IDoubleChain<DoubleDiagonal2x2.Gradient>;

[DeepChain(Layers = 3, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal3x2 : IDoubleChain<DoubleDiagonal3x2.Gradient>;

[DeepChain(Layers = 7, Width = 5, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal7x5 : IDoubleChain<DoubleDiagonal7x5.Gradient>;

[DeepChain(Layers = 10, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal10x2 : IDoubleChain<DoubleDiagonal10x2.Gradient>;

[DeepChain(Layers = 50, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal50x2 : IDoubleChain<DoubleDiagonal50x2.Gradient>;

[DeepChain(Layers = 50, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
internal partial struct DoubleDiagonal50x2Looped : IDoubleChain<DoubleDiagonal50x2Looped.Gradient>;

[DeepChain(Layers = 1000, Scalar = Scalar.Double)]
internal partial struct DoubleDiagonal1000x2 : IDoubleChain<DoubleDiagonal1000x2.Gradient>;

[DeepChain(Layers = 3, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct DoubleDense3x2 : IDoubleChain<DoubleDense3x2.Gradient>;

[DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct DoubleDense6x4 : IDoubleChain<DoubleDense6x4.Gradient>;

[DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
internal partial struct DoubleDense6x4Looped : IDoubleChain<DoubleDense6x4Looped.Gradient>;

[DeepChain(Layers = 12, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct DoubleDense12x2 : IDoubleChain<DoubleDense12x2.Gradient>;

[DeepChain(Layers = 1000, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct DoubleDense1000x2 : IDoubleChain<DoubleDense1000x2.Gradient>;
