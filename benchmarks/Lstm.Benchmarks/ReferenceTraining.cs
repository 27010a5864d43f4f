using System;
using System.Numerics;
using Lstm.Reference;

namespace Lstm.Benchmarks;

/// <summary>The gradient by the textbook, in any type of number: a sequence at a time, added up.</summary>
/// <param name="parameters">Its size and values.</param>
/// <param name="sequences">N, how many sequences <see cref="Train"/> takes.</param>
internal sealed class ReferenceTraining<T>(CellParameters parameters, int sequences)
    where T : IFloatingPointIeee754<T>
{
    private readonly CellSize size = parameters.Size;
    private readonly ReferenceCell<T> cell = parameters.ToReference<T>();
    private readonly CellGradient<T>[] gradients = new CellGradient<T>[sequences];

    /// <inheritdoc cref="ITrainedCell.Train"/>
    public void Train(ReadOnlySpan<T> x, ReadOnlySpan<T> dWm)
    {
        T[] zero = new T[size.Hidden];
        T[] ownX = new T[Sequence.Steps * size.Input];
        T[] ownDWm = new T[Sequence.Steps * size.Hidden];
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            Sequence.Extract<T>(x, sequence, sequences, ownX);
            Sequence.Extract<T>(dWm, sequence, sequences, ownDWm);
            gradients[sequence] = cell.Backward(ownX, cell.Forward(ownX, zero, zero), ownDWm);
        }
    }

    /// <inheritdoc cref="ITrainedCell.Gradient"/>
    public CellParameters Gradient()
    {
        CellGradient<T> sum = gradients[0];
        foreach (CellGradient<T> gradient in gradients.AsSpan(1))
        {
            CellParameters.ForEach(
                size,
                (gate, row, column) => sum.W(gate, row, column) += gradient.W(gate, row, column),
                (gate, row, column) => sum.U(gate, row, column) += gradient.U(gate, row, column),
                (gate, row) => sum.B(gate, row) += gradient.B(gate, row));
        }

        return CellParameters.From<T>(size, sum.W, sum.U, sum.B);
    }
}
