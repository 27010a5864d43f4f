namespace Lstm.Integration.Types;

[LstmNetwork(Input = 1, Hidden = 24, Output = 1)]
internal partial struct Network1x24x1Layers1 : INetwork<float, Network1x24x1Layers1.State>;

[LstmNetwork(Input = 1, Hidden = 8, Output = 1)]
internal partial struct Network1x8x1Layers1 : INetwork<float, Network1x8x1Layers1.State>;

[LstmNetwork(Input = 2, Hidden = 5, Output = 4, Layers = 3)]
internal partial struct Network2x5x4Layers3 : INetwork<float, Network2x5x4Layers3.State>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2)]
internal partial struct Network3x12x2Layers2 : INetwork<float, Network3x12x2Layers2.State>;

/// <summary>The same, which cannot be trained.</summary>
[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Backward = false)]
internal partial struct RunOnlyNetwork3x12x2Layers2;

/// <summary>The layers read inputs of one length.</summary>
[LstmNetwork(Input = 6, Hidden = 6, Output = 3, Layers = 2)]
internal partial struct Network6x6x3Layers2 : INetwork<float, Network6x6x3Layers2.State>;

/// <summary>As many layers as there may be, and a readout wider than any vector.</summary>
[LstmNetwork(Input = 2, Hidden = 3, Output = 17, Layers = 8)]
internal partial struct Network2x3x17Layers8 : INetwork<float, Network2x3x17Layers8.State>;

[LstmNetwork(Input = 2, Hidden = 5, Output = 4, Layers = 3, Unrolling = Unrolling.None)]
internal partial struct Network2x5x4Layers3Looped : INetwork<float, Network2x5x4Layers3Looped.State>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
internal partial struct Network3x12x2Layers2StrictPortable
    : INetwork<float, Network3x12x2Layers2StrictPortable.State>;

[LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Arithmetic = Arithmetic.Portable)]
internal partial struct Network3x12x2Layers2Portable : INetwork<float, Network3x12x2Layers2Portable.State>;

[LstmNetwork(Input = 1, Hidden = 5, Output = 1)]
internal partial struct Network1x5x1Layers1 : INetwork<float, Network1x5x1Layers1.State>;

[LstmNetwork(Input = 1, Hidden = 13, Output = 1, Layers = 2)]
internal partial struct Network1x13x1Layers2 : INetwork<float, Network1x13x1Layers2.State>;

/// <summary>Both layers multiply with W ahead of the recurrence; tiles of two sizes, with padding in the last.</summary>
[LstmNetwork(Input = 24, Hidden = 37, Output = 3, Layers = 2)]
internal partial struct Network24x37x3Layers2 : INetwork<float, Network24x37x3Layers2.State>;

/// <summary>Layers of two kinds: the first too much to unroll, the others so little that a sequence keeps their state in registers.</summary>
[LstmNetwork(Input = 80, Hidden = 8, Output = 1, Layers = 2)]
internal partial struct Network80x8x1Layers2 : INetwork<float, Network80x8x1Layers2.State>;

/// <inheritdoc cref="Network80x8x1Layers2"/>
[LstmNetwork(Input = 100, Hidden = 4, Output = 1, Layers = 2, Accuracy = Accuracy.Strict)]
internal partial struct Network100x4x1Layers2Strict : INetwork<float, Network100x4x1Layers2Strict.State>;

/// <summary>As many outputs as inputs, so that y may take the place of x; inputs are multiplied ahead of the recurrence.</summary>
[LstmNetwork(Input = 40, Hidden = 40, Output = 40, Layers = 2)]
internal partial struct Network40x40x40Layers2 : INetwork<float, Network40x40x40Layers2.State>;

/// <summary>Many sequences go three at a time through the first layer, whose weights fill the cache, two at a time through the second.</summary>
[LstmNetwork(Input = 40, Hidden = 24, Output = 1, Layers = 2)]
internal partial struct Network40x24x1Layers2 : INetwork<float, Network40x24x1Layers2.State>;
