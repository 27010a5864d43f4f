using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ExploringLstms;

/// <summary>The page of an experiment: one file, with its style and script inside.</summary>
internal static class ExperimentPage
{
    public static string Of(ExperimentResult result)
    {
        StringBuilder html = new();
        Strips strips = new(result);
        html.Append(PageFrame.Begin(result.Experiment.Name));
        html.Append($"<p class=\"soft\"><a href=\"index.html\">All experiments</a></p><h1>{result.Experiment.Name}</h1>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{PageFrame.Text(result.Experiment.Form)}.</p>");
        AppendFacts(html, result);
        html.Append(CultureInfo.InvariantCulture, $"<p id=\"telling\">{PageFrame.Text(result.Sentence)}</p>");
        html.Append("<p class=\"soft\">A cell is a character that was read; its colour is the value after it. Point at a cell, or reach a strip ");
        html.Append("with Tab and go on with the arrows, to read the value.</p><p class=\"soft\">ltm, wm, ltm': <span class=\"keys\">-1");
        html.Append("<span class=\"key d\"></span>1</span>, ltm in parts of each neuron's largest. rem, save, focus: <span class=\"keys\">0");
        html.Append("<span class=\"key g\"></span>1</span></p><nav aria-label=\"Strings\">");
        html.AppendJoin(string.Empty, result.Shown.Select(text => $"<button type=\"button\">{PageFrame.Text(text.Read)}</button>"));
        html.Append("</nav><main>");
        foreach (TracedText text in result.Shown)
        {
            AppendText(html, strips, result, text);
        }

        html.Append("</main><output id=\"value\" aria-live=\"polite\"></output>");
        return html.Append(PageFrame.End(withScript: true)).ToString();
    }

    private static void AppendText(StringBuilder html, Strips strips, ExperimentResult result, TracedText text)
    {
        string verdict = text.IsRight
            ? "right: at each place where the next character follows from what was read, the likeliest one is the right one"
            : $"wrong: what is outlined is the likeliest next character, and not the right one (it is {WrongPlaces(text)})";
        html.Append($"<section class=\"text\"><h2>{PageFrame.Text(text.Read)}</h2><p class=\"soft\">{PageFrame.Text(verdict)}</p>");
        html.Append(strips.OfNeuron(text, result.Telling.Neuron)).Append("<div class=\"all\">");
        foreach (Quantity quantity in Quantities.All)
        {
            html.Append($"<div><h3>{PageFrame.Text(quantity.Symbol())} <span class=\"soft\">{quantity.UsualName()}</span></h3>");
            html.Append(strips.OfQuantity(text, quantity)).Append("</div>");
        }

        html.Append("</div></section>");
    }

    private static string WrongPlaces(TracedText text) => string.Join(
        ", ",
        Enumerable.Range(0, text.Steps).Where(t => text.Next[t] is { } next && next != text.Written[t])
            .Select(t => FormattableString.Invariant($"{text.Next[t]} after t = {t}")));

    private static void AppendFacts(StringBuilder html, ExperimentResult result)
    {
        html.Append("<table class=\"facts\">");
        Row("Held-out strings", FormattableString.Invariant($"{result.HeldOutShare:0.0} % right ({result.HeldOutRight} of {result.HeldOutCount})"));
        Row("Trained on", FormattableString.Invariant($"N = 1 to {result.Experiment.Largest}, N counts {result.Experiment.CountOf}"));
        Row("Right up to", FormattableString.Invariant($"N = {result.RightUpTo}"));
        Row("Network", result.Network);
        int batch = result.Experiment.Plan.Batch;
        string updates = FormattableString.Invariant($"{result.Updates:N0} updates of {batch} strings");
        Row("Training", FormattableString.Invariant($"{updates}, attempt {result.Attempts}, {result.Seconds:0.0} s"));
        html.Append("</table>");

        void Row(string name, string value) => html.Append(
            CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td>{PageFrame.Text(value)}</td></tr>");
    }
}
