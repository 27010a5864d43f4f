using System;
using System.Runtime.InteropServices;
using NUnit.Framework;

[assembly: Lstm.LstmPortable]

namespace Lstm.Unity.Tests
{
    [LstmNetwork(Input = 1, Hidden = 16, Output = 1, Arithmetic = Arithmetic.Portable)]
    internal partial struct Net
    {
    }

    /// <summary>The bits of this machine are those of every other one, and what is stored comes back.</summary>
    public sealed class PortableBitsTests
    {
        private const int Steps = 70;
        private const int Sequences = 3;

        /// <summary>Steps, many sequences, gradients, ten steps of Adam. The hash is that of .NET with vectors, NativeAOT and Mono.</summary>
        [Test]
        public void RunAndTraining_HaveTheBitsOfEveryPlatform()
        {
            Net model = default;
            model.Initialize(7);
            float[] x = Numbers(Steps * Sequences * Net.InputSize, 1);
            float[] target = Numbers(Steps * Sequences * Net.OutputSize, 2);
            float[] tape = new float[Net.TapeLength(Steps, Sequences)];
            Hash hash = new Hash();
            RunOne(ref model, x, target, tape, hash);
            Train(ref model, x, target, tape, hash);
            Assert.AreEqual("7b34a45f08372060", hash.Value.ToString("x16"));
        }

        [Test]
        public void ExportAndImport_GoOnWithTheSameBits()
        {
            float[] x = Numbers(Steps, 3);
            float[] y = new float[Steps];
            Net model = default;
            model.Initialize(11);
            Net.State state = default;
            model.Forward(x, ref state, y);
            float[] parameters = new float[Net.ParameterCount];
            float[] memory = new float[Net.State.Length];
            model.ExportParameters(parameters);
            state.Export(memory);
            Net restored = default;
            restored.ImportParameters(parameters);
            Net.State restoredState = default;
            restoredState.Import(memory);
            float[] yRestored = new float[Steps];
            model.Forward(x, ref state, y);
            restored.Forward(x, ref restoredState, yRestored);
            Assert.AreEqual(HashOf(y), HashOf(yRestored));
        }

        [Test]
        public void WrongLength_IsRefused()
        {
            Net model = default;
            Assert.Throws<ArgumentException>(() => model.ImportParameters(new float[Net.ParameterCount - 1]));
        }

        private static void RunOne(ref Net model, float[] x, float[] target, float[] tape, Hash hash)
        {
            float[] y = new float[Steps * Sequences];
            float[] dX = new float[x.Length];
            Net.State state = default;
            model.Step(x.AsSpan(0, 1), ref state, y.AsSpan(0, 1));
            hash.Add(state.WorkingMemory(0));
            model.Forward(x.AsSpan(0, Steps), ref state, y.AsSpan(0, Steps));
            hash.Add(y);
            Span<float> tapeOfOne = tape.AsSpan(0, Net.TapeLength(Steps));
            model.Forward(x.AsSpan(0, Steps), ref state, y.AsSpan(0, Steps), tapeOfOne);
            hash.Add(tape);
            Net.State dState = default;
            Net.Gradient gradient = default;
            model.Backward(x.AsSpan(0, Steps), tapeOfOne, target.AsSpan(0, Steps), ref dState, ref gradient, dX.AsSpan(0, Steps));
            hash.Add(gradient.Values);
            hash.Add(dX);
            hash.Add(dState.LongTermMemory(0));
        }

        private static void Train(ref Net model, float[] x, float[] target, float[] tape, Hash hash)
        {
            float[] y = new float[target.Length];
            float[] dY = new float[y.Length];
            float[] dX = new float[x.Length];
            Net.State[] states = new Net.State[Sequences];
            Net.Gradient gradient = default;
            Adam adam = new Adam(Net.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
            float[] loss = new float[1];
            for (int epoch = 0; epoch < 10; epoch++)
            {
                gradient.Clear();
                Array.Clear(states, 0, states.Length);
                model.Forward(x, states, y, tape);
                loss[0] = Loss.Squared(y, target, dY);
                Array.Clear(states, 0, states.Length);
                model.Backward(x, tape, dY, states, ref gradient, dX);
                GradientClipping.ByGlobalNorm(gradient.Values, 1);
                Assert.IsTrue(adam.Step(model.Parameters, gradient.Values));
                hash.Add(loss);
            }

            model.Descend(in gradient, 0.5f);
            float[] exported = new float[Net.ParameterCount];
            model.ExportParameters(exported);
            hash.Add(exported);
            hash.Add(tape);
            model.Load(model.ToModel());
            hash.Add(model.Parameters);
        }

        private static string HashOf(float[] numbers)
        {
            Hash hash = new Hash();
            hash.Add(numbers);
            return hash.Value.ToString("x16");
        }

        /// <summary>Numbers in [-1, 1), multiples of 2^-15, the same everywhere.</summary>
        private static float[] Numbers(int count, uint seed)
        {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++)
            {
                seed = unchecked((seed * 1664525) + 1013904223);
                numbers[i] = (float)(((int)(seed >> 16) - 32768) / 32768.0);
            }

            return numbers;
        }

        /// <summary>The FNV-1a hash of the bits of numbers.</summary>
        private sealed class Hash
        {
            public ulong Value { get; private set; } = 14695981039346656037;

            public void Add(Span<float> numbers)
            {
                Span<byte> bytes = MemoryMarshal.AsBytes(numbers);
                for (int i = 0; i < bytes.Length; i++)
                {
                    Value = unchecked((Value ^ bytes[i]) * 1099511628211);
                }
            }
        }
    }
}
