using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Content;

namespace Lstm.Formats.Layers;

/// <summary>
/// Makes a model of the layers of a file, in the order in which they run. An affine layer in front of an LSTM layer becomes part of its W and b;
/// several behind the last one become one readout.
/// </summary>
/// <param name="source">The file.</param>
internal sealed class LayerStack(Source source)
{
    private const string Supported = "LSTM layers, one reading the other, and affine layers without activation around them";

    private readonly List<LstmLayer> layers = [];
    private DenseLayer? affine;
    private long numbers;
    private int width;
    private string widthFrom = "";

    /// <summary>Says how many inputs the first layer must have.</summary>
    public void ExpectInput(int input, string place) => (width, widthFrom) = (input, place);

    /// <summary>The next layer is an LSTM.</summary>
    /// <exception cref="LstmFormatException">It does not fit the layer before.</exception>
    public void Add(LstmLayer layer)
    {
        CheckWidth(layer.Place, layer.Input, layer.Hidden);
        CheckCount(layer.Place, (long)GateOrder.Count * layer.Hidden * (layer.Input + (long)layer.Hidden));
        if (affine is { } first)
        {
            CheckFold(layer.Place, first, GateOrder.Count * layer.Hidden);
            layer = layer with
            {
                Input = first.Input,
                W = [.. layer.W.Select(w => DenseLayer.Product(w, first))],
                B = [.. layer.W.Zip(layer.B, (w, b) => DenseLayer.Shifted(w, b, first))],
            };
            affine = null;
        }

        layers.Add(layer);
    }

    /// <summary>The next layer is affine.</summary>
    /// <exception cref="LstmFormatException">It does not fit the layer before.</exception>
    public void Add(DenseLayer layer)
    {
        CheckWidth(layer.Place, layer.Input, layer.Output);
        CheckCount(layer.Place, layer.V.Length);
        if (affine is { } first)
        {
            CheckFold(layer.Place, first, layer.Output);
            layer = layer.After(first);
        }

        affine = layer;
    }

    /// <summary>The length of what the last layer gives; 0 while there is none and no input is known.</summary>
    public int Width => width;

    /// <summary>Adds numbers to what the last layer gives.</summary>
    /// <param name="bias">As many as there are outputs, or one for all.</param>
    /// <exception cref="LstmFormatException">The last layer is not affine, or has another size.</exception>
    public void AddBias(Tensor bias)
    {
        if (affine is null)
        {
            throw source.Refuse(bias.Place, $"numbers added to what is no product", "numbers added behind an affine layer");
        }

        if (bias.Values.Length != affine.Output && bias.Values.Length != 1)
        {
            throw source.Refuse(
                bias.Place, $"{bias.Values.Length} numbers added to {affine.Output} outputs", "a number for each output, or one for all");
        }

        float[] added = bias.Values.Length == affine.Output ? bias.Values : [.. Enumerable.Repeat(bias.Values[0], affine.Output)];
        affine = affine with { C = LstmLayer.BiasSum(added, affine.C) };
    }

    /// <summary>Multiplies the output by a number.</summary>
    /// <exception cref="LstmFormatException">There is no readout that could take it up.</exception>
    public void ScaleReadout(double factor, string place)
    {
        if (affine is null)
        {
            throw source.Refuse(place, $"a gain of the working memory", "a gain of an affine readout");
        }

        affine = affine with { V = Scaled(affine.V, factor), C = Scaled(affine.C, factor) };
    }

    /// <summary>The model of all layers.</summary>
    /// <exception cref="LstmFormatException">There is no LSTM layer, or a number is not finite.</exception>
    public LstmModel ToModel()
    {
        if (layers.Count == 0)
        {
            throw source.Refuse("its layers", $"no LSTM layer", Supported);
        }

        LstmModel model = Sized();
        for (int k = 0; k < layers.Count; k++)
        {
            Copy(layers[k], model, k);
        }

        if (affine is not null)
        {
            Copy(affine.Place, affine.V, model.V);
            Copy(affine.Place, affine.C, model.C);
        }

        return model;
    }

    private LstmModel Sized()
    {
        int[] hidden = [.. layers.Select(static layer => layer.Hidden)];
        try
        {
            return new LstmModel(layers[0].Input, hidden, affine?.Output ?? 0);
        }
        catch (ArgumentException error)
        {
            throw source.Refuse("its sizes", $"{error.Message}", "sizes of at least 1, with matrices that fit into an array", error);
        }
    }

    private void Copy(LstmLayer layer, LstmModel model, int k)
    {
        for (int i = 0; i < GateOrder.Count; i++)
        {
            var gate = (Gate)i;
            Copy(layer.Place, layer.W[i], model.W(k, gate));
            Copy(layer.Place, layer.U[i], model.U(k, gate));
            Copy(layer.Place, layer.B[i], model.B(k, gate));
        }

        // Zeros are what a sequence begins with anyway: a file that states them is a file that states nothing.
        float[] ltm = layer.InitialLongTermMemory ?? new float[layer.Hidden];
        float[] wm = layer.InitialWorkingMemory ?? new float[layer.Hidden];
        if (ltm.Concat(wm).Any(static value => BitConverter.SingleToInt32Bits(value) != 0))
        {
            model.HasInitialState = true;
            Copy(layer.Place, ltm, model.InitialLongTermMemory(k));
            Copy(layer.Place, wm, model.InitialWorkingMemory(k));
        }
    }

    private void Copy(string place, float[] from, Span<float> to)
    {
        source.CheckFinite(place, from);
        from.CopyTo(to);
    }

    private static float[] Scaled(float[] values, double factor) => [.. values.Select(value => (float)(value * factor))];

    private void CheckWidth(string place, int input, int output)
    {
        if (width != 0 && input != width)
        {
            throw source.Refuse(place, $"a layer of {input} inputs", FormattableString.Invariant($"{width} inputs, as {widthFrom} has outputs"));
        }

        (width, widthFrom) = (output, place);
    }

    /// <summary>A small file that uses the same numbers for many layers would become a large model.</summary>
    private void CheckCount(string place, long more)
    {
        numbers += more;
        if (numbers > Math.Max(1_000_000, source.Bytes.Length))
        {
            throw source.Refuse(place, $"{numbers} numbers up to here, in a file of {source.Bytes.Length} bytes", "layers with numbers of their own");
        }
    }

    private void CheckFold(string place, DenseLayer first, int outputs)
    {
        if (!DenseLayer.FitsAfter(first, outputs))
        {
            throw source.Refuse(
                place, $"an affine layer of {first.Input} x {first.Output} in front of {outputs} outputs",
                "affine layers that become one of a million numbers at most");
        }
    }
}
