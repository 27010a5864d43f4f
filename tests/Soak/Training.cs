using System;

namespace Lstm.Soak;

/// <summary>Trains a network of floats, one of doubles, a cell and a chain, each on a sequence of sines that moves on.</summary>
internal sealed class Training : ILoad
{
    private const int Steps = 64;

    private readonly float[] x = new float[3 * Steps], y = new float[12 * Steps], target = new float[12 * Steps], dY = new float[12 * Steps];
    private readonly double[] doubleX = new double[2 * Steps], doubleY = new double[2 * Steps], doubleTarget = new double[2 * Steps];
    private readonly double[] doubleDY = new double[2 * Steps], doubleTape = new double[DoubleNet.TapeLength(Steps)];
    private readonly float[] tape = new float[Net.TapeLength(Steps)], cellTape = new float[Cell.TapeLength(Steps)];
    private readonly Adam netAdam = new(Net.ParameterLength, 0.003), doubleAdam = new(DoubleNet.ParameterLength, 0.003, scalar: Scalar.Double);
    private readonly Sgd cellSgd = new(Cell.ParameterLength, 0.01, momentum: 0.9);
    private Net net;
    private Net.Gradient netGradient;
    private DoubleNet doubleNet;
    private DoubleNet.Gradient doubleGradient;
    private Cell cell;
    private Cell.Gradient cellGradient;
    private Chain chain;
    private Chain.Gradient chainGradient;
    private int time;

    public Training()
    {
        net.Initialize(seed: 1);
        doubleNet.Initialize(seed: 2);
        cell.Initialize(seed: 3);
        chain.Parameters.Fill(0.9f);
    }

    public long Turn()
    {
        Wave(x, 0.31, 0);
        Wave(target, 0.31, 1);
        for (int i = 0; i < doubleX.Length; i++)
        {
            (doubleX[i], doubleTarget[i]) = (x[i], target[i]);
        }

        time += 7;
        TrainNet();
        TrainDoubleNet();
        TrainCell();
        TrainChain();
        return (6 * Steps) + 1;
    }

    private void Wave(float[] values, double frequency, int ahead)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)Math.Sin(frequency * ((time + i + ahead) % 100_000));
        }
    }

    private void TrainNet()
    {
        Net.State state = default, dState = default;
        net.Forward(x.AsSpan(0, Steps), ref state, y.AsSpan(0, Steps), tape);
        SoakException.Finite(Loss.Squared(y.AsSpan(0, Steps), target.AsSpan(0, Steps), dY.AsSpan(0, Steps)), "the network");
        netGradient.Clear();
        net.Backward(x.AsSpan(0, Steps), tape, dY.AsSpan(0, Steps), ref dState, ref netGradient);
        GradientClipping.ByGlobalNorm(netGradient.Values, 1f);
        netAdam.Step(net.Parameters, netGradient.Values);
    }

    private void TrainDoubleNet()
    {
        DoubleNet.State state = default, dState = default;
        doubleNet.Forward(doubleX, ref state, doubleY, doubleTape);
        SoakException.Finite(Loss.Squared(doubleY, doubleTarget, doubleDY), "the network of doubles");
        doubleGradient.Clear();
        doubleNet.Backward(doubleX, doubleTape, doubleDY, ref dState, ref doubleGradient);
        GradientClipping.ByGlobalNorm(doubleGradient.Values, 1.0);
        doubleAdam.Step(doubleNet.Parameters, doubleGradient.Values);
    }

    private void TrainCell()
    {
        Cell.State state = default, dState = default;
        cell.Forward(x, ref state, y, cellTape);
        SoakException.Finite(Loss.Squared(y, target, dY), "the cell");
        cellGradient.Clear();
        cell.Backward(x, cellTape, dY, ref dState, ref cellGradient);
        GradientClipping.ByGlobalNorm(cellGradient.Values, 1f);
        cellSgd.Step(cell.Parameters, cellGradient.Values);
    }

    private void TrainChain()
    {
        chainGradient.Clear();
        SoakException.Finite(chain.Backward(x.AsSpan(0, 2), target[0], ref chainGradient), "the chain");
        GradientClipping.ByGlobalNorm(chainGradient.Values, 1f);
        chain.Descend(in chainGradient, 0.001f);
    }
}
