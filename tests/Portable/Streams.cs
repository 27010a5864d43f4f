using System;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Hashes of what a tape says, of a stream at another sample rate, and of weights from the project's files.</summary>
    internal static class Streams
    {
        private const int Steps = 70;

        /// <summary>A line for each.</summary>
        public static string[] Hashes() => new[]
        {
            "Trace " + OfTrace().ToString("x16"),
            "RateStates " + OfRateStates(48_000).ToString("x16"),
            "RateStates2 " + OfRateStates(88_200).ToString("x16"),
            "DoubleRateStates " + OfDoubleRateStates().ToString("x16"),
            "TrainedNet " + OfTrainedNet().ToString("x16"),
        };

        private static ulong OfTrace()
        {
            const int Sequences = 3;
            StackedNet model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * StackedNet.InputSize, 1);
            float[] y = new float[Steps * Sequences * StackedNet.OutputSize];
            float[] tape = new float[StackedNet.TapeLength(Steps, Sequences)];
            model.Forward(x, new StackedNet.State[Sequences], y, tape);
            StackedNet.Trace trace = StackedNet.ReadTape(tape, Steps, Sequences);
            float[] d = new float[StackedNet.HiddenSize];
            Bits bits = new Bits();
            for (int t = 0; t < Steps; t += 23)
            {
                for (int layer = 0; layer < StackedNet.LayerCount; layer++)
                {
                    trace.Remember(t, d, layer, 2);
                    bits.Add(d);
                    trace.Save(t, d, layer, 1);
                    bits.Add(d);
                    trace.Focus(t, d, layer, 0);
                    bits.Add(d);
                    trace.Candidate(t, d, layer, 2);
                    bits.Add(d);
                    trace.LongTermMemory(t, d, layer, 1);
                    bits.Add(d);
                    trace.WorkingMemory(t, d, layer, 0);
                    bits.Add(d);
                }
            }

            return bits.Hash;
        }

        private static ulong OfRateStates(double rate)
        {
            Net model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps, 1);
            float[] y = new float[Steps];
            RateStates<float, Net.State> states = new RateStates<float, Net.State>(44_100, rate);
            states.Reset(default);
            for (int t = 0; t < Steps; t++)
            {
                model.Step(x.AsSpan(t, 1), ref states.Next(), y.AsSpan(t, 1));
            }

            Bits bits = new Bits();
            bits.Add(y);
            return bits.Hash;
        }

        private static ulong OfDoubleRateStates()
        {
            DoubleNet model = default;
            model.Initialize(7);
            double[] x = Numbers.Doubles(Steps * DoubleNet.InputSize, 1);
            double[] y = new double[Steps * DoubleNet.OutputSize];
            RateStates<double, DoubleNet.State> states = new RateStates<double, DoubleNet.State>(44_100, 96_000);
            for (int t = 0; t < Steps; t++)
            {
                model.Step(
                    x.AsSpan(t * DoubleNet.InputSize, DoubleNet.InputSize), ref states.Next(), y.AsSpan(t * DoubleNet.OutputSize, DoubleNet.OutputSize));
            }

            Bits bits = new Bits();
            bits.Add(y);
            return bits.Hash;
        }

        private static ulong OfTrainedNet()
        {
            float[] x = Numbers.Floats(Steps * TrainedNet.InputSize, 1);
            float[] y = new float[Steps * TrainedNet.OutputSize];
            TrainedNet.State state = TrainedNet.TrainedState;
            TrainedNet.Trained.Forward(x, ref state, y);
            Bits bits = new Bits();
            bits.Add(y);
            TrainedNet copy = TrainedNet.Trained;
            bits.Add(copy.Parameters);
            return bits.Hash;
        }
    }
}
