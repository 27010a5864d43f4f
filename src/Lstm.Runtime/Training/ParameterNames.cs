#if NET8_0_OR_GREATER
using System;
using System.Numerics;

namespace Lstm;

/// <summary>Names and places of the parameters of a generated type, in the order of <c>ExportParameters</c>.</summary>
/// <typeparam name="TModel">A generated cell or network.</typeparam>
/// <typeparam name="TNumber">Its numbers.</typeparam>
/// <typeparam name="TState">Its state.</typeparam>
internal static class ParameterNames<TModel, TNumber, TState>
    where TModel : unmanaged, ILstm<TModel, TNumber, TState>
    where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
    where TState : unmanaged
{
    private const int Gates = 4;

    private static int UnitsOfAllGates => Gates * TModel.HiddenSize;

    /// <summary>Where each parameter stands in <c>Parameters</c>: found by exporting a model whose parameters are their own places.</summary>
    public static int[] Places()
    {
        using var model = new AlignedMemory<TModel>();
        Span<TNumber> parameters = model.Value.Parameters;
        for (int place = 0; place < parameters.Length; place++)
        {
            parameters[place] = TNumber.CreateTruncating(place); // exact: 64 MiB are 2^24 floats
        }

        var exported = new TNumber[TModel.ParameterCount];
        model.Value.ExportParameters(exported);
        return Array.ConvertAll(exported, static place => int.CreateTruncating(place));
    }

    /// <summary>The name of the parameter at <paramref name="index"/> of the exported ones.</summary>
    public static string NameOf(int index)
    {
        int left = index;
        for (int layer = 0; layer < TModel.LayerCount; layer++)
        {
            string prefix = IsNetwork ? FormattableString.Invariant($"layer {layer} ") : string.Empty;
            int input = InputOf(layer);
            if (left < UnitsOfAllGates * input)
            {
                return prefix + OfMatrix("W", left, input);
            }

            left -= UnitsOfAllGates * input;
            if (left < UnitsOfAllGates * TModel.HiddenSize)
            {
                return prefix + OfMatrix("U", left, TModel.HiddenSize);
            }

            left -= UnitsOfAllGates * TModel.HiddenSize;
            if (left < UnitsOfAllGates)
            {
                return FormattableString.Invariant($"{prefix}B {(Gate)(left / TModel.HiddenSize)} [{left % TModel.HiddenSize}]");
            }

            left -= UnitsOfAllGates;
        }

        int readout = TModel.OutputSize * TModel.HiddenSize;
        return left < readout
            ? FormattableString.Invariant($"V [{left / TModel.HiddenSize}, {left % TModel.HiddenSize}]")
            : FormattableString.Invariant($"C [{left - readout}]");
    }

    private static bool IsNetwork
    {
        get
        {
            int ofCells = 0;
            for (int layer = 0; layer < TModel.LayerCount; layer++)
            {
                ofCells += UnitsOfAllGates * (InputOf(layer) + TModel.HiddenSize + 1);
            }

            return TModel.ParameterCount > ofCells;
        }
    }

    private static int InputOf(int layer) => layer == 0 ? TModel.InputSize : TModel.HiddenSize;

    private static string OfMatrix(string name, int index, int columns)
    {
        int row = index / columns;
        return FormattableString.Invariant($"{name} {(Gate)(row / TModel.HiddenSize)} [{row % TModel.HiddenSize}, {index % columns}]");
    }
}
#endif
