using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using Lstm.Kernels;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

internal interface IRecurrentCheck
{
    /// <summary>Fresh weights fill (-1/sqrt d, 1/sqrt d), and the biases of remember gates are as asked for.</summary>
    public void InitialWeights();

    /// <summary>All results of some steps of some sequences, forward and backward.</summary>
    public void Run(int steps, int sequences);

    /// <summary>With all weights 0 every step halves ltm: where it falls below the least memory, state and output are exactly 0.</summary>
    public void Silence();

    /// <summary>An infinite input saturates gates. Times the zeros of padding it is NaN, and nothing of that stays in a state.</summary>
    public void InfiniteInput();
}

/// <summary>A generated cell or network beside a reference with its weights. A cell is a network whose readout is the identity.</summary>
internal sealed class RecurrentCheck<TModel, T, TState, TGradient> : IRecurrentCheck
    where TModel : unmanaged, ITrainableLstm<TModel, T, TState, TGradient>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    /// <summary>Floats: errors of 3e-7 in each factor of a gradient over 67 steps, which are random. A wrong term is off by 1e-2.</summary>
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-11;

    private static readonly bool HasReadout = typeof(TModel).GetMethod("V") is not null;
    private static readonly CopyState Export = typeof(TState).GetMethod("Export")!.CreateDelegate<CopyState>();
    private static readonly ReadState Import = typeof(TState).GetMethod("Import")!.CreateDelegate<ReadState>();

    private readonly ReferenceNetwork<double> reference = new(TModel.InputSize, TModel.HiddenSize, TModel.OutputSize, TModel.LayerCount);
    private TModel model = default;

    public RecurrentCheck()
    {
        model.Initialize(3, T.CreateTruncating(0.75));
        ReadWeights();
        ReadReadout();
        T[] exported = new T[TModel.ParameterCount];
        model.ExportParameters(exported);
        Assert.Equal(Flat(reference), Doubles(exported));
    }

    private delegate Span<double> RowOfLayer(int layer);

    private delegate void CopyState(ref TState state, Span<T> destination);

    private delegate void ReadState(ref TState state, ReadOnlySpan<T> source);

    private delegate ref T WeightOfReadout(ref TModel model, int row, int column);

    private delegate ref T BiasOfReadout(ref TModel model, int row);

    public void InitialWeights()
    {
        double bound = 1 / Math.Sqrt(TModel.HiddenSize);
        double largest = 0;
        for (int layer = 0; layer < TModel.LayerCount; layer++)
        {
            for (int row = 0; row < TModel.HiddenSize; row++)
            {
                Assert.Equal(0.75, reference.B(layer, Gate.Remember, row));
                largest = Math.Max(largest, Enumerable.Range(0, TModel.HiddenSize).Max(i => Math.Abs(reference.U(layer, Gate.Focus, row, i))));
            }
        }

        Assert.InRange(largest, 0.8 * bound, (float)bound);
    }

    public void Run(int steps, int sequences)
    {
        int memories = 2 * TModel.HiddenSize * TModel.LayerCount;
        UniformRandom random = new(7);
        T[] x = Random(steps * sequences * TModel.InputSize, ref random), dY = Random(steps * sequences * TModel.OutputSize, ref random);
        T[] before = Random(sequences * memories, ref random), dAfter = Random(sequences * memories, ref random);
        T[] y = new T[dY.Length], unrecorded = new T[dY.Length], tape = new T[TModel.TapeLength(steps, sequences)];
        T[] dX = Numbers.Repeated<T>(double.NaN, x.Length);
        TState[] states = States(before, memories), again = States(before, memories), dStates = States(dAfter, memories);
        TGradient gradient = default;
        if (sequences == 1)
        {
            model.Forward(x, ref again[0], unrecorded);
            model.Forward(x, ref states[0], y, tape);
            model.Backward(x, tape, dY, ref dStates[0], ref gradient, dX);
        }
        else
        {
            model.Forward(x, again, unrecorded);
            model.Forward(x, states, y, tape);
            model.Backward(x, tape, dY, dStates, ref gradient, dX);
        }

        Assert.Equal(y, unrecorded);
        Assert.Equal(Bytes(states), Bytes(again));

        double[] dWeights = new double[TModel.ParameterCount];
        for (int n = 0; n < sequences; n++)
        {
            (double[] ltm, double[] wm) = Memories(Doubles(before.AsSpan(n * memories, memories)));
            (double[] dLtm, double[] dWm) = Memories(Doubles(dAfter.AsSpan(n * memories, memories)));
            double[] inputs = RowsOf(x, n, sequences, TModel.InputSize);
            NetworkTrace<double> trace = reference.Forward(inputs, ltm, wm);
            NetworkGradient<double> expected = reference.Backward(inputs, trace, RowsOf(dY, n, sequences, TModel.OutputSize), dLtm, dWm);
            dWeights = dWeights.Zip(Flat(expected), (sum, term) => sum + term).ToArray();

            Agree(trace.Y.Values, RowsOf(y, n, sequences, TModel.OutputSize), "y");
            Agree(expected.DX.Values, RowsOf(dX, n, sequences, TModel.InputSize), "dX");
            AgreeMemories(layer => trace.Layer(layer).Ltm.Row(steps - 1), layer => trace.Layer(layer).Wm.Row(steps - 1), states[n]);
            AgreeMemories(expected.DLtm0.Row, expected.DWm0.Row, dStates[n]);
        }

        // 0 - (-1) dL/dw, in the order of the export.
        TModel sum = default;
        sum.Descend(gradient, -T.One);
        T[] actual = new T[TModel.ParameterCount];
        sum.ExportParameters(actual);
        Agree(dWeights, Doubles(actual), "gradient");
    }

    public void Silence()
    {
        int steps = typeof(T) == typeof(float) ? 100 : 900;
        int memories = 2 * TModel.HiddenSize * TModel.LayerCount;
        TModel silent = default;
        TState[] states = States(Numbers.Repeated<T>(1, memories), memories);
        T[] y = new T[(steps + 2) * TModel.OutputSize], left = new T[memories];
        silent.Forward(new T[steps * TModel.InputSize], ref states[0], y.AsSpan(0, steps * TModel.OutputSize));
        Export(ref states[0], left);
        Assert.Equal(T.ScaleB(T.One, -steps), left[0]);

        silent.Forward(new T[2 * TModel.InputSize], ref states[0], y.AsSpan(steps * TModel.OutputSize));
        Export(ref states[0], left);
        Assert.All(left, memory => Assert.Equal(T.Zero, memory));
    }

    public void InfiniteInput()
    {
        T[] x = new T[3 * TModel.InputSize], y = new T[3 * TModel.OutputSize], left = new T[2 * TModel.HiddenSize * TModel.LayerCount];
        x[0] = T.CreateTruncating(double.PositiveInfinity);
        TState[] state = new TState[1], again = new TState[1];
        model.Forward(x, ref state[0], y);
        Export(ref state[0], left);
        Import(ref again[0], left);

        Assert.All(left, memory => Assert.True(T.IsFinite(memory)));
        Assert.Equal(Bytes(again), Bytes(state));
    }

    /// <summary>Every number in the order of <c>ExportParameters</c>: layer by layer W, U, b, each gate after gate; then V, c.</summary>
    private static double[] Flat(NetworkParameters<double> of)
    {
        double[][] layers = Enumerable.Range(0, of.Layers).Select(layer => new[]
        {
            Enum.GetValues<Gate>().SelectMany(gate => References.W(of, layer, gate)),
            Enum.GetValues<Gate>().SelectMany(gate => References.U(of, layer, gate)),
            Enum.GetValues<Gate>().SelectMany(gate => References.B(of, layer, gate)),
        }.SelectMany(numbers => numbers).ToArray()).ToArray();
        double[] readout = HasReadout ? [.. References.V(of), .. References.C(of)] : [];
        return [.. layers.SelectMany(numbers => numbers), .. readout];
    }

    private static void Agree(ReadOnlySpan<double> expected, double[] actual, string name) =>
        Close.Relative<double>(expected, actual, Tolerance, name);

    private static void AgreeMemories(RowOfLayer ltm, RowOfLayer wm, TState state)
    {
        T[] numbers = new T[2 * TModel.HiddenSize * TModel.LayerCount];
        Export(ref state, numbers);
        double[][] layers = Enumerable.Range(0, TModel.LayerCount).Select(layer => (double[])[.. ltm(layer), .. wm(layer)]).ToArray();
        Agree(layers.SelectMany(layer => layer).ToArray(), Doubles(numbers), "memories");
    }

    private static T[] Random(int count, ref UniformRandom random)
    {
        T[] numbers = new T[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = random.NextOf(T.One);
        }

        return numbers;
    }

    private static TState[] States(T[] numbers, int length)
    {
        TState[] states = new TState[numbers.Length / length];
        for (int n = 0; n < states.Length; n++)
        {
            Import(ref states[n], numbers.AsSpan(n * length, length));
        }

        return states;
    }

    private static byte[] Bytes(TState[] states) => MemoryMarshal.AsBytes<TState>(states).ToArray();

    private static double[] Doubles(ReadOnlySpan<T> numbers) => Array.ConvertAll(numbers.ToArray(), double.CreateTruncating);

    /// <summary>The rows of one sequence among those of all, which are ordered by step, then by sequence.</summary>
    private static double[] RowsOf(T[] rows, int sequence, int sequences, int length) =>
        Doubles(rows).Chunk(length).Where((_, row) => row % sequences == sequence).SelectMany(row => row).ToArray();

    /// <summary>ltm of all layers and wm of all layers, from layer after layer ltm, then wm.</summary>
    private static (double[] Ltm, double[] Wm) Memories(double[] state)
    {
        double[][] rows = state.Chunk(TModel.HiddenSize).ToArray();
        return (rows.Where((_, i) => i % 2 == 0).SelectMany(row => row).ToArray(), rows.Where((_, i) => i % 2 == 1).SelectMany(row => row).ToArray());
    }

    private void ReadWeights()
    {
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            for (int layer = 0; layer < TModel.LayerCount; layer++)
            {
                for (int row = 0; row < TModel.HiddenSize; row++)
                {
                    for (int column = 0; column < References.InputOf(reference, layer); column++)
                    {
                        reference.W(layer, gate, row, column) = double.CreateTruncating(model.W(layer, gate, row, column));
                    }

                    for (int column = 0; column < TModel.HiddenSize; column++)
                    {
                        reference.U(layer, gate, row, column) = double.CreateTruncating(model.U(layer, gate, row, column));
                    }

                    reference.B(layer, gate, row) = double.CreateTruncating(model.B(layer, gate, row));
                }
            }
        }
    }

    private void ReadReadout()
    {
        WeightOfReadout? weight = typeof(TModel).GetMethod("V")?.CreateDelegate<WeightOfReadout>();
        BiasOfReadout? bias = typeof(TModel).GetMethod("C")?.CreateDelegate<BiasOfReadout>();
        for (int row = 0; row < TModel.OutputSize; row++)
        {
            for (int column = 0; column < TModel.HiddenSize; column++)
            {
                T identity = row == column ? T.One : T.Zero;
                reference.V(row, column) = double.CreateTruncating(weight is null ? identity : weight(ref model, row, column));
            }

            reference.C(row) = double.CreateTruncating(bias is null ? T.Zero : bias(ref model, row));
        }
    }
}
