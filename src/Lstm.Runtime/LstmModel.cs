using System;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// A trained model in no particular format: a stack of LSTM layers, which may differ in size, and an optional affine readout
/// <c>y = V wm + c</c>. Layer k reads the working memory of layer k - 1. All numbers are 0 at first.
/// </summary>
/// <remarks>Matrices are row-major. The spans are the model's own memory: what is written to them is in the model.</remarks>
/// <example><code>
/// LstmModel model = LstmFile.Read("pedal.safetensors"); // package Lstm.Generators.Formats
/// float weight = model.W(layer: 0, Gate.Remember)[(row * model.Input) + column];
/// </code></example>
public sealed class LstmModel
{
    private const int Gates = 4;

    private readonly Layer[] layers;
    private readonly float[] v;
    private readonly float[] c;
    private bool hasInitialState;

    /// <summary>A model of the given sizes, with every number 0.</summary>
    /// <param name="input">p, the length of x; at least 1.</param>
    /// <param name="hidden">d of every layer, the first layer first; at least one layer, each at least 1.</param>
    /// <param name="output">K, the length of y; 0 for no readout: then y is the working memory of the last layer.</param>
    /// <exception cref="ArgumentException">There is no layer, or the numbers of a layer or of the readout do not fit into one array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small.</exception>
    public LstmModel(int input, ReadOnlySpan<int> hidden, int output = 0)
    {
        int[] sizes = hidden.ToArray(); // an array, since Unity's Mono lacks the indexer of ReadOnlySpan that this assembly would ask for
        CheckSizes(input, sizes, output);
        Input = input;
        Output = output;
        layers = new Layer[sizes.Length];
        for (int k = 0; k < layers.Length; k++)
        {
            layers[k] = new Layer(k == 0 ? input : sizes[k - 1], sizes[k]);
        }

        v = new float[output * sizes[^1]];
        c = new float[output];
    }

    /// <summary>p, the length of x.</summary>
    public int Input { get; }

    /// <summary>The number of layers.</summary>
    public int LayerCount => layers.Length;

    /// <summary>K, the length of y, or 0 where there is no readout.</summary>
    public int Output { get; }

    /// <summary>V of the readout, K x d with d of the last layer; empty where there is none.</summary>
    public Span<float> V => v;

    /// <summary>c of the readout, of length K; empty where there is none.</summary>
    public Span<float> C => c;

    /// <summary>
    /// Whether a sequence begins with <see cref="InitialLongTermMemory"/> and <see cref="InitialWorkingMemory"/>; otherwise it begins with
    /// zeros. Setting it to <see langword="false"/> sets both to zeros.
    /// </summary>
    public bool HasInitialState
    {
        get => hasInitialState;
        set
        {
            hasInitialState = value;
            if (!value)
            {
                foreach (Layer layer in layers)
                {
                    Array.Clear(layer.InitialState, 0, layer.InitialState.Length);
                }
            }
        }
    }

    /// <summary>d, the length of a layer's ltm and wm.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int Hidden(int layer) => At(layer).Hidden;

    /// <summary>W of a layer's gate: d x p in layer 0, above it d x (d of the layer below).</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="gate">The gate.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or gate.</exception>
    public Span<float> W(int layer, Gate gate)
    {
        Layer of = At(layer);
        return Part(of.W, gate, of.Hidden * of.Input);
    }

    /// <summary>U of a layer's gate, d x d.</summary>
    /// <inheritdoc cref="W"/>
    public Span<float> U(int layer, Gate gate)
    {
        Layer of = At(layer);
        return Part(of.U, gate, of.Hidden * of.Hidden);
    }

    /// <summary>b of a layer's gate, of length d.</summary>
    /// <inheritdoc cref="W"/>
    public Span<float> B(int layer, Gate gate)
    {
        Layer of = At(layer);
        return Part(of.B, gate, of.Hidden);
    }

    /// <summary>The ltm that a layer begins with, of length d; used only with <see cref="HasInitialState"/>.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<float> InitialLongTermMemory(int layer)
    {
        Layer of = At(layer);
        return of.InitialState.AsSpan(0, of.Hidden);
    }

    /// <summary>The wm that a layer begins with, of length d; used only with <see cref="HasInitialState"/>.</summary>
    /// <inheritdoc cref="InitialLongTermMemory"/>
    public Span<float> InitialWorkingMemory(int layer)
    {
        Layer of = At(layer);
        return of.InitialState.AsSpan(of.Hidden, of.Hidden);
    }

    private static void CheckSizes(int input, int[] hidden, int output)
    {
        if (input < 1)
        {
            Throw.OutOfRange(nameof(input), "at least 1", input);
        }

        if (output < 0)
        {
            Throw.OutOfRange(nameof(output), "at least 0", output);
        }

        if (hidden.Length == 0)
        {
            throw new ArgumentException("'hidden' must have a size for each layer, at least one, but it is empty.", nameof(hidden));
        }

        int below = input;
        for (int k = 0; k < hidden.Length; k++)
        {
            int d = hidden[k];
            if (d < 1)
            {
                Throw.OutOfRange(FormattableString.Invariant($"hidden[{k}]"), "at least 1", d);
            }

            CheckCount(FormattableString.Invariant($"layer {k}, {below} to {d}"), (decimal)Gates * d * Math.Max(below, d));
            below = d;
        }

        CheckCount(FormattableString.Invariant($"the readout, {below} to {output}"), (decimal)output * below);
    }

    private static void CheckCount(string of, decimal numbers)
    {
        if (numbers > int.MaxValue)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A matrix of {of}, would have {numbers} numbers; an array holds {int.MaxValue}."));
        }
    }

    private static Span<float> Part(float[] ofGates, Gate gate, int length)
    {
        if ((uint)gate >= Gates)
        {
            Throw.OutOfRange(nameof(gate), (int)gate, Gates);
        }

        return ofGates.AsSpan((int)gate * length, length);
    }

    private Layer At(int layer)
    {
        if ((uint)layer >= (uint)layers.Length)
        {
            Throw.OutOfRange(nameof(layer), layer, layers.Length);
        }

        return layers[layer];
    }

    /// <summary>The numbers of a layer, gate after gate in the order of <see cref="Gate"/>.</summary>
    private sealed class Layer
    {
        public Layer(int input, int hidden)
        {
            Input = input;
            Hidden = hidden;
            W = new float[Gates * hidden * input];
            U = new float[Gates * hidden * hidden];
            B = new float[Gates * hidden];
            InitialState = new float[2 * hidden];
        }

        public int Input { get; }

        public int Hidden { get; }

        public float[] W { get; }

        public float[] U { get; }

        public float[] B { get; }

        /// <summary>ltm, then wm.</summary>
        public float[] InitialState { get; }
    }
}
