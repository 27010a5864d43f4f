using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ExploringLstms;

/// <summary>Strips as tables of HTML: a row for each neuron or quantity, a coloured cell for each character that was read.</summary>
/// <remarks>
/// A cell has its share of the row's limit as a custom property, from which the style sheet takes the colour and the script the value.
/// </remarks>
/// <param name="result">What was found.</param>
internal sealed class Strips(ExperimentResult result)
{
    /// <summary>From this share on the text on a cell is light.</summary>
    private const double Strong = 0.7;

    /// <summary>The quantities of one neuron, a row each, under what was read and what the network would have written next.</summary>
    public string OfNeuron(TracedText text, Neuron neuron)
    {
        StringBuilder html = new();
        string name = neuron.NameIn(text.Layers);
        html.Append($"<div class=\"scroll\"><table class=\"strip wide\" data-neuron=\"{name}\"><caption class=\"soft\">Neuron {name}</caption>");
        html.Append("<tr class=\"read\"><th scope=\"row\">reads</th>").AppendJoin(string.Empty, text.Read.Select(read => $"<td>{Of(read)}</td>"));
        html.Append("</tr><tr class=\"free\"><th scope=\"row\">next</th>");
        for (int t = 0; t < text.Steps; t++)
        {
            string mark = text.Next[t] is null ? " class=\"f\"" : text.Next[t] == text.Written[t] ? string.Empty : " class=\"wrong\"";
            html.Append(CultureInfo.InvariantCulture, $"<td{mark}>{Of(text.Written[t])}</td>");
        }

        html.Append("</tr>");
        foreach (Quantity quantity in Quantities.All)
        {
            AppendRow(html, text, neuron, quantity, quantity.Symbol(), $"{ClassOf(quantity)} told");
        }

        return html.Append("</table></div>").ToString();
    }

    /// <summary>One quantity of all neurons, a row each.</summary>
    public string OfQuantity(TracedText text, Quantity quantity)
    {
        StringBuilder html = new();
        string symbol = PageFrame.Text(quantity.Symbol());
        html.Append($"<div class=\"scroll\"><table class=\"strip\" data-quantity=\"{symbol}\" aria-label=\"{symbol}\">");
        foreach (Neuron neuron in text.Neurons)
        {
            string told = neuron == result.Telling.Neuron ? " told" : string.Empty;
            AppendRow(html, text, neuron, quantity, neuron.NameIn(text.Layers), ClassOf(quantity) + told);
        }

        return html.Append("</table></div>").ToString();
    }

    /// <summary>The limit of a row's colours: 1, but of ltm the largest magnitude that the neuron has in any string that is shown.</summary>
    public double LimitOf(Neuron neuron, Quantity quantity) => quantity != Quantity.Ltm
        ? 1
        : Math.Max(1e-6, result.Shown.SelectMany(text => Enumerable.Range(0, text.Steps).Select(t => Math.Abs(text[neuron, quantity, t]))).Max());

    private static string ClassOf(Quantity quantity) => quantity.IsGate() ? "g" : "d";

    private static string Of(char character) => PageFrame.Text($"{character}");

    private void AppendRow(StringBuilder html, TracedText text, Neuron neuron, Quantity quantity, string name, string kind)
    {
        double limit = LimitOf(neuron, quantity);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<tr class=\"{kind}\" data-limit=\"{limit:0.######}\" data-quantity=\"{PageFrame.Text(quantity.Symbol())}\">");
        html.Append($"<th scope=\"row\">{PageFrame.Text(name)}</th>");
        for (int t = 0; t < text.Steps; t++)
        {
            // Without quotes and end tags, which HTML does not ask for: there are thousands of cells.
            double share = text[neuron, quantity, t] / limit;
            string mark = (share < 0, Math.Abs(share) >= Strong) switch
            {
                (true, true) => " class=m",
                (true, false) => " class=n",
                (false, true) => " class=s",
                _ => string.Empty,
            };
            html.Append(CultureInfo.InvariantCulture, $"<td{mark} style=--v:{Math.Abs(share):0.####}>{Of(text.Read[t])}");
        }

        html.Append("</tr>");
    }
}
