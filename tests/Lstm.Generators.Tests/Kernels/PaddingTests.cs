using System;
using System.Linq;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

/// <summary>Whatever stands in the padding of parameters and states, every result has the same bits, and the gradient of padding is 0.</summary>
public class PaddingTests
{
    /// <summary>
    /// Everything that computes, once for each filling of the padding: zeros, random numbers, NaN, infinities. The fillings' bytes follow each other.
    /// </summary>
    private const string Pass = """
        using System;
        using System.Runtime.InteropServices;

        public static class Pass
        {
            const int Steps = 11, Sequences = 7;

            public static byte[] Run()
            {
                var all = new System.IO.MemoryStream();
                foreach (float[] filling in new float[][] { new float[] { 0 }, new float[] { 1.5f, -3, 0.25f, -1e30f }, new float[] { float.NaN },
                    new float[] { float.PositiveInfinity, float.NegativeInfinity } })
                {
                    Run(filling, all);
                }

                return all.ToArray();
            }

            static void Run(float[] filling, System.IO.MemoryStream all)
            {
                using var model = new Lstm.AlignedMemory<Model>();
                float[] ones = new float[Model.ParameterCount];
                Array.Fill(ones, 1);
                model.Value.ImportParameters(ones);
                float[] used = model.Value.Parameters.ToArray();
                model.Value.Initialize(5);
                for (int i = 0; i < used.Length; i++) if (used[i] == 0) model.Value.Parameters[i] = filling[i % filling.Length];
                var random = new Lstm.Kernels.UniformRandom(6);
                float[] x = Numbers(Steps * Sequences * Model.InputSize, ref random), dY = Numbers(Steps * Sequences * OUTPUT, ref random);
                float[] initial = Numbers(Model.State.Length, ref random);
                Model.State[] states = States(2 * Sequences, filling, initial), dStates = States(Sequences, filling, initial);

                // One sequence: step by step, a sequence, recorded, and back.
                using var gradient = new Lstm.AlignedMemory<Model.Gradient>();
                float[] x1 = x[..(Steps * Model.InputSize)], dY1 = dY[..(Steps * OUTPUT)], y = new float[dY1.Length], dX = new float[x1.Length];
                float[] y2 = new float[y.Length], tape = new float[Model.TapeLength(Steps)];
                for (int t = 0; t < Steps; t++) STEP
                model.Value.Forward(x1, ref states[1], y2);
                Write(all, y2);
                model.Value.Forward(x1, ref states[2], y, tape);
                model.Value.Backward(x1, tape, dY1, ref dStates[0], ref gradient.Value, dX);
                Write(all, y, dX, Export(states.AsSpan(0, 3)), Export(dStates.AsSpan(0, 1)), gradient.Value.Values.ToArray());
                for (int i = 0; i < used.Length; i++) if (used[i] == 0 && gradient.Value.Values[i] != 0) throw new Exception("gradient of padding");

                // Many sequences.
                gradient.Value.Clear();
                float[] many = new float[dY.Length], manyDX = new float[x.Length], tapes = new float[Model.TapeLength(Steps, Sequences)];
                model.Value.Forward(x, states.AsSpan(Sequences), many);
                Write(all, many);
                dStates = States(Sequences, filling, initial);
                states = States(Sequences, filling, initial);
                model.Value.Forward(x, states, many, tapes);
                model.Value.Backward(x, tapes, dY, dStates, ref gradient.Value, manyDX);
                Write(all, many, manyDX, Export(states), Export(dStates), gradient.Value.Values.ToArray());
                for (int i = 0; i < used.Length; i++) if (used[i] == 0 && gradient.Value.Values[i] != 0) throw new Exception("gradient of padding");
            }

            static float[] Numbers(int count, ref Lstm.Kernels.UniformRandom random)
            {
                float[] numbers = new float[count];
                for (int i = 0; i < count; i++) numbers[i] = random.Next((float)1);
                return numbers;
            }

            static Model.State[] States(int count, float[] filling, float[] initial)
            {
                var states = new Model.State[count];
                Span<float> numbers = MemoryMarshal.Cast<Model.State, float>(states.AsSpan());
                for (int i = 0; i < numbers.Length; i++) numbers[i] = filling[i % filling.Length];
                for (int n = 0; n < count; n++) states[n].Import(initial);
                return states;
            }

            static float[] Export(Span<Model.State> states)
            {
                float[] numbers = new float[states.Length * Model.State.Length];
                for (int n = 0; n < states.Length; n++) states[n].Export(numbers.AsSpan(n * Model.State.Length, Model.State.Length));
                return numbers;
            }

            static void Write(System.IO.MemoryStream all, params float[][] results)
            {
                foreach (float[] result in results) all.Write(MemoryMarshal.AsBytes<float>(result));
            }
        }
        """;

    private const string StepOfCell = "model.Value.Step(x1.AsSpan(t * Model.InputSize, Model.InputSize), ref states[0]);";

    private const string StepOfNetwork =
        "{ model.Value.Step(x1.AsSpan(t * Model.InputSize, Model.InputSize), ref states[0], y.AsSpan(0, OUTPUT)); Write(all, y); }";

    // Together these have every remainder by 4, every pair of options below, and a last tile of 4, 8 and 16 units with padding, alone and behind
    // others (some of that in the cells). With LSTM_EXHAUSTIVE=1 in the environment it is all sizes.
    private static readonly int[] Hidden = Environment.GetEnvironmentVariable("LSTM_EXHAUSTIVE") == "1"
        ? [.. Enumerable.Range(1, 40).Where(hidden => hidden % 4 != 0)]
        : [1, 3, 5, 6, 10, 14, 23, 29, 34];

    /// <summary>Sizes up to 40 that have padding, as stacks of two layers; arithmetic, accuracy, unrolling and number types take turns.</summary>
    public static TheoryData<string> Declarations =>
    [
        .. Hidden.Select(hidden => (hidden, i: hidden - 1 - (hidden / 4))).Select(item =>
            $"[Lstm.LstmNetwork(Input = {1 + (item.i % 7)}, Hidden = {item.hidden}, Output = {1 + (item.i % 3)}, Layers = 2"
            + (item.i % 2 == 0 ? "" : ", Scalar = Lstm.Scalar.Double")
            + (item.i / 2 % 2 == 0 ? "" : ", Accuracy = Lstm.Accuracy.Strict")
            + (item.i / 3 % 2 == 0 ? "" : ", Arithmetic = Lstm.Arithmetic.Portable")
            + (item.i % 5 != 0 ? "" : ", Unrolling = Lstm.Unrolling.None")
            + ")] public partial struct Model;"),
        "[Lstm.LstmCell(Input = 3, Hidden = 5)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 19, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 24, Hidden = 37, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 40, Hidden = 61, Output = 17)] public partial struct Model;",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Padding_IsNeverSeen(string declaration) => ForcedWidth.Run(
        declaration, Pass.Replace("STEP", declaration.Contains("LstmNetwork") ? StepOfNetwork : StepOfCell), results =>
        {
            byte[] expected = results(0);
            int filling = expected.Length / 4;
            foreach (int bits in ForcedWidth.Widths.Prepend(0))
            {
                byte[] all = results(bits);
                for (int i = 0; i < 4; i++)
                {
                    int first = all.AsSpan(i * filling, filling).CommonPrefixLength(expected.AsSpan(0, filling));
                    Assert.True(first == filling, $"{bits} bits, filling {i}: byte {first} of {filling} differs from the scalar result with zeros");
                }
            }
        });
}
