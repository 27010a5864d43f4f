using System;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Hashes of what networks give.</summary>
    internal static class Networks
    {
        /// <summary>A line for each type.</summary>
        public static string[] Hashes() => new[]
        {
            "Net " + OfNet().ToString("x16"),
            "StackedNet " + OfStackedNet().ToString("x16"),
            "StrictNet " + OfStrictNet().ToString("x16"),
            "DoubleNet " + OfDoubleNet().ToString("x16"),
        };

        private static ulong OfNet()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = Net.InputSize;
            const int k = Net.OutputSize;
            Net model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[Net.TapeLength(Steps, Sequences)];
            Net.State[] states = new Net.State[Sequences];
            Net.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            Net.State one = default;
            model.Step(x.AsSpan(0, p), ref one, y.AsSpan(0, k));
            bits.Add(one.WorkingMemory(0));
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = Net.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            Net.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory(0));

            // training of many sequences
            Adam adam = new Adam(Net.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                gradient.Clear();
                Array.Clear(states, 0, states.Length);
                model.Forward(x, states, y, tape);
                float loss = Loss.Squared(y, target, dY);
                Array.Clear(states, 0, states.Length);
                model.Backward(x, tape, dY, states, ref gradient, dX);
                GradientClipping.ByGlobalNorm(gradient.Values, 1);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("Not finite.");
                }

                bits.Add(loss);
            }

            model.Descend(in gradient, 0.5f);
            float[] exported = new float[Net.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfStackedNet()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = StackedNet.InputSize;
            const int k = StackedNet.OutputSize;
            StackedNet model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[StackedNet.TapeLength(Steps, Sequences)];
            StackedNet.State[] states = new StackedNet.State[Sequences];
            StackedNet.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            StackedNet.State one = default;
            model.Step(x.AsSpan(0, p), ref one, y.AsSpan(0, k));
            bits.Add(one.WorkingMemory(0));
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = StackedNet.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            StackedNet.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory(0));

            // training of many sequences
            Adam adam = new Adam(StackedNet.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                gradient.Clear();
                Array.Clear(states, 0, states.Length);
                model.Forward(x, states, y, tape);
                float loss = Loss.Squared(y, target, dY);
                Array.Clear(states, 0, states.Length);
                model.Backward(x, tape, dY, states, ref gradient, dX);
                GradientClipping.ByGlobalNorm(gradient.Values, 1);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("Not finite.");
                }

                bits.Add(loss);
            }

            model.Descend(in gradient, 0.5f);
            float[] exported = new float[StackedNet.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfStrictNet()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = StrictNet.InputSize;
            const int k = StrictNet.OutputSize;
            StrictNet model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[StrictNet.TapeLength(Steps, Sequences)];
            StrictNet.State[] states = new StrictNet.State[Sequences];
            StrictNet.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            StrictNet.State one = default;
            model.Step(x.AsSpan(0, p), ref one, y.AsSpan(0, k));
            bits.Add(one.WorkingMemory(0));
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = StrictNet.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            StrictNet.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory(0));

            // training of many sequences
            Adam adam = new Adam(StrictNet.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                gradient.Clear();
                Array.Clear(states, 0, states.Length);
                model.Forward(x, states, y, tape);
                float loss = Loss.Squared(y, target, dY);
                Array.Clear(states, 0, states.Length);
                model.Backward(x, tape, dY, states, ref gradient, dX);
                GradientClipping.ByGlobalNorm(gradient.Values, 1);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("Not finite.");
                }

                bits.Add(loss);
            }

            model.Descend(in gradient, 0.5f);
            float[] exported = new float[StrictNet.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfDoubleNet()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = DoubleNet.InputSize;
            const int k = DoubleNet.OutputSize;
            DoubleNet model = default;
            model.Initialize(7);
            double[] x = Numbers.Doubles(Steps * Sequences * p, 1);
            double[] target = Numbers.Doubles(Steps * Sequences * k, 2);
            double[] y = new double[Steps * Sequences * k];
            double[] dY = new double[y.Length];
            double[] dX = new double[x.Length];
            double[] tape = new double[DoubleNet.TapeLength(Steps, Sequences)];
            DoubleNet.State[] states = new DoubleNet.State[Sequences];
            DoubleNet.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            DoubleNet.State one = default;
            model.Step(x.AsSpan(0, p), ref one, y.AsSpan(0, k));
            bits.Add(one.WorkingMemory(0));
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = DoubleNet.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            DoubleNet.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory(0));

            // training of many sequences
            Adam adam = new Adam(DoubleNet.ParameterLength, learningRate: 0.01, scalar: Scalar.Double);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                gradient.Clear();
                Array.Clear(states, 0, states.Length);
                model.Forward(x, states, y, tape);
                double loss = Loss.Squared(y, target, dY);
                Array.Clear(states, 0, states.Length);
                model.Backward(x, tape, dY, states, ref gradient, dX);
                GradientClipping.ByGlobalNorm(gradient.Values, 1);
                if (!adam.Step(model.Parameters, gradient.Values))
                {
                    throw new InvalidOperationException("Not finite.");
                }

                bits.Add(loss);
            }

            model.Descend(in gradient, 0.5);
            double[] exported = new double[DoubleNet.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }
    }
}
