using System;

#if PORTABLE
namespace Lstm.Portable.Loops
#else
namespace Lstm.Portable.Vectors
#endif
{
    /// <summary>Hashes of what cells of doubles give.</summary>
    internal static class DoubleCells
    {
        /// <summary>A line for each type.</summary>
        public static string[] Hashes() => new[]
        {
            "DoubleCell " + OfDoubleCell().ToString("x16"),
            "StrictDoubleCell " + OfStrictDoubleCell().ToString("x16"),
        };

        private static ulong OfDoubleCell()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = DoubleCell.InputSize;
            const int k = DoubleCell.HiddenSize;
            DoubleCell model = default;
            model.Initialize(7);
            double[] x = Numbers.Doubles(Steps * Sequences * p, 1);
            double[] target = Numbers.Doubles(Steps * Sequences * k, 2);
            double[] y = new double[Steps * Sequences * k];
            double[] dY = new double[y.Length];
            double[] dX = new double[x.Length];
            double[] tape = new double[DoubleCell.TapeLength(Steps, Sequences)];
            DoubleCell.State[] states = new DoubleCell.State[Sequences];
            DoubleCell.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            DoubleCell.State one = default;
            model.Step(x.AsSpan(0, p), ref one);
            bits.Add(one.WorkingMemory);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = DoubleCell.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            DoubleCell.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory);

            // training of many sequences
            Adam adam = new Adam(DoubleCell.ParameterLength, learningRate: 0.01, scalar: Scalar.Double);
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
            double[] exported = new double[DoubleCell.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }

        private static ulong OfStrictDoubleCell()
        {
            const int Steps = 70;
            const int Sequences = 3;
            const int p = StrictDoubleCell.InputSize;
            const int k = StrictDoubleCell.HiddenSize;
            StrictDoubleCell model = default;
            model.Initialize(7);
            double[] x = Numbers.Doubles(Steps * Sequences * p, 1);
            double[] target = Numbers.Doubles(Steps * Sequences * k, 2);
            double[] y = new double[Steps * Sequences * k];
            double[] dY = new double[y.Length];
            double[] dX = new double[x.Length];
            double[] tape = new double[StrictDoubleCell.TapeLength(Steps, Sequences)];
            StrictDoubleCell.State[] states = new StrictDoubleCell.State[Sequences];
            StrictDoubleCell.Gradient gradient = default;
            Bits bits = new Bits();

            // one sequence: steps, then recorded, then back
            StrictDoubleCell.State one = default;
            model.Step(x.AsSpan(0, p), ref one);
            bits.Add(one.WorkingMemory);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k));
            bits.Add(y);
            int length = StrictDoubleCell.TapeLength(Steps);
            model.Forward(x.AsSpan(0, Steps * p), ref one, y.AsSpan(0, Steps * k), tape.AsSpan(0, length));
            bits.Add(tape);
            StrictDoubleCell.State dOne = default;
            model.Backward(x.AsSpan(0, Steps * p), tape.AsSpan(0, length), target.AsSpan(0, Steps * k), ref dOne, ref gradient, dX.AsSpan(0, Steps * p));
            bits.Add(gradient.Values);
            bits.Add(dX);
            bits.Add(dOne.LongTermMemory);

            // training of many sequences
            Adam adam = new Adam(StrictDoubleCell.ParameterLength, learningRate: 0.01, scalar: Scalar.Double);
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
            double[] exported = new double[StrictDoubleCell.ParameterCount];
            model.ExportParameters(exported);
            bits.Add(exported);
            bits.Add(tape);
            model.Load(model.ToModel());
            bits.Add(model.Parameters);
            return bits.Hash;
        }
    }
}
