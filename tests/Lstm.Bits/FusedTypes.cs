namespace Lstm.Bits
{
    // Types with two hashes: with fused multiply-add and without. Not for the portable profile, which has portable arithmetic only.
    [LstmCell(Input = 3, Hidden = 5)]
    internal partial struct FusedCell
    {
    }

    [LstmCell(Input = 2, Hidden = 29, Accuracy = Accuracy.Strict)]
    internal partial struct FusedStrictCell
    {
    }

    [LstmCell(Input = 4, Hidden = 12, Scalar = Scalar.Double)]
    internal partial struct FusedDoubleCell
    {
    }

    [LstmNetwork(Input = 1, Hidden = 16, Output = 1)]
    internal partial struct FusedNet
    {
    }

    [LstmNetwork(Input = 2, Hidden = 20, Output = 3, Layers = 2)]
    internal partial struct FusedStackedNet
    {
    }

    [LstmNetwork(Input = 3, Hidden = 65, Output = 2)]
    internal partial struct FusedLargeNet
    {
    }

    [LstmNetwork(Input = 3, Hidden = 7, Output = 2, Layers = 3, Accuracy = Accuracy.Strict)]
    internal partial struct FusedStrictNet
    {
    }

    [LstmNetwork(Input = 2, Hidden = 9, Output = 2, Layers = 2, Scalar = Scalar.Double, Accuracy = Accuracy.Strict)]
    internal partial struct FusedDoubleNet
    {
    }
}
