using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.PyTorch;

/// <summary>
/// Makes a model of the tensors of a PyTorch state_dict: those of <c>nn.LSTM</c> and <c>nn.LSTMCell</c> modules under any prefix, and of one
/// <c>nn.Linear</c> behind them.
/// </summary>
internal static partial class StateDict
{
    private const string Supported = "tensors of nn.LSTM, nn.LSTMCell and one nn.Linear behind them";

    /// <summary>Makes the model.</summary>
    /// <param name="source">The file.</param>
    /// <param name="tensors">Its tensors, named by their places.</param>
    /// <param name="inOrder">Whether the tensors stand in the order of the modules; otherwise names and sizes must tell it.</param>
    /// <returns>The layers of the model, for the caller to change or to turn into a model.</returns>
    /// <exception cref="LstmFormatException">A tensor is missing, is of another kind, or has another size.</exception>
    public static (List<LstmLayer> Layers, DenseLayer? Readout) Read(Source source, IReadOnlyList<Tensor> tensors, bool inOrder)
    {
        var modules = new List<RecurrentModule>();
        var byPrefix = new Dictionary<string, RecurrentModule>(StringComparer.Ordinal);
        var linear = new List<(string Prefix, Tensor Weight)>();
        var linearBiases = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (Tensor tensor in tensors)
        {
            Match match = Name().Match(tensor.Place);
            string prefix = match.Groups["prefix"].Value;
            if (match.Groups["recurrent"].Success)
            {
                if (!byPrefix.TryGetValue(prefix, out RecurrentModule? module))
                {
                    byPrefix.Add(prefix, module = new RecurrentModule(source, prefix));
                    modules.Add(module);
                }

                module.Add(tensor, match);
            }
            else if (match.Groups["weight"].Success && tensor.Rank == 2)
            {
                linear.Add((prefix, tensor));
            }
            else if (match.Groups["bias"].Success && tensor.Rank == 1)
            {
                linearBiases[prefix] = tensor;
            }
            else
            {
                throw source.Refuse(At(tensor), $"a tensor of {tensor.ShapeText} that belongs to no LSTM", Supported);
            }
        }

        List<LstmLayer> layers = [.. ModuleOrder.Of(source, modules, inOrder).SelectMany(static module => module.Layers())];
        return (layers, Readout(source, linear, linearBiases));
    }

    /// <summary>The place of a tensor, for errors.</summary>
    public static string At(Tensor tensor) => $"tensor '{Quoted.Of(tensor.Place)}'";

    private static DenseLayer? Readout(Source source, List<(string Prefix, Tensor Weight)> weights, Dictionary<string, Tensor> biases)
    {
        if (weights.Count > 1)
        {
            throw source.Refuse(
                At(weights[1].Weight), $"a second nn.Linear beside '{Quoted.Of(weights[0].Weight.Place)}', with what activation is not known",
                "one nn.Linear behind the LSTM");
        }

        Tensor? bias = null;
        if (weights.Count == 1)
        {
            biases.Remove(weights[0].Prefix, out bias);
        }

        if (biases.Count > 0)
        {
            throw source.Refuse(At(biases.Values.First()), $"a bias without a weight", Supported);
        }

        if (weights.Count == 0)
        {
            return null;
        }

        Tensor weight = weights[0].Weight;
        (int output, int input) = (weight.Shape[0], weight.Shape[1]);
        if (bias is not null && !bias.Is(output))
        {
            throw source.Refuse(At(bias), bias.ShapeText, Tensor.Text(output).ToString(CultureInfo.InvariantCulture));
        }

        return new DenseLayer(At(weight), input, output, weight.Values, bias?.Values ?? new float[output]);
    }

    [GeneratedRegex(
        @"^(?:(?<prefix>.*)\.)?(?:(?<recurrent>(?<kind>weight|bias)_(?<from>ih|hh|hr)(?:_l(?<layer>[0-9]{1,4}))?(?<reverse>_reverse)?)"
            + @"|(?<weight>weight)|(?<bias>bias))$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
