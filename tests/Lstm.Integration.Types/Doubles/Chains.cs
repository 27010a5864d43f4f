namespace Lstm.Integration.Types.Doubles;

[DeepChain(Layers = 2, Scalar = Scalar.Double)]
internal partial struct Diagonal2x2 : IChain<double, Diagonal2x2.Gradient>;

[DeepChain(Layers = 3, Scalar = Scalar.Double)]
internal partial struct Diagonal3x2 : IChain<double, Diagonal3x2.Gradient>;

[DeepChain(Layers = 7, Width = 5, Scalar = Scalar.Double)]
internal partial struct Diagonal7x5 : IChain<double, Diagonal7x5.Gradient>;

[DeepChain(Layers = 10, Scalar = Scalar.Double)]
internal partial struct Diagonal10x2 : IChain<double, Diagonal10x2.Gradient>;

[DeepChain(Layers = 50, Scalar = Scalar.Double)]
internal partial struct Diagonal50x2 : IChain<double, Diagonal50x2.Gradient>;

[DeepChain(Layers = 1000, Scalar = Scalar.Double)]
internal partial struct Diagonal1000x2 : IChain<double, Diagonal1000x2.Gradient>;

[DeepChain(Layers = 3, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct Dense3x2 : IChain<double, Dense3x2.Gradient>;

[DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct Dense6x4 : IChain<double, Dense6x4.Gradient>;

[DeepChain(Layers = 12, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct Dense12x2 : IChain<double, Dense12x2.Gradient>;

[DeepChain(Layers = 1000, Kind = ChainKind.Dense, Scalar = Scalar.Double)]
internal partial struct Dense1000x2 : IChain<double, Dense1000x2.Gradient>;

/// <summary>The same shapes, looped.</summary>
internal static partial class Looped
{
    [DeepChain(Layers = 50, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
    internal partial struct Diagonal50x2 : IChain<double, Diagonal50x2.Gradient>;

    [DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Scalar = Scalar.Double, Unrolling = Unrolling.None)]
    internal partial struct Dense6x4 : IChain<double, Dense6x4.Gradient>;
}
