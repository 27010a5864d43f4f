using System;

namespace Lstm.Bits
{
    /// <summary>Weights that the build packed, read where they stand, and a copy of them.</summary>
    internal static class TrainedNetRun
    {
        /// <summary>The hash of all numbers.</summary>
        public static ulong Hash(int steps)
        {
            float[] x = Numbers.Floats(steps * TrainedNet.InputSize, 1);
            float[] y = new float[steps * TrainedNet.OutputSize];
            TrainedNet.State state = TrainedNet.TrainedState;
            TrainedNet.Trained.Forward(x, ref state, y);
            BitHash bits = new BitHash();
            bits.Add(y);
            TrainedNet copy = TrainedNet.Trained;
            float[] exported = new float[TrainedNet.ParameterCount];
            copy.ExportParameters(exported);
            bits.Add(exported);
            return bits.Value;
        }
    }
}
