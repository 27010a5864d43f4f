namespace Lstm.Bits
{
    // Types with one hash everywhere. Compiled for vectors and for the portable profile. Sizes: whole tiles of 16, 8 and 4 units and padded ones,
    // one and two partial sums, unrolled and looped, weights within and beyond the first-level cache.
    [LstmCell(Input = 2, Hidden = 3, Arithmetic = Arithmetic.Portable)]
    internal partial struct PortableCell
    {
    }

    [LstmCell(Input = 3, Hidden = 36, Arithmetic = Arithmetic.Portable)]
    internal partial struct WideCell
    {
    }

    [LstmCell(Input = 7, Hidden = 13, Arithmetic = Arithmetic.Portable, Unrolling = Unrolling.None)]
    internal partial struct LoopedCell
    {
    }

    [LstmCell(Input = 4, Hidden = 67, Arithmetic = Arithmetic.Portable)]
    internal partial struct LargeCell
    {
    }

    [LstmCell(Input = 2, Hidden = 5, Arithmetic = Arithmetic.Portable, Accuracy = Accuracy.Strict)]
    internal partial struct StrictCell
    {
    }

    [LstmCell(Input = 5, Hidden = 5, Arithmetic = Arithmetic.Portable, Scalar = Scalar.Double)]
    internal partial struct DoubleCell
    {
    }

    [LstmCell(Input = 1, Hidden = 12, Arithmetic = Arithmetic.Portable, Scalar = Scalar.Double, Accuracy = Accuracy.Strict)]
    internal partial struct StrictDoubleCell
    {
    }

    [LstmNetwork(Input = 1, Hidden = 16, Output = 1, Arithmetic = Arithmetic.Portable)]
    internal partial struct PortableNet
    {
    }

    [LstmNetwork(Input = 1, Hidden = 8, Output = 2, Arithmetic = Arithmetic.Portable)]
    internal partial struct SmallNet
    {
    }

    [LstmNetwork(Input = 6, Hidden = 33, Output = 17, Arithmetic = Arithmetic.Portable)]
    internal partial struct WideNet
    {
    }

    [LstmNetwork(Input = 2, Hidden = 20, Output = 3, Layers = 2, Arithmetic = Arithmetic.Portable)]
    internal partial struct StackedNet
    {
    }

    [LstmNetwork(Input = 5, Hidden = 11, Output = 4, Layers = 4, Arithmetic = Arithmetic.Portable)]
    internal partial struct DeepNet
    {
    }

    [LstmNetwork(Input = 3, Hidden = 7, Output = 2, Layers = 3, Arithmetic = Arithmetic.Portable, Accuracy = Accuracy.Strict)]
    internal partial struct StrictNet
    {
    }

    [LstmNetwork(Input = 2, Hidden = 9, Output = 2, Arithmetic = Arithmetic.Portable, Scalar = Scalar.Double)]
    internal partial struct DoubleNet
    {
    }

    [LstmNetwork(
        Input = 3, Hidden = 6, Output = 5, Layers = 2, Arithmetic = Arithmetic.Portable, Scalar = Scalar.Double, Accuracy = Accuracy.Strict)]
    internal partial struct StrictDoubleNet
    {
    }

    [LstmNetwork(Weights = "torch_p2_d5_l3_k2.safetensors", Arithmetic = Arithmetic.Portable)]
    internal partial struct TrainedNet
    {
    }

    [DeepChain(Layers = 5)]
    internal partial struct DiagonalChain
    {
    }

    [DeepChain(Layers = 4, Width = 3, Kind = ChainKind.Dense)]
    internal partial struct DenseChain
    {
    }

    [DeepChain(Layers = 6, Width = 5, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct LoopedChain
    {
    }

    [DeepChain(Layers = 3, Scalar = Scalar.Double)]
    internal partial struct DoubleChain
    {
    }
}
