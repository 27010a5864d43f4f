using System;
using System.IO;
using System.Runtime.InteropServices;
using Lstm;
using UnityEngine;

// Unity's compiler and libraries make the generator choose the portable profile by themselves. Newer ones might not, and the runtime library of this
// package is for that profile only.
[assembly: LstmPortable]

namespace Lstm.Samples
{
    /// <summary>One number in, one out: the x of the target now, and the x that it will have a step later.</summary>
    [LstmNetwork(Input = 1, Hidden = 8, Output = 1, Arithmetic = Arithmetic.Portable)]
    internal partial struct FollowerNet
    {
    }

    /// <summary>
    /// Moves to where its target will be a fixed step later, along x, and learns from where the target then was. Weights and memory are kept in a
    /// file.
    /// </summary>
    public sealed class Follower : MonoBehaviour
    {
        /// <summary>What it follows. Best within a few units of the origin: the network sees the number as it is.</summary>
        public Transform Target;

        /// <summary>Fixed steps between two updates of the weights.</summary>
        private const int Steps = 32;

        private readonly float[] seen = new float[Steps + 1];
        private readonly float[] outputs = new float[Steps];
        private readonly float[] dOutputs = new float[Steps];
        private readonly float[] tape = new float[FollowerNet.TapeLength(Steps)];
        private readonly float[] prediction = new float[1];
        private readonly float[] file = new float[FollowerNet.ParameterCount + FollowerNet.State.Length];
        private readonly Adam adam = new Adam(FollowerNet.ParameterLength, learningRate: 0.01, scalar: Scalar.Single);
        private FollowerNet net;
        private FollowerNet.Gradient gradient;
        private FollowerNet.State state;
        private FollowerNet.State stateBefore;
        private int count;

        /// <summary>Where weights and memory are kept.</summary>
        private static string FilePath => Path.Combine(Application.persistentDataPath, "follower.lstm");

        private void OnEnable()
        {
            net.Initialize(1);
            state = default;
            byte[] bytes = File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : Array.Empty<byte>();
            Span<byte> stored = MemoryMarshal.AsBytes(file.AsSpan());
            if (bytes.Length == stored.Length)
            {
                bytes.CopyTo(stored);
                net.ImportParameters(file.AsSpan(0, FollowerNet.ParameterCount));
                state.Import(file.AsSpan(FollowerNet.ParameterCount));
            }
            else if (bytes.Length > 0)
            {
                Debug.LogWarning(FilePath + " is of another network, and not used.");
            }

            stateBefore = state;
            count = 0;
            adam.Reset();
        }

        private void OnDisable()
        {
            net.ExportParameters(file.AsSpan(0, FollowerNet.ParameterCount));
            state.Export(file.AsSpan(FollowerNet.ParameterCount));
            File.WriteAllBytes(FilePath, MemoryMarshal.AsBytes(file.AsSpan()).ToArray());
        }

        private void FixedUpdate()
        {
            seen[count] = Target.position.x;
            if (count == Steps)
            {
                Learn();
            }

            net.Step(seen.AsSpan(count, 1), ref state, prediction);
            count++;
            Vector3 position = transform.position;
            position.x = prediction[0];
            transform.position = position;
        }

        /// <summary>A step of Adam on the last numbers seen. The last one begins the next ones.</summary>
        private void Learn()
        {
            ReadOnlySpan<float> x = seen.AsSpan(0, Steps);
            net.Forward(x, ref stateBefore, outputs, tape);
            Loss.Squared(outputs, seen.AsSpan(1, Steps), dOutputs);
            gradient.Clear();
            FollowerNet.State dState = default;
            net.Backward(x, tape, dOutputs, ref dState, ref gradient);
            GradientClipping.ByGlobalNorm(gradient.Values, 1);
            if (!adam.Step(net.Parameters, gradient.Values))
            {
                Debug.LogWarning("The gradient is not finite, and nothing is learned from it.");
            }

            stateBefore = state;
            seen[0] = seen[Steps];
            count = 0;
        }
    }
}
