using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm;
using Lstm.Reference;
using VanishingGradients;
using Xunit;

namespace Samples.Tests;

public class VanishingGradientsTests
{
    private static readonly IReadOnlyList<ChainResult> Chains = ChainExperiment.Run(seed: 1);

    // 1e-6 in the exponent: a relative difference of 2e-6 in the gradient. Both sum at most 1,000 rounded logarithms of up to 10^2.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void ChainGradients_AreThoseOfTheClosedForm(int seed)
    {
        foreach (ChainResult chain in seed == 1 ? Chains : ChainExperiment.Run(seed))
        {
            Assert.Equal(chain.Layers, chain.Log10.Length);
            Assert.All(chain.Log10.Zip(chain.ClosedForm), static pair => Assert.InRange(pair.First - pair.Second, -1e-6, 1e-6));
        }
    }

    [Fact]
    public void EqualWeights_GiveEveryLayerThePowerOfTheWeight()
    {
        foreach (ChainResult chain in Chains.Where(static chain => chain.Weights.Value is not null))
        {
            double w = chain.Weights.Value!.Value;
            double error = Math.Abs(2 * Math.Pow(w, chain.Layers) - ChainExperiment.Target);
            double expected = Math.Log10(error) + (chain.Layers - 1) * Math.Log10(w) + 0.5 * Math.Log10(2);

            Assert.All(chain.Log10, log10 => Assert.InRange(log10 - expected, -1e-6, 1e-6));
        }
    }

    [Fact]
    public void Descent_LearnsAtOneStaysBelowAndDivergesAbove()
    {
        Assert.All(Chains.Where(static chain => chain.Weights.Name == "1.0"), static chain => Assert.Equal(Outcome.Learns, chain.Outcome));
        Assert.Equal(Outcome.DoesNotMove, Of("0.9", 1000).Outcome);
        Assert.Equal(2000, Of("0.9", 1000).Unmoved);
        Assert.Equal(Outcome.Diverges, Of("1.1", 1000).Outcome);
        Assert.Equal(Outcome.DoesNotMove, Of("random", 1000).Outcome);

        static ChainResult Of(string weights, int layers) => Chains.Single(chain => chain.Weights.Name == weights && chain.Layers == layers);
    }

    // The reference runs the rest of the sequence from the state at t: the gradients of its initial state are dL/dltm_t and dL/dwm_t.
    // 1e-9 relative: both are double; activations of the generated code are within a few ulp, over at most 100 steps.
    [Fact]
    public void LstmGradients_AreThoseOfTheReference()
    {
        const ulong Seed = 1;
        double[] x = LstmExperiment.Input((int)Seed);
        foreach (LstmResult result in LstmExperiment.Run((int)Seed))
        {
            Cell cell = default;
            cell.Initialize(Seed, result.RememberBias);
            ReferenceCell<double> reference = Reference(ref cell);
            double[] zero = new double[Cell.HiddenSize];
            CellTrace<double> whole = reference.Forward(x, zero, zero);
            for (int t = 0; t < LstmExperiment.Steps; t += 11)
            {
                double[] rest = x[t..];
                CellTrace<double> trace = reference.Forward(rest, whole.LtmBefore(t), whole.WmBefore(t));
                double[] dWm = new double[rest.Length * Cell.HiddenSize];
                LstmExperiment.LastGradient().CopyTo(dWm, dWm.Length - Cell.HiddenSize);
                CellGradient<double> gradient = reference.Backward(rest, trace, dWm);

                Assert.InRange(result.Ltm[t] / Norm(gradient.DLtm0.Values) - 1, -1e-9, 1e-9);
                Assert.InRange(result.Wm[t] / Norm(gradient.DWm0.Values) - 1, -1e-9, 1e-9);
            }
        }
    }

    [Fact]
    public void LargerRememberBias_KeepsMoreOfTheGradient()
    {
        IReadOnlyList<LstmResult> results = LstmExperiment.Run(seed: 1);

        Assert.Equal(results.Select(static result => result.Ltm[0]).Order(), results.Select(static result => result.Ltm[0]));
    }

    [Fact]
    public void Program_WritesPageChartsAndNumbers()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vanishing-gradients-");
        try
        {
            string path = Path.Combine(folder.FullName, "out");
            var output = new StringWriter { NewLine = "\n" };

            Assert.Equal(0, Program.Run(["--output", path, "--seed", "2"], output, TextWriter.Null));
            string[] lines = output.ToString().TrimEnd('\n').Split('\n');
            Assert.Equal(10, lines.Length);
            Assert.Matches(@"^largest difference from the closed form: \d\.\de-\d+ in the exponent$", lines[^2]);
            Assert.EndsWith($"are in {path}", lines[^1]);
            string[] chain = File.ReadAllLines(Path.Combine(path, "chain.csv"));
            Assert.Equal("weights,layers,layer,log10_gradient,closed_form", chain[0]);
            Assert.Equal(1 + 4 * (2 + 5 + 10 + 20 + 50 + 100 + 200 + 500 + 1000), chain.Length);
            Assert.Equal(1 + 4 * LstmExperiment.Steps, File.ReadAllLines(Path.Combine(path, "lstm.csv")).Length);
            string page = File.ReadAllText(Path.Combine(path, "index.html"));
            Assert.InRange(page.Length, 10_000, 1_000_000);
            Assert.Equal(5, Regex.Count(page, "<img alt=\"[^\"]+\" src=\"data:"));
            Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);
            Assert.Equal(5, Directory.GetFiles(path, "*.png").Length);
            Assert.All(Directory.GetFiles(path, "*.png"), static picture => Assert.True(File.Exists(Path.ChangeExtension(picture, ".csv"))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--seed", "many")]
    [InlineData("--loud")]
    public void WrongArguments_GetOneLine(params string[] arguments)
    {
        var error = new StringWriter();

        Assert.Equal(1, Program.Run(arguments, TextWriter.Null, error));
        Assert.DoesNotContain('\n', error.ToString().TrimEnd());
    }

    private static ReferenceCell<double> Reference(ref Cell cell)
    {
        var reference = new ReferenceCell<double>(Cell.InputSize, Cell.HiddenSize);
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            for (int row = 0; row < Cell.HiddenSize; row++)
            {
                reference.W(gate, row, 0) = cell.W(gate, row, 0);
                reference.B(gate, row) = cell.B(gate, row);
                for (int column = 0; column < Cell.HiddenSize; column++)
                {
                    reference.U(gate, row, column) = cell.U(gate, row, column);
                }
            }
        }

        return reference;
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
