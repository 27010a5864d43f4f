using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lstm.Charts;

namespace ExploringLstms;

/// <summary>What the sample leaves: for each experiment a page, a picture and its numbers, a string as JSON; and a page that leads there.</summary>
internal static class ResultFolder
{
    public static void Write(string folder, IReadOnlyList<ExperimentResult> results)
    {
        foreach (ExperimentResult result in results)
        {
            string name = result.Experiment.FileName;
            TracedText text = result.Shown[0];
            File.WriteAllText(Path.Combine(folder, $"{name}.html"), ExperimentPage.Of(result));
            File.WriteAllText(Path.Combine(folder, $"{name}.json"), ViewerJson.Of(result.Experiment.Name, text));
            Picture(result, text).Write(Path.Combine(folder, $"{name}.png"));
        }

        File.WriteAllText(Path.Combine(folder, "index.html"), IndexPage.Of(results));
    }

    /// <summary>ltm of every neuron.</summary>
    public static HeatMap Picture(ExperimentResult result, TracedText text)
    {
        Neuron[] neurons = [.. text.Neurons];
        double[,] values = new double[neurons.Length, text.Steps];
        for (int row = 0; row < neurons.Length; row++)
        {
            for (int t = 0; t < text.Steps; t++)
            {
                values[row, t] = text[neurons[row], Quantity.Ltm, t];
            }
        }

        string[] names = [.. neurons.Select(neuron => neuron.NameIn(text.Layers) + (neuron == result.Telling.Neuron ? " *" : string.Empty))];
        return new HeatMap(
            $"{result.Experiment.Name}: ltm of each neuron, in parts of its largest (* tells most)", "character read", values, names,
            [.. text.Read.Select(character => $"{character}")], ColorScale.Diverging)
        {
            LimitOfEachRow = true,
        };
    }
}
