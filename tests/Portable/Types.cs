// Compiled twice: as C# 9 for netstandard2.1, where the portable profile is generated, and for .NET with vectors. The bits must be the same.
#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    [LstmCell(Input = 2, Hidden = 3, Arithmetic = Arithmetic.Portable)]
    internal partial struct SmallCell
    {
    }

    [LstmCell(Input = 3, Hidden = 36, Arithmetic = Arithmetic.Portable)]
    internal partial struct WideCell
    {
    }

    [LstmCell(Input = 2, Hidden = 5, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
    internal partial struct StrictCell
    {
    }

    [LstmCell(Input = 5, Hidden = 5, Scalar = Scalar.Double, Arithmetic = Arithmetic.Portable)]
    internal partial struct DoubleCell
    {
    }

    [LstmCell(Input = 1, Hidden = 12, Scalar = Scalar.Double, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
    internal partial struct StrictDoubleCell
    {
    }

    [LstmNetwork(Input = 1, Hidden = 16, Output = 1, Arithmetic = Arithmetic.Portable)]
    internal partial struct Net
    {
    }

    [LstmNetwork(Input = 2, Hidden = 20, Output = 3, Layers = 2, Arithmetic = Arithmetic.Portable)]
    internal partial struct StackedNet
    {
    }

    [LstmNetwork(Input = 3, Hidden = 7, Output = 2, Layers = 3, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable)]
    internal partial struct StrictNet
    {
    }

    [LstmNetwork(Input = 2, Hidden = 9, Output = 2, Scalar = Scalar.Double, Arithmetic = Arithmetic.Portable)]
    internal partial struct DoubleNet
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

    [DeepChain(Layers = 6, Width = 4, Kind = ChainKind.Dense, Unrolling = Unrolling.None)]
    internal partial struct LoopedChain
    {
    }

    [DeepChain(Layers = 3, Scalar = Scalar.Double)]
    internal partial struct DoubleChain
    {
    }
}
