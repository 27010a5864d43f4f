using System;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Hashes of what cells of floats give.</summary>
    internal static class FloatCells
    {
        /// <summary>A line for each type.</summary>
        public static string[] Hashes() => new[]
        {
            "SmallCell " + OfSmallCell().ToString("x16"),
            "WideCell " + OfWideCell().ToString("x16"),
            "StrictCell " + OfStrictCell().ToString("x16"),
        };

        private static ulong OfSmallCell()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = SmallCell.InputSize;
            const int k = SmallCell.HiddenSize;
            SmallCell model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[SmallCell.TapeLength(Steps, Sequences)];
            SmallCell.State[] states = new SmallCell.State[Sequences];
            SmallCell.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            SmallCell.State one = default;
            model.Step(x.AsSpan(0, p), ref one);
            bits.Add(one.WorkingMemory);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = SmallCell.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            SmallCell.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory);

            // training of many sequences
            Adam adam = new Adam(SmallCell.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
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
            float[] exported = new float[SmallCell.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfWideCell()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = WideCell.InputSize;
            const int k = WideCell.HiddenSize;
            WideCell model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[WideCell.TapeLength(Steps, Sequences)];
            WideCell.State[] states = new WideCell.State[Sequences];
            WideCell.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            WideCell.State one = default;
            model.Step(x.AsSpan(0, p), ref one);
            bits.Add(one.WorkingMemory);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = WideCell.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            WideCell.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory);

            // training of many sequences
            Adam adam = new Adam(WideCell.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
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
            float[] exported = new float[WideCell.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfStrictCell()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = StrictCell.InputSize;
            const int k = StrictCell.HiddenSize;
            StrictCell model = default;
            model.Initialize(7);
            float[] x = Numbers.Floats(Steps * Sequences * p, 1);
            float[] target = Numbers.Floats(Steps * Sequences * k, 2);
            float[] y = new float[Steps * Sequences * k];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            float[] tape = new float[StrictCell.TapeLength(Steps, Sequences)];
            StrictCell.State[] states = new StrictCell.State[Sequences];
            StrictCell.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            StrictCell.State one = default;
            model.Step(x.AsSpan(0, p), ref one);
            bits.Add(one.WorkingMemory);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = StrictCell.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            StrictCell.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory);

            // training of many sequences
            Adam adam = new Adam(StrictCell.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
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
            float[] exported = new float[StrictCell.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }
    }
}
