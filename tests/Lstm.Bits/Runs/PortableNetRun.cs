using System;

namespace Lstm.Bits
{
    /// <summary>
    /// Everything that a network computes. Written for one type; Runs.targets derives the text of the others from it, by replacing names.
    /// </summary>
    internal static class PortableNetRun
    {
        /// <summary>Steps of a block, no multiple of a vector.</summary>
        private const int Block = 61;

        /// <summary>Whole register tiles of every width, and some left over.</summary>
        private const int Sequences = 13;

        /// <summary>Steps and sequences of a training step.</summary>
        private const int Recorded = 19;
        private const int Together = 3;

        private const int P = PortableNet.InputSize;
        private const int K = PortableNet.OutputSize;

        /// <summary>The hash of all numbers.</summary>
        public static ulong Hash(int steps, int trainings)
        {
            // Mono's interpreter has room for locals of 64 KB in a method, and an array for elements of 64 KB.
            using AlignedMemory<PortableNet> memory = new AlignedMemory<PortableNet>();
            ref PortableNet model = ref memory.Value;
            model.Initialize(7);
            BitHash bits = new BitHash();
            RunSteps(model, steps / 2, bits);
            RunBlocks(model, steps / 2, bits);
            RunManySequences(model, steps / Sequences, bits);
            RunAtAnotherRate(model, steps / 10, bits);
            Train(ref model, trainings, bits);
            float[] exported = new float[PortableNet.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Value;
        }

        private static void RunSteps(in PortableNet model, int steps, BitHash bits)
        {
            float[] x = Numbers.Floats(Block * P, 1);
            float[] y = new float[K];
            PortableNet.State state = default;
            for (int t = 0; t < steps; t++)
            {
                Step(model, x.AsSpan(t % Block * P, P), ref state, y);
                bits.Add(y);
            }

            float[] exported = new float[PortableNet.State.Length];
            state.Export(exported);
            bits.Add(exported);
        }

        private static void Step(in PortableNet model, Span<float> x, ref PortableNet.State state, Span<float> y)
        {
            model.Step(x, ref state, y);
        }

        private static void RunBlocks(in PortableNet model, int steps, BitHash bits)
        {
            float[] x = Numbers.Floats(Block * P, 2);
            float[] y = new float[Block * K];
            PortableNet.State state = default;
            for (int t = 0; t < steps; t += Block)
            {
                int count = Math.Min(Block, steps - t);
                model.Forward(x.AsSpan(0, count * P), ref state, y.AsSpan(0, count * K));
                bits.Add(y);
            }
        }

        private static void RunManySequences(in PortableNet model, int steps, BitHash bits)
        {
            float[] x = Numbers.Floats(Block * Sequences * P, 3);
            float[] y = new float[Block * Sequences * K];
            PortableNet.State[] states = new PortableNet.State[Sequences];
            for (int t = 0; t < steps; t += Block)
            {
                int rows = Math.Min(Block, steps - t) * Sequences;
                model.Forward(x.AsSpan(0, rows * P), states, y.AsSpan(0, rows * K));
                bits.Add(y);
            }
        }

        private static void RunAtAnotherRate(in PortableNet model, int steps, BitHash bits)
        {
            float[] x = Numbers.Floats(Block * P, 4);
            float[] y = new float[K];
            RateStates<float, PortableNet.State> states = new RateStates<float, PortableNet.State>(44_100, 48_000);
            for (int t = 0; t < steps; t++)
            {
                Step(model, x.AsSpan(t % Block * P, P), ref states.Next(), y);
                bits.Add(y);
            }
        }

        /// <summary>Forward, loss, backward, clipping and Adam: one sequence and some in turns, squares and classes in turns.</summary>
        private static void Train(ref PortableNet model, int trainings, BitHash bits)
        {
            float[] x = Numbers.Floats(Recorded * Together * P, 5);
            float[] target = Numbers.Floats(Recorded * Together * K, 6);
            int[] classes = Numbers.Classes(Recorded * Together, K, 7);
            float[] tape = new float[PortableNet.TapeLength(Recorded, Together)];
            using AlignedMemory<PortableNet.Gradient> memory = new AlignedMemory<PortableNet.Gradient>();
            ref PortableNet.Gradient gradient = ref memory.Value;
            Adam adam = new Adam(PortableNet.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
            for (int training = 0; training < trainings; training++)
            {
                int sequences = training % 2 == 0 ? 1 : Together;
                int rows = Recorded * sequences;
                gradient.Clear();
                float[] y = new float[rows * K];
                float[] dY = new float[rows * K];
                Span<float> recorded = tape.AsSpan(0, PortableNet.TapeLength(Recorded, sequences));
                Forward(model, x.AsSpan(0, rows * P), sequences, y, recorded);
                bits.Add(training / 2 % 2 == 0 || K == 1
                    ? Loss.Squared(y, target.AsSpan(0, rows * K), dY)
                    : Loss.SoftmaxCrossEntropy(y, K, classes.AsSpan(0, rows), dY));
                Backward(model, x.AsSpan(0, rows * P), sequences, recorded, dY, ref gradient, bits);
                bits.Add(GradientClipping.ByGlobalNorm(gradient.Values, 1));
                bits.Add(gradient.Values);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("PortableNet: not finite.");
                }
            }

            bits.Add(tape);
            Read(tape, Together, bits);
            double[] averages = new double[adam.StateLength];
            adam.ExportState(averages);
            bits.Add(averages);
            model.Descend(in gradient, 0.5f);
        }

        private static void Forward(in PortableNet model, Span<float> x, int sequences, Span<float> y, Span<float> tape)
        {
            if (sequences == 1)
            {
                PortableNet.State state = default;
                model.Forward(x, ref state, y, tape);
            }
            else
            {
                model.Forward(x, new PortableNet.State[sequences], y, tape);
            }
        }

        private static void Backward(
            in PortableNet model, Span<float> x, int sequences, Span<float> tape, Span<float> dY, ref PortableNet.Gradient gradient, BitHash bits)
        {
            float[] dX = new float[x.Length];
            float[] exported = new float[PortableNet.State.Length];
            PortableNet.State[] dStates = new PortableNet.State[sequences];
            if (sequences == 1)
            {
                model.Backward(x, tape, dY, ref dStates[0], ref gradient, dX);
            }
            else
            {
                model.Backward(x, tape, dY, dStates, ref gradient, dX);
            }

            bits.Add(dX);
            for (int i = 0; i < sequences; i++)
            {
                dStates[i].Export(exported);
                bits.Add(exported);
            }
        }

        /// <summary>What the tape says of some steps.</summary>
        private static void Read(Span<float> tape, int sequences, BitHash bits)
        {
            PortableNet.Trace trace = PortableNet.ReadTape(tape, Recorded, sequences);
            float[] d = new float[PortableNet.HiddenSize];
            for (int t = 0; t < Recorded; t++)
            {
                int sequence = t % sequences;
                int layer = t % PortableNet.LayerCount;
                trace.Remember(t, d, layer, sequence);
                bits.Add(d);
                trace.Save(t, d, layer, sequence);
                bits.Add(d);
                trace.Focus(t, d, layer, sequence);
                bits.Add(d);
                trace.Candidate(t, d, layer, sequence);
                bits.Add(d);
                trace.LongTermMemory(t, d, layer, sequence);
                bits.Add(d);
                trace.WorkingMemory(t, d, layer, sequence);
                bits.Add(d);
            }
        }
    }
}
