using System;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Hashes of what chains give.</summary>
    internal static class Chains
    {
        /// <summary>A line for each type.</summary>
        public static string[] Hashes() => new[]
        {
            "DiagonalChain " + OfDiagonalChain().ToString("x16"),
            "DenseChain " + OfDenseChain().ToString("x16"),
            "LoopedChain " + OfLoopedChain().ToString("x16"),
            "DoubleChain " + OfDoubleChain().ToString("x16"),
        };

        private static ulong OfDiagonalChain()
        {
            DiagonalChain model = default;
            model.ImportParameters(Numbers.Floats(DiagonalChain.ParameterCount, 3));
            float[] x = Numbers.Floats(DiagonalChain.Width, 4);
            float[] dX = new float[x.Length];
            double[] log10 = new double[DiagonalChain.LayerCount];
            DiagonalChain.Gradient gradient = default;
            Bits bits = new Bits();
            for (int epoch = 0; epoch < 20; epoch++)
            {
                gradient.Clear();
                bits.Add(model.Forward(x));
                bits.Add(model.Backward(x, 1, ref gradient, dX));
                model.Descend(in gradient, 0.1f);
                bits.Add(gradient.Values);
                bits.Add(dX);
            }

            model.GradientMagnitudes(x, 1, log10);
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfDenseChain()
        {
            DenseChain model = default;
            model.ImportParameters(Numbers.Floats(DenseChain.ParameterCount, 3));
            float[] x = Numbers.Floats(DenseChain.Width, 4);
            float[] dX = new float[x.Length];
            double[] log10 = new double[DenseChain.LayerCount];
            DenseChain.Gradient gradient = default;
            Bits bits = new Bits();
            for (int epoch = 0; epoch < 20; epoch++)
            {
                gradient.Clear();
                bits.Add(model.Forward(x));
                bits.Add(model.Backward(x, 1, ref gradient, dX));
                model.Descend(in gradient, 0.1f);
                bits.Add(gradient.Values);
                bits.Add(dX);
            }

            model.GradientMagnitudes(x, 1, log10);
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfLoopedChain()
        {
            LoopedChain model = default;
            model.ImportParameters(Numbers.Floats(LoopedChain.ParameterCount, 3));
            float[] x = Numbers.Floats(LoopedChain.Width, 4);
            float[] dX = new float[x.Length];
            double[] log10 = new double[LoopedChain.LayerCount];
            LoopedChain.Gradient gradient = default;
            Bits bits = new Bits();
            for (int epoch = 0; epoch < 20; epoch++)
            {
                gradient.Clear();
                bits.Add(model.Forward(x));
                bits.Add(model.Backward(x, 1, ref gradient, dX));
                model.Descend(in gradient, 0.1f);
                bits.Add(gradient.Values);
                bits.Add(dX);
            }

            model.GradientMagnitudes(x, 1, log10);
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfDoubleChain()
        {
            DoubleChain model = default;
            model.ImportParameters(Numbers.Doubles(DoubleChain.ParameterCount, 3));
            double[] x = Numbers.Doubles(DoubleChain.Width, 4);
            double[] dX = new double[x.Length];
            double[] log10 = new double[DoubleChain.LayerCount];
            DoubleChain.Gradient gradient = default;
            Bits bits = new Bits();
            for (int epoch = 0; epoch < 20; epoch++)
            {
                gradient.Clear();
                bits.Add(model.Forward(x));
                bits.Add(model.Backward(x, 1, ref gradient, dX));
                model.Descend(in gradient, 0.1);
                bits.Add(gradient.Values);
                bits.Add(dX);
            }

            model.GradientMagnitudes(x, 1, log10);
            bits.Add(model.Parameters);
            return bits.Hash;
        }
    }
}
