namespace Lstm.Integration.Types;

[DeepChain(Layers = 2)]
internal partial struct Diagonal2x2 : IChain<float, Diagonal2x2.Gradient>;

[DeepChain(Layers = 3)]
internal partial struct Diagonal3x2 : IChain<float, Diagonal3x2.Gradient>;

[DeepChain(Layers = 7, Width = 5)]
internal partial struct Diagonal7x5 : IChain<float, Diagonal7x5.Gradient>;

[DeepChain(Layers = 10)]
internal partial struct Diagonal10x2 : IChain<float, Diagonal10x2.Gradient>;

[DeepChain(Layers = 50)]
public partial struct Diagonal50x2 : IChain<float, Diagonal50x2.Gradient>;

[DeepChain(Layers = 3, Kind = ChainKind.Dense)]
public partial struct Dense3x2 : IChain<float, Dense3x2.Gradient>;

[DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense)]
internal partial struct Dense6x4 : IChain<float, Dense6x4.Gradient>;

[DeepChain(Layers = 12, Kind = ChainKind.Dense)]
internal partial struct Dense12x2 : IChain<float, Dense12x2.Gradient>;

/// <summary>The same shapes, looped.</summary>
internal static partial class Looped
{
    [DeepChain(Layers = 2, Unrolling = Unrolling.None)]
    internal partial struct Diagonal2x2 : IChain<float, Diagonal2x2.Gradient>;

    [DeepChain(Layers = 3, Unrolling = Unrolling.None)]
    internal partial struct Diagonal3x2 : IChain<float, Diagonal3x2.Gradient>;

    [DeepChain(Layers = 7, Width = 5, Unrolling = Unrolling.None)]
    internal partial struct Diagonal7x5 : IChain<float, Diagonal7x5.Gradient>;

    [DeepChain(Layers = 10, Unrolling = Unrolling.None)]
    internal partial struct Diagonal10x2 : IChain<float, Diagonal10x2.Gradient>;

    [DeepChain(Layers = 50, Unrolling = Unrolling.None)]
    internal partial struct Diagonal50x2 : IChain<float, Diagonal50x2.Gradient>;

    [DeepChain(Layers = 3, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct Dense3x2 : IChain<float, Dense3x2.Gradient>;

    [DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct Dense6x4 : IChain<float, Dense6x4.Gradient>;

    [DeepChain(Layers = 12, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct Dense12x2 : IChain<float, Dense12x2.Gradient>;

    [DeepChain(Layers = 1, Width = 1, Unrolling = Unrolling.None)]
    internal partial struct Diagonal1x1 : IChain<float, Diagonal1x1.Gradient>;

    [DeepChain(Layers = 1, Width = 16, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct Dense1x16 : IChain<float, Dense1x16.Gradient>;
}

[DeepChain(Layers = 1)]
internal partial struct Diagonal1x2 : IChain<float, Diagonal1x2.Gradient>;

[DeepChain(Layers = 1, Width = 16, Kind = ChainKind.Dense)]
internal partial struct Dense1x16 : IChain<float, Dense1x16.Gradient>;

[DeepChain(Layers = 2, Width = 1)]
internal partial struct Diagonal2x1 : IChain<float, Diagonal2x1.Gradient>;

[DeepChain(Layers = 2, Width = 1, Kind = ChainKind.Dense)]
internal partial struct Dense2x1 : IChain<float, Dense2x1.Gradient>;

/// <summary>As large as an unrolled diagonal chain gets: 400 weights.</summary>
[DeepChain(Layers = 200, Unrolling = Unrolling.Full)]
internal partial struct Diagonal200x2 : IChain<float, Diagonal200x2.Gradient>;

/// <summary>As deep as an unrolled chain gets: one lane of 400 weights.</summary>
[DeepChain(Layers = 400, Width = 1)]
internal partial struct Diagonal400x1 : IChain<float, Diagonal400x1.Gradient>;

/// <summary>Just past the limit of unrolling.</summary>
[DeepChain(Layers = 200, Width = 3)]
internal partial struct Diagonal200x3 : IChain<float, Diagonal200x3.Gradient>;

/// <summary>As large as an unrolled dense chain gets at width 4: 388 weights.</summary>
[DeepChain(Layers = 25, Width = 4, Kind = ChainKind.Dense)]
internal partial struct Dense25x4 : IChain<float, Dense25x4.Gradient>;

/// <summary>Wide and unrolled, with indices of two digits: 272 weights.</summary>
[DeepChain(Layers = 2, Width = 16, Kind = ChainKind.Dense)]
internal partial struct Dense2x16 : IChain<float, Dense2x16.Gradient>;

[DeepChain(Layers = 40, Width = 7, Kind = ChainKind.Dense)]
internal partial struct Dense40x7 : IChain<float, Dense40x7.Gradient>;

[DeepChain(Layers = 1000)]
internal partial struct Diagonal1000x2 : IChain<float, Diagonal1000x2.Gradient>;

[DeepChain(Layers = 1000, Width = 16)]
internal partial struct Diagonal1000x16 : IChain<float, Diagonal1000x16.Gradient>;

[DeepChain(Layers = 1000, Width = 2, Kind = ChainKind.Dense)]
internal partial struct Dense1000x2 : IChain<float, Dense1000x2.Gradient>;

[DeepChain(Layers = 1000, Width = 16, Kind = ChainKind.Dense)]
internal partial struct Dense1000x16 : IChain<float, Dense1000x16.Gradient>;
