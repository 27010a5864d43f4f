using System;
using System.Linq;
using Lstm.Reference;

namespace Lstm.Testing;

/// <summary>References with a golden case's parameters, and their tensors flat and row-major.</summary>
internal static class References
{
    public static ReferenceCell<double> Cell(GoldenLstm golden)
    {
        var cell = new ReferenceCell<double>(golden.Input, golden.Hidden);
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            for (int i = 0; i < golden.Hidden; i++)
            {
                for (int j = 0; j < golden.Input; j++)
                {
                    cell.W(gate, i, j) = golden.W[gate][(i * golden.Input) + j];
                }

                for (int j = 0; j < golden.Hidden; j++)
                {
                    cell.U(gate, i, j) = golden.U[gate][(i * golden.Hidden) + j];
                }

                cell.B(gate, i) = golden.B[gate][i];
            }
        }

        return cell;
    }

    public static ReferenceNetwork<double> Network(GoldenNetwork golden)
    {
        var network = new ReferenceNetwork<double>(golden.Input, golden.Hidden, golden.Output, golden.Layers);
        for (int k = 0; k < golden.Layers; k++)
        {
            int input = InputOf(network, k);
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                for (int i = 0; i < golden.Hidden; i++)
                {
                    for (int j = 0; j < input; j++)
                    {
                        network.W(k, gate, i, j) = golden.W[k][gate][(i * input) + j];
                    }

                    for (int j = 0; j < golden.Hidden; j++)
                    {
                        network.U(k, gate, i, j) = golden.U[k][gate][(i * golden.Hidden) + j];
                    }

                    network.B(k, gate, i) = golden.B[k][gate][i];
                }
            }
        }

        for (int i = 0; i < golden.Output; i++)
        {
            for (int j = 0; j < golden.Hidden; j++)
            {
                network.V(i, j) = golden.V[(i * golden.Hidden) + j];
            }

            network.C(i) = golden.C[i];
        }

        return network;
    }

    public static ReferenceChain<double> Chain(GoldenChain golden)
    {
        var chain = new ReferenceChain<double>(golden.Kind, golden.Layers, golden.Width);
        golden.Weights.CopyTo(chain.Values);
        return chain;
    }

    public static double[] W(CellParameters<double> of, Gate gate) => Table(of.Hidden, of.Input, (i, j) => of.W(gate, i, j));

    public static double[] U(CellParameters<double> of, Gate gate) => Table(of.Hidden, of.Hidden, (i, j) => of.U(gate, i, j));

    public static double[] B(CellParameters<double> of, Gate gate) => Table(of.Hidden, 1, (i, _) => of.B(gate, i));

    public static double[] W(NetworkParameters<double> of, int layer, Gate gate) =>
        Table(of.Hidden, InputOf(of, layer), (i, j) => of.W(layer, gate, i, j));

    public static double[] U(NetworkParameters<double> of, int layer, Gate gate) =>
        Table(of.Hidden, of.Hidden, (i, j) => of.U(layer, gate, i, j));

    public static double[] B(NetworkParameters<double> of, int layer, Gate gate) =>
        Table(of.Hidden, 1, (i, _) => of.B(layer, gate, i));

    public static double[] V(NetworkParameters<double> of) => Table(of.Output, of.Hidden, (i, j) => of.V(i, j));

    public static double[] C(NetworkParameters<double> of) => Table(of.Output, 1, (i, _) => of.C(i));

    /// <summary>The length of what a layer reads: x, or the working memory below.</summary>
    public static int InputOf(NetworkParameters<double> of, int layer) => layer == 0 ? of.Input : of.Hidden;

    private static double[] Table(int rows, int columns, Func<int, int, double> entry) =>
        [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select entry(i, j)];
}
