using System;

namespace Lstm.Bits
{
    /// <summary>Everything that a chain computes. Written for one type; Runs.targets derives the text of the others by replacing names.</summary>
    internal static class DiagonalChainRun
    {
        private const int Inputs = 61;

        /// <summary>The hash of all numbers but logarithms, which are the C runtime's.</summary>
        public static ulong Hash(int steps, int trainings)
        {
            // Mono's interpreter has room for locals of 64 KB in a method, and an array for elements of 64 KB.
            using AlignedMemory<DiagonalChain> memory = new AlignedMemory<DiagonalChain>();
            ref DiagonalChain model = ref memory.Value;
            model.ImportParameters(Numbers.Floats(DiagonalChain.ParameterCount, 3));
            float[] x = Numbers.Floats(Inputs * DiagonalChain.Width, 4);
            BitHash bits = new BitHash();
            for (int t = 0; t < steps; t++)
            {
                bits.Add(model.Forward(x.AsSpan(t % Inputs * DiagonalChain.Width, DiagonalChain.Width)));
            }

            Train(ref model, x.AsSpan(0, DiagonalChain.Width), trainings, bits);
            bits.Add(model.Parameters);
            return bits.Value;
        }

        private static void Train(ref DiagonalChain model, Span<float> x, int trainings, BitHash bits)
        {
            float[] dX = new float[x.Length];
            using AlignedMemory<DiagonalChain.Gradient> memory = new AlignedMemory<DiagonalChain.Gradient>();
            ref DiagonalChain.Gradient gradient = ref memory.Value;
            Adam adam = new Adam(DiagonalChain.ParameterLength, learningRate: 0.001, scalar: Scalar.Single);
            for (int training = 0; training < trainings; training++)
            {
                gradient.Clear();
                bits.Add(model.Backward(x, 1, ref gradient, dX));
                bits.Add(dX);
                bits.Add(GradientClipping.ByGlobalNorm(gradient.Values, 1));
                bits.Add(gradient.Values);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("DiagonalChain: not finite.");
                }
            }

            model.Descend(in gradient, 0.1f);
        }
    }
}
