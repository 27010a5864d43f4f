using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace ExploringLstms;

/// <summary>The page that leads to those of the experiments, with the most telling neuron of each.</summary>
internal static class IndexPage
{
    public static string Of(IReadOnlyList<ExperimentResult> results)
    {
        StringBuilder html = new();
        html.Append(PageFrame.Begin("Exploring LSTMs"));
        html.Append("<h1>What an LSTM keeps in mind</h1><p>Four small character networks, trained from scratch by generated code. Each page ");
        html.Append("shows the gates and memories of every neuron, character by character. The experiments are those of Edwin Chen, ");
        html.Append("\"Exploring LSTMs\" (2017).</p><main>");
        foreach (ExperimentResult result in results)
        {
            string name = result.Experiment.Name, file = result.Experiment.FileName;
            html.Append(CultureInfo.InvariantCulture, $"<h2><a href=\"{file}.html\">{name}</a></h2>");
            html.Append(CultureInfo.InvariantCulture, $"<p>{PageFrame.Text(result.Experiment.Form)}. {PageFrame.Text(result.LastLine)}.</p>");
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{PageFrame.Text(result.Sentence)}</p>");
            html.Append(new Strips(result).OfNeuron(result.Shown[0], result.Telling.Neuron));
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"soft\"><a href=\"{file}.png\">picture</a>, <a href=\"{file}.csv\">its numbers</a>, "
                + $"<a href=\"{file}.json\">all gates and memories as JSON</a></p>");
        }

        return html.Append("</main>").Append(PageFrame.End(withScript: false)).ToString();
    }
}
